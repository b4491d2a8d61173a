"""Questions whose words stand in a right answer, and questions whose words do not.

Where a buyer and a firm use the same word, any engine finds it. The stratum without a common word
shows what a search knows beyond words, and is always told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache

from bench.search.corpus import Corpus
from bench.search.evaluation import Asked

_WORD = re.compile(r"[a-z]{4,}")
_STEM = 5  # letters: two inflections of a French or English noun seldom differ before


@cache
def content_stems(text: str) -> frozenset[str]:
    """Return the first five letters of each word of four letters or more, without accents.

    >>> sorted(content_stems("BRIDES usinées Ø20 en ACIER S235"))
    ['acier', 'bride', 'usine']
    """
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return frozenset(word[:_STEM] for word in _WORD.findall(plain))


def shares_words(corpus: Corpus) -> Callable[[Asked], bool]:
    """Return a test: does the text of a relevant firm hold a word of the designation?"""
    stems: Sequence[frozenset[str]] = [content_stems(text) for text in corpus.texts]

    def shares(asked: Asked) -> bool:
        words = content_stems(asked.need.designation)
        return any(words & stems[row] for row in asked.grades)

    return shares
