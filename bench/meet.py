"""The exact timetable on the published events, beside the published times and two peers on the same model.

Instances, optima (fairness 2) and seconds: M. Bofill, J. Coll, M. Garcia, J. Giráldez-Cru, G. Pesant, J. Suy,
M. Villaret, JAIR 74 (2022), tables 4 to 11; their best solver, UWrMaxSAT 1.0, on a Xeon E3-1220v2 at 3.1 GHz,
7,200 s. "-" means that no timetable exists. ``meet_published.csv`` holds these figures; the instances are
read from ``MEET_FILES`` (folders ``origin`` and ``forbidden`` of ``.dzn`` files). ``MEET_ONLY`` keeps the
instances whose name holds it, ``MEET_SECONDS`` is the limit of each engine (60), ``MEET_FAIRNESS`` how far
the breaks of two people may lie apart (2, as published), ``MEET_PEERS=0`` leaves the peers out (they run on
the originals alone). Maillon keeps two cores busy: on two free cores it takes about
half of its processor seconds. Every timetable found is checked by the independent verifier.
"""

from __future__ import annotations

import csv
import multiprocessing
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from maillon.method.meet.timetable import TimetableProblem, read_dzn, schedule_meetings
from maillon.method.meet.timetable.encoding import Encoding, encode
from maillon.method.meet.verify import verify_timetable
from maillon.solve import Status
from maillon.solve.race import CP_SAT, minimise_cost

PEERS = ("ortools", "pysat")
FOLDER = Path(__file__).parent
FILES = Path(os.environ.get("MEET_FILES", FOLDER.parents[1] / "shared" / "data" / "b2b"))
ONLY = os.environ.get("MEET_ONLY", "")
SECONDS = float(os.environ.get("MEET_SECONDS", "60"))
WITH_PEERS = os.environ.get("MEET_PEERS", "1") != "0"
FAIRNESS, PUBLISHED_FAIRNESS = int(os.environ.get("MEET_FAIRNESS", "2")), 2
HEADER = [
    "instance",
    "published",
    "maillon",
    "s",
    "cpu s",
    "published s",
    "RC2, s",
    "CP-SAT, s",
    "sound",
    "load",
]


def table() -> tuple[str, list[str], list[list[str]]]:
    """Return a row an instance, then how many equal the published result."""
    paths = sorted(path for path in FILES.glob("*/*.dzn") if ONLY in path.name)
    if not paths:
        raise FileNotFoundError(f"no .dzn file in {FILES}: set MEET_FILES")
    published = _published()
    rows = [_row(path, published) for path in paths]
    rows.append([_counted(rows), *[""] * (len(HEADER) - 1)])
    return f"Business meetings, proven within {SECONDS:g} s; fairness {FAIRNESS}", HEADER, rows


def _counted(rows: list[list[str]]) -> str:
    """Count the rows equal to what was published; proofs where nothing was, for another fairness."""
    if FAIRNESS == PUBLISHED_FAIRNESS:
        return f"equal: {sum(row[1] == row[2] for row in rows)} of {len(rows)}"
    return f"proven: {sum(' to ' not in row[2] for row in rows)} of {len(rows)}"


def _published() -> dict[tuple[str, str], tuple[str, str]]:
    with (FOLDER / "meet_published.csv").open(encoding="utf-8") as lines:
        return dict(_results(csv.DictReader(lines)))


def _results(rows: csv.DictReader[str]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for row in rows:
        name, seconds = row.pop("instance"), row.pop("seconds")
        for variant, optimum in row.items():
            kind = "original" if variant == "optimum" else variant
            yield (name, kind), (optimum, seconds if kind == "original" else "")


def _row(path: Path, published: dict[tuple[str, str], tuple[str, str]]) -> list[str]:
    name, kind = path.stem.split(".", 1)
    known = published[name, kind.removesuffix("-Forb")]
    expected, expected_seconds = known if FAIRNESS == PUBLISHED_FAIRNESS else ("", "")
    problem = read_dzn(path)
    began, used = time.perf_counter(), _processor()
    found = schedule_meetings(problem, time_limit=SECONDS, fairness=FAIRNESS, explain=False)
    seconds = [f"{time.perf_counter() - began:.1f}", f"{_processor() - used:.1f}"]
    sound = "yes" if found.slots and not verify_timetable(problem, found.slots, found.locations) else ""
    peers = _peers(path, problem) if WITH_PEERS and kind == "original" else ["", ""]
    said = _said(found.status, found.breaks, found.bound)
    return [path.stem, expected, said, *seconds, expected_seconds, *peers, sound, f"{os.getloadavg()[0]:.1f}"]


def _processor() -> float:
    """Return the processor seconds of all children so far: what a busy machine does not stretch."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _said(status: Status, breaks: int | None, bound: int | None) -> str:
    if status is Status.OPTIMAL:
        return str(breaks)
    return "-" if status is Status.INFEASIBLE else f"{bound} to {'?' if breaks is None else breaks}"


def _peers(path: Path, problem: TimetableProblem) -> list[str]:
    return [_by_rc2(path), _by_cp_sat(encode(problem, fairness=FAIRNESS))]


def _by_cp_sat(encoding: Encoding) -> str:
    found = minimise_cost(encoding.model(), (CP_SAT,), time_limit=SECONDS)
    if found.status in {Status.OPTIMAL, Status.INFEASIBLE}:
        return f"{found.seconds:.1f}"
    return f"{found.bound:.0f} to {found.objective:.0f}"


def _by_rc2(path: Path) -> str:
    context = multiprocessing.get_context("spawn")
    began = time.perf_counter()
    peer = context.Process(target=_run_rc2, args=(path,))
    peer.start()
    peer.join(SECONDS)
    if peer.exitcode is not None:
        return f"{time.perf_counter() - began:.1f}" if peer.exitcode == 0 else "failed"
    peer.kill()
    peer.join()
    return f"over {SECONDS:g}"


def _run_rc2(path: Path) -> None:
    """Solve one instance by RC2, with the options that the documentation of PySAT recommends."""
    from pysat.examples.rc2 import RC2  # noqa: PLC0415 - in the child alone
    from pysat.formula import WCNF  # noqa: PLC0415 - in the child alone

    from maillon.solve.sat_formula import write_clauses  # noqa: PLC0415 - in the child alone

    model = encode(read_dzn(path), fairness=FAIRNESS).model()
    clauses, _ = write_clauses({name: getattr(model, name) for name in model.__slots__})
    formula = WCNF()
    formula.extend(clauses)
    formula.extend([[-literal] for literal in model.cost_literals.tolist()], [1] * len(model.cost_literals))
    with RC2(formula, solver="cadical195", adapt=True, exhaust=True, minz=True, trim=5) as engine:
        engine.compute()
