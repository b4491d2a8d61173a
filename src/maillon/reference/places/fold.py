"""One way to compare written names: case, accents, ligatures and punctuation put aside."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_APART = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, its words separated by single spaces.

    >>> fold("  L'Haÿ-les-Roses "), fold("ŒUILLY"), fold("R.F.A.")
    ('l hay les roses', 'oeuilly', 'r f a')
    """
    if text.isascii():
        return _APART.sub(" ", text.lower()).strip()
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _APART.sub(" ", plain.casefold().translate(_LETTERS)).strip()


_SAINT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_BETWEEN = {"s": "sur", "ss": "sous"}
_SLASH = re.compile(r"(?:\bs)?(?<=\w)/\s?(?=\w)", re.IGNORECASE)
_ARTICLE_LAST = re.compile(r"^\s*(.+?)\s*\((le|la|les|l['’])\)\s*$", re.IGNORECASE)
_CEDEX = re.compile(r"\bcedex\b.*$")


def fold_commune(text: str) -> str:
    """Return the folded name of a commune with the usual abbreviations spelt out, and without CEDEX.

    >>> fold_commune("St-Étienne"), fold_commune("Chalon s/ Saône"), fold_commune("BELFORT CEDEX 9")
    ('saint etienne', 'chalon sur saone', 'belfort')
    >>> fold_commune("Boulogne/Mer"), fold_commune("MANS (LE)")
    ('boulogne sur mer', 'le mans')
    """
    if "/" in text or ")" in text:
        text = _SLASH.sub(" sur ", _ARTICLE_LAST.sub(r"\2 \1", text))
    words = [_SAINT.get(word, word) for word in _CEDEX.sub("", fold(text)).split()]
    return " ".join(words[:1] + [_BETWEEN.get(word, word) for word in words[1:-1]] + words[1:][-1:])
