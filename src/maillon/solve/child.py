"""The child process: a model on standard input, HiGHS, the answer on standard output."""

from __future__ import annotations

import io
import sys

import highspy
import numpy as np

from maillon.solve.model import Status


def main() -> None:
    """Read one model, solve it, write the answer."""
    with np.load(io.BytesIO(sys.stdin.buffer.read())) as packed:
        model = {name: packed[name] for name in packed.files}
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the package ships no signatures
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", float(model["time_limit"]))
    highs.setOptionValue("mip_rel_gap", 0.0)
    if highs.passModel(_lp(model)) == highspy.HighsStatus.kError:
        sys.exit("the model is malformed")
    highs.run()
    answer = io.BytesIO()
    arrays = _answer(highs, bool(model["integer"].any()))
    np.savez(answer, allow_pickle=False, **arrays)
    sys.stdout.buffer.write(answer.getvalue())


def _lp(model: dict[str, np.ndarray]) -> highspy.HighsLp:
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


def _answer(highs: highspy.Highs, has_integers: bool) -> dict[str, np.ndarray]:
    solution, info = highs.getSolution(), highs.getInfo()
    found = bool(solution.value_valid) and np.isfinite(info.objective_function_value)
    status = {
        highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
        highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    }.get(highs.getModelStatus(), Status.FEASIBLE if found else Status.NOTHING)
    kept = found and status is not Status.INFEASIBLE
    return {
        "status": np.array(status.value),
        "values": np.array(solution.col_value if kept else [], dtype=np.float64),
        "objective": np.array(info.objective_function_value if kept else np.nan),
        "bound": np.array(info.mip_dual_bound if has_integers else info.objective_function_value),
    }


if __name__ == "__main__":
    main()
