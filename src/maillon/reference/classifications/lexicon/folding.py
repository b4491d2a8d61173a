"""Words as they are compared: without case, accents or plurals.

``fold`` keeps the length of the text, so that a place found in the folded text is the same place in the
text as written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LINKING_WORDS = frozenset(
    (
        "a",
        "and",
        "au",
        "aux",
        "d",
        "da",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "of",
        "the",
        "un",
        "une",
    )
)
PLURAL_AUX = 4

_LIGATURES = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
    }
)


def _fold_table() -> dict[int, str]:
    table = {}
    for code in range(0x80, 0x250):
        letter = unicodedata.normalize("NFKD", chr(code))[0].lower()
        table[code] = letter if len(letter) == 1 else chr(code)
    marks = {
        "Ø": "ø",
        "ø": "ø",
        "⌀": "ø",
        "∅": "ø",
        "Φ": "ø",
        "φ": "ø",
        "×": "x",
        "’": "'",
        "‘": "'",
        "µ": "µ",
    }
    marks |= {"μ": "µ", "–": "-", "—": "-", "‑": "-", "−": "-", "_": " ", "°": "°", "Ω": "Ω", "\u2126": "Ω"}
    marks |= {"²": "²", "³": "³", "½": "½", "¼": "¼", "¾": "¾", "±": "±"}
    return table | {ord(mark): plain for mark, plain in marks.items()}


_FOLDED = _fold_table()
_UNCLEAN = re.compile("[œæ\\t\\n\\r\u00a0\u202f\u0300-\u036f]")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ]{2})(?=[A-ZÀ-Þ][a-zß-ÿ]{2})")
_WORD = re.compile(r"[a-z0-9]+")


def clean_text(text: str) -> str:
    """Return ``text`` in composed Unicode, ligatures and camel case opened, plain spaces.

    >>> clean_text("SupportMoteur"), clean_text("œillet")
    ('Support Moteur', 'oeillet')
    """
    if text.islower() and (text.isascii() or not _UNCLEAN.search(text)):
        return text
    if text.isascii() and text.isupper():
        return text
    return _CAMEL.sub(" ", unicodedata.normalize("NFC", text).translate(_LIGATURES))


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, of the same length; ``_`` becomes a space.

    >>> fold("Pièce ÉPAISSEUR Ø20")
    'piece epaisseur ø20'
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters, such as the dotted capital I, grow in lower case
        lowered = "".join(letter.lower()[0] for letter in text)
    return lowered.translate(_FOLDED) if not lowered.isascii() else lowered.replace("_", " ")


@lru_cache(maxsize=32768)
def word_key(word: str) -> str:
    """Return a folded word without the marks of plural and feminine participle.

    >>> [word_key(w) for w in ("roulements", "tuyaux", "usinees", "vis")]
    ['roulement', 'tuyau', 'usine', 'vis']
    """
    if len(word) < PLURAL_AUX:
        return word
    if (word[-1] == "s" and word[-2] != "s") or word.endswith(("aux", "eux", "oux")):
        word = word[:-1]
    return word[:-1] if word.endswith("ee") and len(word) > PLURAL_AUX else word


def form_words(form: str) -> tuple[str, ...]:
    """Return the keys of the words of a lexicon form, linking words left out.

    >>> form_words("Vis à billes"), form_words("joint d'étanchéité")
    (('vis', 'bille'), ('joint', 'etancheite'))
    """
    return folded_form_words(fold(clean_text(form)))


def fold_forms(forms: tuple[str, ...]) -> list[str]:
    """Return every form folded; all in one go, which loads a lexicon fast.

    >>> fold_forms(("Écrou", "vis à bois"))
    ['ecrou', 'vis a bois']
    """
    return fold(clean_text("|".join(forms))).split("|") if forms else []


def folded_form_words(folded: str) -> tuple[str, ...]:
    """Return the keys of the words of a form that is folded already."""
    plain = folded.isascii() and folded.replace(" ", "").isalpha()
    words = folded.split() if plain else _WORD.findall(folded)
    return tuple([key for word in words if (key := _form_word_key(word))])


@lru_cache(maxsize=32768)
def _form_word_key(word: str) -> str:
    """Return the key of a word of a form, empty for a linking word."""
    return "" if word in LINKING_WORDS else word_key(word)


@lru_cache(maxsize=32768)
def plural_keys(word: str, language: str) -> tuple[str, ...]:
    """Return the extra keys of the plurals of a folded word that ``word_key`` does not bring back to it.

    >>> plural_keys("battery", "en"), plural_keys("box", "en"), plural_keys("signal", "fr")
    (('batterie',), ('boxe',), ('signau',))
    """
    if language == "en":
        if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
            return (word[:-1] + "ie",)
        if word.endswith(("x", "ch", "sh", "ss", "z", "s")):
            return (word + "e",)
        return ()
    return (word[:-1] + "u",) if word.endswith("al") else ()


def form_keys(form: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Return every key of a form: its words, their plural, and a hyphenated pair as one word.

    >>> form_keys("micro-switch", "en")
    (('micro', 'switch'), ('micro', 'switche'), ('microswitch',))
    """
    return folded_form_keys(fold(clean_text(form)), language)


def folded_form_keys(folded: str, language: str) -> tuple[tuple[str, ...], ...]:
    """Return every key of a form that is folded already."""
    words = folded_form_words(folded)
    if not words:
        return ()
    plurals = plural_keys(words[-1], language)
    if not plurals and "-" not in folded:
        return (words,)
    keys = [words, *((*words[:-1], plural) for plural in plurals)]
    if "-" in folded and len(words) == 2:
        keys.append((words[0] + words[1],))
    return tuple(keys)
