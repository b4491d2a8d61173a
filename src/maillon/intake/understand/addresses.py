"""Addresses of the web in cells, and the words that stand for one."""

from __future__ import annotations

import re

from maillon.intake.grid import Cell

_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+")
_BARE_ADDRESS = re.compile(r"(?i)(?:[\w-]+\.)+[a-z]{2,}/")
_LINK_WORDS = frozenset(
    (
        "link",
        "lien",
        "url",
        "here",
        "ici",
        "click here",
        "voir lien",
        "cliquez ici",
        "enlace",
        "hier",
        "web",
        "liens",
        "links",
    )
)


def address_in(cell: Cell) -> str | None:
    """Return the address that a cell holds, with or without its scheme; None if it holds none.

    >>> address_in("see https://example.org/x"), address_in("shop.example/item"), address_in("M8/M10")
    ('https://example.org/x', 'shop.example/item', None)
    """
    if not isinstance(cell, str) or ("/" not in cell and "www." not in cell.lower()):
        return None
    found = _ADDRESS.search(cell)
    return found.group() if found else (cell if _BARE_ADDRESS.match(cell) else None)


def leads_elsewhere(text: str) -> bool:
    """Whether a text is an address, or the word that stands for one, rather than a code.

    >>> leads_elsewhere("Lien"), leads_elsewhere("LK-12")
    (True, False)
    """
    return text.casefold() in _LINK_WORDS or address_in(text) is not None
