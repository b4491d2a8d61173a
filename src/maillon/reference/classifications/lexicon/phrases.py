"""A set of phrases that finds the longest one at a place in a list of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Generic, TypeVar

from maillon.reference.classifications.lexicon.folding import form_keys, form_words

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases (as tuples of word keys) → what they mean.

    >>> phrases = Phrases[str]()
    >>> phrases.add("joint", "seal")
    >>> phrases.add("joint torique", "o-ring")
    >>> phrases.longest(("joint", "torique", "nbr"), 0)
    (2, 'o-ring')
    """

    def __init__(self) -> None:
        self._meanings: dict[tuple[str, ...], T] = {}
        self._sizes: dict[str, int] = {}  # first word → words in the longest phrase that it begins
        self._words: set[str] = set()
        self._triples: frozenset[tuple[str, ...]] | None = None

    def add(self, form: str, meaning: T, language: str = "fr") -> None:
        """Add a written form with the plurals of its last word; the first meaning given is kept."""
        for words in form_keys(form, language):
            self.insert(words, meaning)

    def insert(self, words: tuple[str, ...], meaning: T) -> None:
        """Add a phrase given as word keys; the first meaning given is kept."""
        self._meanings.setdefault(words, meaning)
        self._sizes[words[0]] = max(self._sizes.get(words[0], 0), len(words))
        self._words.update(words)

    def insert_all(self, meanings: dict[tuple[str, ...], T]) -> None:
        """Add many phrases given as word keys, before any other."""
        self._meanings = meanings | self._meanings
        sizes = self._sizes
        for words in meanings:
            if sizes.get(words[0], 0) < len(words):
                sizes[words[0]] = len(words)
        self._words.update(chain.from_iterable(meanings))

    def get(self, form: str) -> T | None:
        """Return what a whole written form means."""
        return self._meanings.get(form_words(form))

    def size(self, word: str) -> int:
        """Return the number of words of the longest phrase that a word key opens, 0 if none."""
        return self._sizes.get(word, 0)

    def longest(self, words: Sequence[str], start: int) -> tuple[int, T] | None:
        """Return the number of words and the meaning of the longest phrase that begins at ``start``."""
        size = min(self._sizes.get(words[start], 0), len(words) - start) if start < len(words) else 0
        while size > 0:
            key = tuple(words[start : start + size])
            if key in self._meanings:
                return size, self._meanings[key]
            size -= 1
        return None

    def triples(self) -> frozenset[tuple[str, ...]]:
        """Return every three words that stand side by side in a phrase."""
        if self._triples is None:
            long = (words for words in self._meanings if len(words) > 2)
            self._triples = frozenset(words[i : i + 3] for words in long for i in range(len(words) - 2))
        return self._triples

    def __contains__(self, word: str) -> bool:
        """Whether a word key begins or continues any phrase."""
        return word in self._words

    def words(self) -> Iterator[str]:
        """Yield every word key of every phrase."""
        return iter(self._words)
