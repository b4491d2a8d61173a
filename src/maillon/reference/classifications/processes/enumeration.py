"""Products listed after the first that a firm says it makes: "fabricant de pompes, vannes et réducteurs"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maillon.reference.classifications.processes.negation import COMMA, MARKS

#: What follows tells whom or what the products are for, no longer what is made.
_PURPOSE = frozenset(
    {"pour", "dans", "chez", "sur", "avec", "par", "destine", "for", "in", "with", "to", "by"}
)
MAX_OTHER_WORDS = 2  # "pompes centrifuges multicellulaires, vannes"


def list_products(
    words: Sequence[str], opening: Sequence[str], products: Mapping[tuple[str, ...], object]
) -> Iterator[tuple[str, ...]]:
    """Yield the keys of the products listed after ``opening`` (the keys that name the first one).

    The list ends at a mark other than a comma, at a word of purpose, or after ``MAX_OTHER_WORDS`` words.

    >>> words = ("fabricant", "pompe", "zzcomma", "vanne", "reducteur", "pour", "machine")
    >>> products = {("vanne",): 1, ("reducteur",): 1, ("machine",): 1}
    >>> list(list_products(words, ("fabricant", "pompe"), products))
    [('vanne',), ('reducteur',)]
    """
    place, others = _place_after(words, opening), 0
    longest = max(map(len, products), default=1)
    while place < len(words) and others <= MAX_OTHER_WORDS:
        word = words[place]
        if word in _PURPOSE or (word in MARKS and word != COMMA):
            return
        keys = _longest_product(words, place, longest, products)
        if keys:
            yield keys
        others = 0 if keys or word == COMMA else others + 1
        place += len(keys) or 1


def _place_after(words: Sequence[str], opening: Sequence[str]) -> int:
    """Return the place after the first occurrence of ``opening``, the end where there is none."""
    size = len(opening)
    for place in range(len(words) - size + 1):
        if tuple(words[place : place + size]) == tuple(opening):
            return place + size
    return len(words)


def _longest_product(
    words: Sequence[str], place: int, longest: int, products: Mapping[tuple[str, ...], object]
) -> tuple[str, ...]:
    for size in range(min(longest, len(words) - place), 0, -1):
        keys = tuple(words[place : place + size])
        if keys in products:
            return keys
    return ()
