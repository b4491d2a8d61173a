"""The company register: SIRENE and what other sources say of each establishment.

Reading a snapshot is light; what builds one is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING

from maillon.reference.register.snapshot import Register, open_register

if TYPE_CHECKING:
    from maillon.reference.register.build import build_register

__all__ = ["Register", "build_register", "open_register"]


def __getattr__(name: str) -> object:
    """Load the builder when it is first asked for."""
    if name != "build_register":
        raise AttributeError(name)
    from maillon.reference.register.build import build_register  # noqa: PLC0415 - Narwhals and every importer

    return build_register
