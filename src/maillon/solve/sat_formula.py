"""A logic model as clauses alone, for SAT solvers: counts are written out with the encodings of PySAT."""

from __future__ import annotations

from pysat.card import CardEnc, EncType

from maillon.solve.logic import split_at_zeros
from maillon.solve.wire import Arrays

Clauses = list[list[int]]
#: Literals times bound up to which the totalizer, whose clauses propagate best, stays small.
_SMALL = 3_000


def write_clauses(arrays: Arrays) -> tuple[Clauses, int]:
    """Return the clauses of a logic model and the highest variable that they use."""
    clauses, top = split_at_zeros(arrays["clauses"]), int(arrays["variables"])
    bounds = (arrays[name].tolist() for name in ("lower", "upper", "count_if"))
    for literals, lower, upper, given in zip(split_at_zeros(arrays["counts"]), *bounds, strict=True):
        counted, top = _count(literals, lower, upper, top)
        clauses += [[-given, *clause] for clause in counted] if given else counted
    return clauses, top


def _count(literals: list[int], lower: int, upper: int, top: int) -> tuple[Clauses, int]:
    if lower > min(upper, len(literals)):  # the encoder aborts on a bound that it cannot reach
        return [[]], top
    if lower == len(literals):
        return [[literal] for literal in literals], top
    if (lower, upper) == (0, 1):
        return CardEnc.atmost(literals, 1, encoding=EncType.pairwise).clauses, top
    found: Clauses = []
    for wanted, bound in ((CardEnc.atleast, lower), (CardEnc.atmost, upper)):
        if (wanted is CardEnc.atleast and bound == 0) or (
            wanted is CardEnc.atmost and bound >= len(literals)
        ):
            continue
        encoding = EncType.totalizer if len(literals) * bound <= _SMALL else EncType.kmtotalizer
        formula = wanted(literals, bound, top_id=top, encoding=encoding)
        found, top = found + formula.clauses, max(top, formula.nv)
    return found, top
