"""Words that say what a row is: a total, a tax, a note, a placeholder."""

from __future__ import annotations

import re
from typing import TypeGuard

from maillon.intake.grid import Cell, CellError
from maillon.intake.understand.cells import fold
from maillon.intake.understand.prices import is_placeholder

#: What may stand before a word of totals, such words, and the words for a tax on the total.
_BEFORE = (
    r"(?:sous|sub|grand|prix|cout|montant|somme|order|project|overall|bom|final|net|cost|price|prezzo"
    r"|precio|estimated|estimation|estimate|approx|approximate|global|general|cumule|parts?|material|materials"
    r"|pieces|components?|hardware|coste|costo|kosten)"
)
_TOTALS = (
    r"(?:total|totaux|totals|totale|totaal|subtotal|subtotale|subtotaal|soustotal|summe|suma|somme|sum|razem|gesamt"
    r"|gesamtsumme|gesamtpreis|gesamtkosten|zwischensumme|endsumme|insgesamt|lacznie|totalt)"
)
_TAXES = r"(?:tva|vat|mwst|iva|btw|ust)"
TOTAL_WORD = re.compile(
    rf"^\W*(?:{_BEFORE}[- ./]*){{0,2}}{_TOTALS}\b(?!\s+(?:station|stop))"
    rf"|^\W*{_TAXES}\b[\s\d.,%()]*:?$|^[Σσ]\s*$"
)
#: What every such word holds: most texts are dismissed at a glance.
_HINT = re.compile(r"tot|summ?|som|raz|ges|lac|łąc|tva|vat|mws|iva|btw|ust|Σ|σ", re.I)
NOTE = re.compile(r"^(?:note|nb|n\.b|remarque|attention|hinweis|uwaga|nota|important|warning|\*)[\s.:!*]")
_PAGE = re.compile(
    r"\W*(?:page|seite|pagina|strona|feuille|folio|blatt|sheet)\s*:?\s*\d+(?:\s*(?:/|sur|of|von|de|di|z)\s*\d+)?\W*"
)
SENTENCE = re.compile(r"[a-z)]\.(?:\s|$)|[;!?](?:\s|$)")


def is_text(cell: Cell) -> TypeGuard[str]:
    """Whether a cell is a text and no error value."""
    return isinstance(cell, str) and not isinstance(cell, CellError)


def tells(cell: Cell) -> bool:
    """Whether a cell says something: not nothing, not an error, not a placeholder."""
    if cell is None or isinstance(cell, CellError):
        return False
    return not (isinstance(cell, str) and (is_placeholder(cell) or not any(map(str.isalnum, cell))))


def is_total_word(text: Cell) -> bool:
    """Whether a text starts with a word for a total, or is the word for a tax.

    >>> is_total_word("Sous-total HT :"), is_total_word("TOTAL"), is_total_word("Total station")
    (True, True, False)
    """
    if not isinstance(text, str) or len(text) > 60 or not _HINT.search(text):
        return False
    return TOTAL_WORD.match(fold(text)) is not None


def is_sentence(text: str) -> bool:
    """Whether a text explains something rather than names it.

    >>> is_sentence("Remarque : voir le plan"), is_sentence("Vis CHC M4 x 20 inox A2")
    (True, False)
    """
    long = len(text) > 110 or len(text.split()) > 13
    return (
        long or NOTE.match(fold(text)) is not None or (len(text) > 60 and bool(SENTENCE.search(text.lower())))
    )


def is_page_number(text: str) -> bool:
    """Whether a text is the running head of a printed page.

    >>> is_page_number("Page 2/7"), is_page_number("Seite 3 von 4"), is_page_number("Page de garde")
    (True, True, False)
    """
    return _PAGE.fullmatch(fold(text)) is not None


def bare_title(text: str) -> str:
    """Return the title of a section without the rules drawn around it.

    >>> bare_title("--- BRAS ---"), bare_title("***"), bare_title("Visserie :")
    ('BRAS', '***', 'Visserie :')
    """
    return text.strip(" -–—=*_#~·•<>") or text
