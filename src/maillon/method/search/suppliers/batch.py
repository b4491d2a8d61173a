"""A whole list of parts: one search for each distinct need, results for each line and each family."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

from maillon.core.place import Place
from maillon.method.search.designation import read_designation
from maillon.method.search.suppliers.filters import Filters, check_filters
from maillon.method.search.suppliers.need import Need, need_of
from maillon.method.search.suppliers.result import SearchResult
from maillon.method.search.suppliers.search import searcher_of
from maillon.reference.register import Register

Progress = Callable[[float], None]
_THREADS = 2
_STEP = 32  # searches between two signs of progress


@dataclass(frozen=True, eq=False)
class BatchResult:
    """``results`` of distinct needs; ``lines`` tells the place there of each text, None where it is empty."""

    results: tuple[SearchResult, ...]
    lines: tuple[int | None, ...]
    families: tuple[str | None, ...]

    def __repr__(self) -> str:
        """Say how many lines and needs there are."""
        return f"BatchResult({len(self.lines)} lines, {len(self.results)} needs)"

    def of_line(self, line: int) -> SearchResult | None:
        """Return the result of a line, counted from 0; None where it had no text."""
        place = self.lines[line]
        return None if place is None else self.results[place]

    @cached_property
    def by_family(self) -> dict[str, tuple[SearchResult, ...]]:
        """The distinct results of each purchase family, in the order of the lines."""
        found: dict[str, dict[int, SearchResult]] = {}
        for family, place in zip(self.families, self.lines, strict=True):
            if family is not None and place is not None:
                found.setdefault(family, {})[place] = self.results[place]
        return {family: tuple(places.values()) for family, places in sorted(found.items())}


def search_batch(
    register: Register,
    texts: Sequence[str | None],
    near: Place | None = None,
    km: float | None = None,
    *,
    filters: Filters | None = None,
    limit: int = 10,
    progress: Progress = lambda share: None,
) -> BatchResult:
    """Search every text of a list: each distinct text is read once, each distinct need searched once.

    Results are those of ``search_suppliers``. Raises as it does; an empty text has no result.
    """
    given = filters or Filters()
    asked = replace(given, near=near or given.near, km=given.km if km is None else km)
    check_filters(asked)
    read = {text: read_designation(text) for text in dict.fromkeys(texts) if text and text.strip()}
    needs = {text: need_of(found) for text, found in read.items()}
    distinct = {need: place for place, need in enumerate(dict.fromkeys(needs.values()))}
    searcher = searcher_of(register)

    def search(need: Need) -> SearchResult:
        return searcher.search(need, asked, limit=limit)

    return BatchResult(
        results=tuple(_search_all(list(distinct), search, progress)),
        lines=tuple(distinct[needs[text]] if text in needs else None for text in texts),
        families=tuple(read[text].family if text in read else None for text in texts),
    )


def _search_all(
    needs: list[Need], search: Callable[[Need], SearchResult], progress: Progress
) -> list[SearchResult]:
    """Search on two threads: much of a search runs outside the interpreter's lock."""
    found: list[SearchResult] = []
    with ThreadPoolExecutor(_THREADS) as pool:
        for start in range(0, len(needs), _STEP):
            found += pool.map(search, needs[start : start + _STEP])
            progress(len(found) / len(needs))
    return found
