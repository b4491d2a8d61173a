"""Sentences for people, kept as data until the edge, where the reader's language is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with named slots; ``maillon.language`` renders it in the reader's language.

    ``plural`` holds the sentence to use when the parameter ``n`` is not one. ``str()`` gives plain English.

    >>> str(message("Sheet {sheet} holds no table.", sheet="Feuil1"))
    'Sheet Feuil1 holds no table.'
    >>> str(plural_message("{n} supplier", "{n} suppliers", n=2))
    '2 suppliers'
    """

    msgid: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    plural: str | None = None

    def __str__(self) -> str:
        """Return the English sentence with its slots filled."""
        text = self.msgid if self.plural is None or self.params.get("n") == 1 else self.plural
        return text.format(**self.params)


def message(msgid: str, /, **params: object) -> Message:
    """Return a translatable sentence. The extraction of messages looks for calls of this name."""
    return Message(msgid, MappingProxyType(params))


def plural_message(msgid: str, plural: str, /, *, n: int, **params: object) -> Message:
    """Return a translatable sentence that counts ``n`` things."""
    return Message(msgid, MappingProxyType({"n": n, **params}), plural)
