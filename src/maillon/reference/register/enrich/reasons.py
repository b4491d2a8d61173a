"""Why a row, or a part of a row, is left out: a sentence for each reason."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from maillon.core.message import Message, plural_message

_SENTENCES: MappingProxyType[str, Callable[[int], Message]] = MappingProxyType(
    {
        "absurd-amount": lambda n: plural_message(
            "{n} contract of an absurd amount.", "{n} contracts of an absurd amount.", n=n
        ),
        "cell-too-long": lambda n: plural_message(
            "{n} line with a cell too long to be read.", "{n} lines with a cell too long to be read.", n=n
        ),
        "expired": lambda n: plural_message(
            "{n} certificate out of date.", "{n} certificates out of date.", n=n
        ),
        "false-number": lambda n: plural_message(
            "{n} SIRET or SIREN with a false key.", "{n} SIRET or SIREN with false keys.", n=n
        ),
        "no-capability": lambda n: plural_message(
            "{n} row that tells nothing.", "{n} rows that tell nothing.", n=n
        ),
        "no-number": lambda n: plural_message(
            "{n} row without SIRET or SIREN.", "{n} rows without SIRET or SIREN.", n=n
        ),
        "no-role": lambda n: plural_message(
            "{n} row without a known role.", "{n} rows without a known role.", n=n
        ),
        "no-text": lambda n: plural_message("{n} row without a text.", "{n} rows without a text.", n=n),
        "not-certified": lambda n: plural_message(
            "{n} row without certificate.", "{n} rows without certificate.", n=n
        ),
        "repeated": lambda n: plural_message("{n} repeated row.", "{n} repeated rows.", n=n),
        "unclosed-quote": lambda n: plural_message(
            "{n} line with an unclosed quote.", "{n} lines with an unclosed quote.", n=n
        ),
        "unknown-word": lambda n: plural_message(
            "{n} word without a code, kept as text.", "{n} words without a code, kept as text.", n=n
        ),
        "unread-date": lambda n: plural_message(
            "{n} date that could not be read.", "{n} dates that could not be read.", n=n
        ),
        "unread-figure": lambda n: plural_message(
            "{n} figure that could not be read.", "{n} figures that could not be read.", n=n
        ),
    }
)
REASONS = frozenset(_SENTENCES)


def say_reason(reason: str, n: int) -> Message:
    """Return a reason as a sentence that counts; ``KeyError`` for an unknown one.

    >>> str(say_reason("expired", 2))
    '2 certificates out of date.'
    """
    return _SENTENCES[reason](n)
