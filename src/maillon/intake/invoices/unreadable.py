"""The refusal of one invoice: apart from the XML reader, which only the sandboxed child loads."""

from __future__ import annotations


class UnreadableInvoice(Exception):
    """Why one file of a batch is refused; ``code`` is stable, see ``doubts``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
