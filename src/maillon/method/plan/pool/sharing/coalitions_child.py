"""The child process of the cost shares: what coalitions would pay, and the shares none of them can refuse.

One model, many questions: a coalition is a bound on the columns "member". Shares in the core by constraint
generation: the master program proposes shares, the model over all coalitions at once finds the one that gains
most by leaving, its row is added, until none gains. This is exact though coalitions are never listed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from maillon.method.plan.pool.sharing.core_program import CoreProgram, Flags, Floats, quiet_solver
from maillon.solve.highs_child import lp_of
from maillon.solve.wire import Arrays, read_arrays, write_frame

#: Seconds between two reports of what is known so far.
_PULSE = 1.0


class Coalitions:
    """The model of the pool, asked again and again for other coalitions."""

    def __init__(self, model: Arrays) -> None:
        self._highs = quiet_solver()
        self._highs.passModel(lp_of(model))
        self._member = model["member"].astype(np.int32)
        self._open = model["open"].astype(np.int32)
        #: Coalitions met in the last search, by their members, with what they would save.
        self._met: dict[bytes, tuple[Flags, float]] = {}
        self._highs.cbMipSolution.subscribe(
            lambda event: self._keep(
                np.array(event.data_out.mip_solution), event.data_out.objective_function_value
            )
        )

    def cost(self, members: Flags, opened: Floats | None = None) -> float:
        """Return what these firms would pay together (€), with lines free or ``opened`` (m) already.

        Infinite if they cannot keep these lines at their smallest volume.
        """
        joined = members.astype(np.float64)
        self._bound(self._member, joined, joined)
        least = np.zeros(len(self._open)) if opened is None else opened
        self._bound(self._open, least, np.ones(len(self._open)) if opened is None else opened)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return np.inf
        solved = status == highspy.HighsModelStatus.kOptimal
        return float(self._highs.getInfo().objective_function_value) if solved else np.nan

    def most_tempted(self, shares: Floats) -> tuple[list[tuple[Flags, float]], bool]:
        """Return coalitions and what each would save by leaving (€), the best last, and if it is proved."""
        self._bound(self._member, np.zeros(len(shares)), np.ones(len(shares)))
        self._bound(self._open, np.zeros(len(self._open)), np.ones(len(self._open)))
        self._highs.changeColsCost(len(shares), self._member, -shares)
        self._met.clear()
        self._highs.run()
        proved = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        self._keep(
            np.array(self._highs.getSolution().col_value), self._highs.getInfo().objective_function_value
        )
        self._highs.changeColsCost(len(shares), self._member, np.zeros(len(shares)))
        return sorted(self._met.values(), key=lambda each: each[1]), proved

    def _keep(self, values: Floats, objective: float) -> None:
        members = values[self._member] > 0.5
        key, gain = members.tobytes(), -float(objective)
        if key not in self._met or gain > self._met[key][1]:
            self._met[key] = (members, gain)

    def _bound(self, columns: npt.NDArray[np.int32], lower: Floats, upper: Floats) -> None:
        self._highs.changeColsBounds(len(columns), columns, lower, upper)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Shares (n, €), what the coalition that is best off leaving would gain (€), whether that is proved."""

    shares: Floats
    excess: float
    proved: bool


def settle(coalitions: Coalitions, program: CoreProgram, ends: float) -> Found:
    """Return the fairest shares of the core, or of the least core if it is empty; stops at ``ends``."""
    rounding = 1e-7 * max(abs(program.total), 1.0)
    most_excess: float | None = None
    found = Found(program.alone * (program.total / max(float(program.alone.sum()), 1e-300)), np.nan, False)
    while time.perf_counter() < ends:
        shares, excess = program.propose(most_excess)
        tempted, exact = coalitions.most_tempted(shares)
        gain = tempted[-1][1]
        found = Found(shares, max(gain, 0.0), False)
        if gain > excess + 2 * rounding:
            program.rows += [
                (members, float(shares[members].sum()) - each)
                for members, each in tempted
                if each > excess + rounding
            ]
        elif most_excess is None:
            most_excess = excess + 3 * rounding
        else:
            return Found(shares, max(gain, 0.0), exact)
    return found


def main() -> None:
    """Read the questions of the parent, answer them."""
    write_frame(answer_questions(read_arrays()), final=True)


def answer_questions(given: Arrays) -> dict[str, npt.ArrayLike]:
    """Return fair shares if asked, then the cost of each coalition listed."""
    ends = time.perf_counter() + float(given["time_limit"])
    coalitions = Coalitions(given)
    answer: dict[str, npt.ArrayLike] = {}
    if "alone" in given:
        program = CoreProgram(given["alone"], float(given["total"]))
        found = settle(coalitions, program, ends)
        answer = {"shares": found.shares, "excess": found.excess, "proved": found.proved}
        answer |= {"considered": len(program.rows)}
    return answer | {"costs": _costs(coalitions, given, ends)}


def _costs(coalitions: Coalitions, given: Arrays, ends: float) -> Floats:
    """Cost of each coalition of ``asked``; a row of ``opened`` without NaN says which lines are open."""
    asked, opened = given["asked"].astype(bool), given["opened"]
    costs, told = np.full(len(asked), np.nan), time.perf_counter()
    for place, members in enumerate(asked):
        now = time.perf_counter()
        if now > ends:
            break
        costs[place] = coalitions.cost(members, None if np.isnan(opened[place]).any() else opened[place])
        if now - told > _PULSE:
            told = now
            write_frame({"costs": costs})
    return costs


if __name__ == "__main__":
    main()
