"""What a name is indexed under: its words, neighbours written as one, and its initials."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

#: Before initials, so that they meet initials and acronyms, never words.
INITIALS = "~"
_LONGEST_JOIN = 24
_FEWEST_INITIALS = 3


def terms_of(words: Sequence[str]) -> list[str]:
    """Return the terms of a name, without repeats: words, joined neighbours, initials.

    >>> terms_of(("mecanique", "precision", "doubs"))
    ['mecanique', 'precision', 'doubs', 'mecaniqueprecision', 'precisiondoubs', '~mpd']
    >>> terms_of(("snp",))
    ['snp', '~snp']
    """
    joins = [a + b for a, b in pairwise(words) if len(a) + len(b) <= _LONGEST_JOIN]
    return list(dict.fromkeys([*words, *joins, *initials_of(words)]))


def initials_of(words: Sequence[str]) -> list[str]:
    """Return the initials of three words or more; a lone short word may itself be initials."""
    if len(words) >= _FEWEST_INITIALS:
        return [INITIALS + "".join(word[0] for word in words)]
    lone = len(words) == 1 and _FEWEST_INITIALS <= len(words[0]) <= _FEWEST_INITIALS + 2
    return [INITIALS + words[0]] if lone else []
