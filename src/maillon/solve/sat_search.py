"""The least cost of a logic model with the SAT solver CaDiCaL, and its proof from below."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from pysat.card import ITotalizer
from pysat.solvers import Cadical195

from maillon.solve.model import Status
from maillon.solve.sat_formula import write_clauses
from maillon.solve.wire import Arrays, write_frame

#: Conflicts spent on the core of one cost before it is left to the count of all costs.
_CORE_BUDGET = 20_000


class LeastCost:
    """The best solution and bound so far, and the solver that improves them."""

    def __init__(self, arrays: Arrays, *, stable: bool) -> None:
        """Write the model as clauses; ``stable`` keeps CaDiCaL in the mode that finds solutions best."""
        clauses, top = write_clauses(arrays)
        self.variables = int(arrays["variables"])
        self.started = time.perf_counter()
        weights = arrays["cost_weights"].tolist()
        self.costs = [
            x for x, w in zip(arrays["cost_literals"].tolist(), weights, strict=True) for _ in range(w)
        ]
        self.solver = Cadical195()
        self.solver.configure({"stabilizeonly": int(stable), "seed": int(arrays["seed"])})
        self.solver.append_formula(clauses)
        self.best = np.empty(0, np.bool_)
        self.objective, self.bound = len(self.costs) + 1, 0
        self.infeasible = False
        self.hint = arrays["hint"].tolist()
        self._sum = ITotalizer(self.costs, ubound=len(self.costs) - 1, top_id=top) if self.costs else None
        for clause in self._sum.cnf.clauses if self._sum else ():
            self.solver.add_clause(clause)

    @property
    def done(self) -> bool:
        """Whether nothing is left to find."""
        return self.infeasible or self.bound >= self.objective

    def at_most(self, cost: int) -> list[int]:
        """Return the assumption that the cost is at most so much."""
        return [-self._sum.rhs[cost]] if self._sum and 0 <= cost < len(self.costs) else []

    def try_to_solve(self, assumptions: Iterable[int] = (), conflicts: int = -1) -> bool | None:
        """Say whether a solution exists, ``None`` when so many conflicts do not tell; keep a better one."""
        self.solver.conf_budget(conflicts)
        answer: bool | None = self.solver.solve_limited(assumptions=list(assumptions))
        if answer:
            self._keep(self.solver.get_model())
        return answer

    def _keep(self, literals: Sequence[int]) -> None:
        values = np.array(literals[: self.variables]) > 0
        objective = sum(_holds(values, x) for x in self.costs)
        if objective < self.objective:
            self.objective, self.best = objective, values
            self.tell()

    def holds(self, literal: int) -> bool:
        """Return whether the literal is true in the best solution."""
        return _holds(self.best, literal)

    def raise_bound(self, bound: int) -> None:
        """Note that no solution costs less."""
        if bound > self.bound:
            self.bound = bound
            if self._sum and bound <= len(self.costs):
                self.solver.add_clause([self._sum.rhs[bound - 1]])
            self.tell()

    def tell(self, *, final: bool = False) -> None:
        """Send what is known so far."""
        known = self.best.size > 0
        status = Status.FEASIBLE if known else Status.NOTHING
        if self.infeasible:
            status = Status.INFEASIBLE
        elif self.done:
            status = Status.OPTIMAL
        frame: dict[str, npt.ArrayLike] = {
            "status": status.value,
            "values": self.best,
            "objective": self.objective if known else np.nan,
            "bound": self.bound,
            "seconds": time.perf_counter() - self.started,
        }
        write_frame(frame, final=final)


def _holds(values: npt.NDArray[np.bool_], literal: int) -> bool:
    return bool(values[abs(literal) - 1]) == (literal > 0)


def climb(search: LeastCost) -> None:
    """Prove, cost by cost, that nothing is cheaper; the first solution found is then the best.

    First the cores that share no cost are counted (each needs one), then the bound goes up by one.
    """
    free, cores = list(search.costs), 0
    while not search.done:
        if search.try_to_solve([-x for x in free], _CORE_BUDGET) is not False:
            break
        core = {-x for x in search.solver.get_core() or ()}
        if not core:
            search.infeasible = True
        free = [x for x in free if x not in core]
        cores += 1
        search.raise_bound(cores)
    while not search.done:
        limit = search.at_most(search.bound)
        if search.try_to_solve(limit) is False:
            search.infeasible = not limit
            search.raise_bound(search.bound + 1)


def chase(search: LeastCost, target: int) -> None:
    """Find a solution at a bound that is known to hold, or prove that the bound is higher still."""
    search.solver.set_phases(search.hint)
    search.raise_bound(target)
    if not search.done and search.try_to_solve(search.at_most(target)) is False:
        search.raise_bound(target + 1)
