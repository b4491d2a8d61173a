"""The true cost under uncertainty: correlated draws of a whole bill of materials, and which factors decide.

Each measure runs in a fresh process, so that its peak memory is its own. The plain reference draws every
factor of every part with numpy alone, without correlation and without sharing anything; the peer of the
indices is SALib on the same model, laws and number of runs.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from maillon.core.estimate import Estimate
from maillon.core.quotation import PriceBreak, Quotation
from maillon.method.cost.arithmetic import cost_arrays
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.factors import resolve_factors
from maillon.method.cost.need import Demand
from maillon.method.cost.uncertainty import compare_draws, draw_costs
from maillon.method.cost.uncertainty.shares import deciding_factors

PEERS = ("SALib", "numpy")
PARTS, DRAWS, ROWS, INPUTS = 2_200, 10_000, 8_192, 30
PLAIN_PARTS = 220
ORIGINS = (("CN", "sea", "USD"), ("IN", "sea", "USD"), ("DE", "road", "EUR"))
ROOT = Path(__file__).parents[1]


def table() -> tuple[str, list[str], list[list[str]]]:
    """Measure each task in a process of its own."""
    header = ["Task", "Seconds", "CPU seconds", "Peak MB", "Load", "Result"]
    rows = [_row(title, _measure("bench.cost", name)) for name, (title, _) in TASKS.items()]
    rows.append(_row("the same by SALib", _measure("bench.cost_salib")))
    return "Total cost: 10,000 correlated draws, Sobol's indices", header, rows


def _row(title: str, found: Mapping[str, float | str]) -> list[str]:
    times = [f"{found[key]:.3f}" for key in ("seconds", "cpu")]
    return [title, *times, f"{found['peak']:.0f}", f"{found['load']:.1f}", str(found["result"])]


def _measure(*words: str) -> dict[str, float | str]:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, float | str] = json.loads(done.stdout)
    return found


def _offers(number: int) -> list[Mapping[str, Estimate]]:
    """Return the factors of invented parts as a buyer has them: a price, a quantity, the rest assumed."""

    rng = np.random.default_rng(1)
    dollar = Estimate(0.85, 0.92, 1.0, "EUR/USD", "invented", CostAssumptions().today)
    assumptions = CostAssumptions(rates={"USD": dollar})
    found = []
    for rank in range(number):
        country, mode, currency = (("CN", "sea", "USD"), ("IN", "sea", "USD"), ("DE", "road", "EUR"))[
            rank % 3
        ]
        price, yearly = float(np.exp(rng.normal(2.5, 1.0))), float(rng.integers(50, 5_000))
        quotation = Quotation("invented", str(rank), (PriceBreak(1, price),), currency, country, mode)
        found.append(resolve_factors(quotation, Demand(yearly), assumptions, lot=yearly / 4))
    return found


def timed(work: Callable[[], str]) -> dict[str, float | str]:
    """Return what a task says and the seconds it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "result": result}


def draw_all() -> dict[str, float | str]:
    """Draw every part, correlated."""

    offers = _offers(PARTS)
    return timed(lambda: repr(draw_costs(offers, draws=DRAWS)))


def draw_plain() -> dict[str, float | str]:
    """Draw some parts with numpy alone: one call a factor, nothing shared, no correlation."""

    offers = _offers(PLAIN_PARTS)
    rng = np.random.default_rng(0)

    def work() -> str:
        spend = np.zeros(DRAWS)
        for offer in offers:
            columns = {
                name: rng.triangular(e.low, e.mid, e.high, DRAWS) if e.low < e.high else np.full(DRAWS, e.mid)
                for name, e in offer.items()
            }
            spend += sum(cost_arrays(columns).values()) * columns["annual_quantity"]
        low, mid, high = np.quantile(spend, (0.05, 0.5, 0.95))
        return f"{low:.4g} … {mid:.4g} … {high:.4g} EUR/year: too narrow, as shocks cancel"

    return timed(work)


def reprice_one() -> dict[str, float | str]:
    """Draw one part against its local source, again and again as a buyer who types prices."""

    there, here = _offers(3)[0], _offers(3)[2]
    compare_draws([there], [here])  # tables of the laws, once a session
    seeds = iter(range(21))
    runs = [timed(lambda: repr(compare_draws([there], [here], seed=next(seeds)))) for _ in range(21)]
    found = runs[-1]
    for key in ("seconds", "cpu"):
        found[key] = median(float(run[key]) for run in runs)
    return found


def model_of_inputs() -> tuple[Mapping[str, Estimate], list[str]]:
    offer = _offers(1)[0]
    names = [name for name, e in offer.items() if e.low < e.high and name != "pipeline_days"][:INPUTS]
    return offer, names


def indices_ours() -> dict[str, float | str]:
    """Sobol's indices by ours."""

    offer, names = model_of_inputs()
    narrowed = {n: e if n in names else replace(e, low=e.mid, high=e.mid) for n, e in offer.items()}
    return timed(lambda: leaders({s.name: s.total for s in deciding_factors(narrowed, rows=ROWS)}))


def leaders(totals: Mapping[str, float]) -> str:
    first = sorted(totals.items(), key=lambda pair: -pair[1])[:3]
    return f"{len(totals)} inputs; " + ", ".join(f"{name} {share:.3f}" for name, share in first)


TASKS: Mapping[str, tuple[str, Callable[[], dict[str, float | str]]]] = {
    "draws": (f"{PARTS:,} parts x {DRAWS:,} correlated draws", draw_all),
    "plain": (f"plain numpy, {PLAIN_PARTS} parts x {DRAWS:,} independent draws", draw_plain),
    "one": ("one part re-priced, both offers (median of 21)", reprice_one),
    "indices": (f"Sobol's indices, {INPUTS} inputs, {ROWS * (INPUTS + 2):,} runs", indices_ours),
}


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_found(found: dict[str, float | str]) -> None:
    """Print one measure with the peak memory of this process and the load of the machine."""
    print(json.dumps(found | {"peak": _peak_megabytes(), "load": os.getloadavg()[0]}))


if __name__ == "__main__":
    print_found(TASKS[sys.argv[1]][1]())
