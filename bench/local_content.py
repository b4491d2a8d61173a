"""Local content of large bills of materials, beside a linear program for a single one of its bounds.

Ours: a table of lines in, 4 bases x 4 territories (100 km, region, France, Union) out, both bounds exact,
central estimate and coverage included. The peer: HiGHS on the Charnes-Cooper form of one share, one end, its
matrix already built; 32 of them make what ours gives.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

from maillon.core.bom import Bom
from maillon.core.place import EU, FRANCE, Territory, TerritoryKind
from maillon.method.diagnose import cost_bom, local_content, smallest_question_set
from maillon.method.diagnose.bases import value_added_terms
from maillon.method.diagnose.bought import bought_lines
from maillon.method.diagnose.origins import find_origins
from maillon.method.diagnose.results import Basis, Site
from maillon.solve import Status

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # the tests' own bills of materials and program
from factories.boms import large_bom
from factories.fractional_programs import charnes_cooper

SIZES = (1_000, 10_000, 100_000)
TERRITORIES = (
    Territory(TerritoryKind.RADIUS, "90010", 47.6379, 6.8629, 100.0),
    Territory(TerritoryKind.REGION, "27"),
    FRANCE,
    EU,
)
_TIMES = 5
_LP_SECONDS = 60.0


def table() -> tuple[str, list[str], list[list[str]]]:
    """Time both on trees of five levels, with certain prices and with a third of them as ranges."""
    header = ["lines", "prices", "local content, 32 bounds (s)", "questions (s)", "HiGHS, 1 bound (s)", "gap"]
    rows = [_row(size, ranges=ranges) for size in SIZES for ranges in (False, True)]
    return "Local content: 4 bases x 4 territories on five-level trees", header, rows


def _row(size: int, *, ranges: bool) -> list[str]:
    bom = large_bom(size, ranges=ranges, unknown=0.6)
    ours = _seconds(lambda: local_content(bom, TERRITORIES))
    asked = _seconds(lambda: smallest_question_set(bom))
    peer, gap = _program(bom) if ranges else ("", "")
    return [f"{size:,}", "ranges" if ranges else "certain", f"{ours:.3f}", f"{asked:.3f}", peer, gap]


def _seconds(work: object) -> float:
    assert callable(work)
    times = []
    for _ in range(_TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def _program(bom: Bom) -> tuple[str, str]:
    costed = cost_bom(bom)
    terms = value_added_terms(costed, bought_lines(costed), find_origins(costed, Site.MAKING, (FRANCE,)))
    assert terms.ratio is not None
    found = charnes_cooper(terms.ratio, terms.ratio.numerator_high[:, 0], time_limit=_LP_SECONDS)
    if found.status is not Status.OPTIMAL:
        return f"> {_LP_SECONDS:.0f}", found.status.value
    share = local_content(costed, (FRANCE,))[Basis.VALUE_ADDED]["country:FR"].max
    assert share is not None
    return f"{found.seconds:.3f}", f"{abs(share + found.objective):.1e}"
