"""Does the search find who can make a part, and is it better than what one would try first?

The designations are those of ``labelled/test.csv``, which nothing was tuned on; the firms are invented,
of the test half. Read ``docs/method/evaluation.md`` for what these figures can show and what they cannot.
"""

from __future__ import annotations

Table = tuple[str, list[str], list[list[str]]]


def table() -> Table:
    """Measure the search, its ablations and the systems to beat, on enriched and bare registers."""
    from bench.search.report import measure  # noqa: PLC0415 - listing the benchmarks must not load the search

    return measure()
