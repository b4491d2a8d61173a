"""The child process of CP-SAT: one logic model in, every better solution and the answer out."""

from __future__ import annotations

import sys
import threading

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from maillon.solve.logic import split_at_zeros
from maillon.solve.model import Status
from maillon.solve.wire import OUT_OF_MEMORY, Arrays, read_arrays, write_frame

_STATUS = {
    cp_model.OPTIMAL: Status.OPTIMAL,
    cp_model.FEASIBLE: Status.FEASIBLE,
    cp_model.INFEASIBLE: Status.INFEASIBLE,
}


def main() -> None:
    """Read one model, solve it, write the answer."""
    arrays = read_arrays()
    model, variables = _model(arrays)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = float(arrays["time_limit"])
    solver.parameters.num_workers = int(arrays["threads"]) or 1
    solver.parameters.random_seed = int(arrays["seed"])
    best = _Best(variables)
    solver.best_bound_callback = best.bounded
    status = _STATUS.get(solver.solve(model, best), Status.NOTHING)
    found = status in {Status.OPTIMAL, Status.FEASIBLE}
    best.bound = solver.best_objective_bound if found else best.bound
    best.tell(status, solver.wall_time, final=True)


def _model(arrays: Arrays) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    variables = [model.new_bool_var("") for _ in range(int(arrays["variables"]))]

    def literal(signed: int) -> cp_model.LiteralT:
        return variables[signed - 1] if signed > 0 else ~variables[-signed - 1]

    for clause in split_at_zeros(arrays["clauses"]):
        model.add_bool_or([literal(x) for x in clause])
    bounds = (arrays[name].tolist() for name in ("lower", "upper", "count_if"))
    for counted, lower, upper, given in zip(split_at_zeros(arrays["counts"]), *bounds, strict=True):
        literals = [literal(x) for x in counted]
        if not given and (lower, upper) == (0, 1):
            model.add_at_most_one(literals)
            continue
        row = model.add_linear_constraint(cp_model.LinearExpr.sum(literals), lower, upper)
        if given:
            row.only_enforce_if(literal(given))
    costs = [literal(x) for x in arrays["cost_literals"].tolist()]
    if costs:
        model.minimize(cp_model.LinearExpr.weighted_sum(costs, arrays["cost_weights"].tolist()))
    for signed in arrays["hint"].tolist():
        model.add_hint(variables[abs(signed) - 1], signed > 0)
    return model, variables


class _Best(cp_model.CpSolverSolutionCallback):
    """Sends each better solution and each better bound; both may come from threads of the solver."""

    def __init__(self, variables: list[cp_model.IntVar]) -> None:
        super().__init__()
        self.bound = float("-inf")
        self._variables = variables
        self._sent: dict[str, npt.ArrayLike] = {"values": np.empty(0, np.bool_), "objective": np.nan}
        self._lock = threading.Lock()

    def on_solution_callback(self) -> None:
        values = np.array([self.boolean_value(x) for x in self._variables], dtype=np.bool_)
        self._sent = {"values": values, "objective": self.objective_value}
        self.bound = max(self.bound, self.best_objective_bound)
        self.tell(Status.FEASIBLE, self.wall_time)

    def bounded(self, bound: float) -> None:
        """Note a better bound and send it."""
        self.bound = max(self.bound, bound)
        known = np.size(self._sent["values"]) > 0
        self.tell(Status.FEASIBLE if known else Status.NOTHING, 0.0)

    def tell(self, status: Status, seconds: float, *, final: bool = False) -> None:
        """Send what is known so far."""
        with self._lock:
            write_frame(
                self._sent | {"status": status.value, "bound": self.bound, "seconds": seconds}, final=final
            )


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
