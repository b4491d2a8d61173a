"""The child process of HiGHS: one model in, every better solution and the answer out."""

from __future__ import annotations

import sys

import highspy
import numpy as np
import numpy.typing as npt

from maillon.solve.model import Status
from maillon.solve.wire import OUT_OF_MEMORY, Arrays, read_arrays, write_frame

#: Seconds between two reports of a better bound alone.
_BOUND_PULSE = 0.5


def main() -> None:
    """Read one model, solve it, write the answer."""
    model = read_arrays()
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the package ships no signatures
    _set_options(highs, model)
    if highs.passModel(lp_of(model)) == highspy.HighsStatus.kError:
        sys.exit("the model is malformed")
    whole = bool(model["integer"].any())
    if whole:
        _report_progress(highs)
    if "hint" in model:
        hint = highspy.HighsSolution()
        hint.col_value = model["hint"]
        highs.setSolution(hint)
    highs.run()
    write_frame(_answer(highs, has_integers=whole), final=True)


def _set_options(highs: highspy.Highs, model: Arrays) -> None:
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", float(model["time_limit"]))
    highs.setOptionValue("mip_rel_gap", float(model["target_gap"]))
    if "heuristic_effort" in model:
        highs.setOptionValue("mip_heuristic_effort", float(model["heuristic_effort"]))
    if int(model["threads"]):
        highs.setOptionValue("threads", int(model["threads"]))


def _report_progress(highs: highspy.Highs) -> None:
    """Send each better solution, and now and then the bound, to the parent."""
    best: dict[str, npt.ArrayLike] = {}
    last = [0.0]

    def improved(event: highspy.highs.HighsCallbackEvent) -> None:
        out = event.data_out
        best.update(values=np.array(out.mip_solution), objective=out.objective_function_value)
        best.update(bound=out.mip_dual_bound, status=Status.FEASIBLE.value, seconds=out.running_time)
        write_frame(best)

    def logged(event: highspy.highs.HighsCallbackEvent) -> None:
        out = event.data_out
        if out.running_time - last[0] >= _BOUND_PULSE:
            last[0] = out.running_time
            now = {"status": Status.NOTHING.value} | best
            write_frame(now | {"bound": out.mip_dual_bound, "seconds": out.running_time})

    highs.cbMipImprovingSolution.subscribe(improved)
    highs.cbMipLogging.subscribe(logged)
    # Cuts at the root may take minutes, in which nothing is logged but limits are looked at.
    highs.cbMipInterrupt.subscribe(logged)


def lp_of(model: Arrays) -> highspy.HighsLp:
    """Return the model of the arrays of a ``LinearModel`` in the form that HiGHS takes."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model["cost"]), len(model["row_lower"])
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model["cost"], model["lower"], model["upper"]
    lp.row_lower_, lp.row_upper_ = model["row_lower"], model["row_upper"]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = model["start"], model["index"]
    lp.a_matrix_.value_ = model["value"]
    if model["integer"].any():
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in model["integer"]]
    return lp


def _answer(highs: highspy.Highs, *, has_integers: bool) -> dict[str, npt.ArrayLike]:
    solution, info = highs.getSolution(), highs.getInfo()
    found = bool(solution.value_valid) and np.isfinite(info.objective_function_value)
    feasible = found and info.primal_solution_status == highspy.kSolutionStatusFeasible
    status = {
        highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
        highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    }.get(highs.getModelStatus(), Status.FEASIBLE if feasible else Status.NOTHING)
    kept = feasible and status is not Status.INFEASIBLE
    optimal = status is Status.OPTIMAL
    answer: dict[str, npt.ArrayLike] = {
        "status": status.value,
        "values": np.array(solution.col_value if kept else [], dtype=np.float64),
        "objective": info.objective_function_value if kept else np.nan,
        "bound": _bound(info, has_integers=has_integers, optimal=optimal),
    }
    if optimal and not has_integers and solution.dual_valid:
        answer |= {"row_duals": np.array(solution.row_dual), "reduced_costs": np.array(solution.col_dual)}
    return answer


def _bound(info: highspy.HighsInfo, *, has_integers: bool, optimal: bool) -> float:
    # A linear model that was stopped early has proved nothing: its objective is no bound.
    if has_integers:
        return float(info.mip_dual_bound)
    return float(info.objective_function_value) if optimal else float("nan")


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
