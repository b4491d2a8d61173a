"""What stops a piece of work. A bad cell never raises (see ``Doubt``); a bad file raises one of these."""

from __future__ import annotations

from typing import ClassVar

from maillon.core.message import Message


class MaillonError(Exception):
    """Base of every expected failure: a sentence for the reader and, where one helps, a hint.

    ``exit_code`` is what the command line returns; the codes are part of its documented contract.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: Message, hint: Message | None = None) -> None:
        super().__init__(what, hint)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        """Return the English sentence, followed by its hint."""
        return f"{self.what} {self.hint}" if self.hint else str(self.what)


class InvalidRequest(MaillonError):
    """The request itself makes no sense: an unknown territory, a negative budget."""

    exit_code = 2


class RefusedFile(MaillonError):
    """The file is refused whole: hostile, damaged, encrypted, too large or of an unknown kind."""

    exit_code = 3


class NoTableFound(MaillonError):
    """The file was read, but nothing in it looks like parts or purchases."""

    exit_code = 4


class MissingData(MaillonError):
    """A reference table or a setting that the work needs is absent."""

    exit_code = 5
