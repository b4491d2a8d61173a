"""A set of phrases that finds the longest one at a place in a list of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from maillon.reference.classifications.lexicon.folding import form_keys, form_words

T = TypeVar("T")
_END = ""  # no word is empty: the key under which a phrase keeps what it means


class Phrases(Generic[T]):
    """Phrases (as tuples of word keys) → what they mean, stored as a tree of words.

    >>> phrases = Phrases[str]()
    >>> phrases.add("joint", "seal"); phrases.add("joint torique", "o-ring")
    >>> phrases.longest(("joint", "torique", "nbr"), 0)
    (2, 'o-ring')
    """

    def __init__(self) -> None:
        self._root: dict[str, object] = {}
        self._words: set[str] = set()

    def add(self, form: str, meaning: T, language: str = "fr") -> None:
        """Add a written form with the plurals of its last word; the first meaning given is kept."""
        for words in form_keys(form, language):
            self.insert(words, meaning)

    def insert(self, words: tuple[str, ...], meaning: T) -> None:
        """Add a phrase given as word keys; the first meaning given is kept."""
        node = self._root
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]
        self._words.update(words)
        node.setdefault(_END, meaning)

    def get(self, form: str) -> T | None:
        """Return what a whole written form means."""
        words = form_words(form)
        found = self.longest(words, 0)
        return found[1] if found and found[0] == len(words) else None

    def longest(self, words: Sequence[str], start: int) -> tuple[int, T] | None:
        """Return the number of words and the meaning of the longest phrase that begins at ``start``."""
        node = self._root
        found: tuple[int, T] | None = None
        for index in range(start, len(words)):
            following = node.get(words[index])
            if following is None:
                break
            node = following  # type: ignore[assignment]
            if _END in node:
                found = (index - start + 1, node[_END])  # type: ignore[assignment]
        return found

    def __contains__(self, word: str) -> bool:
        """Whether a word key begins or continues any phrase."""
        return word in self._words

    def words(self) -> Iterator[str]:
        """Yield every word key of every phrase."""
        return iter(self._words)
