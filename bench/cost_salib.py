"""Sobol's indices of a total cost by SALib: sampling, the same model on whole arrays, analysis."""

from __future__ import annotations

import numpy as np
from SALib.analyze import sobol
from SALib.sample import sobol as sampling

from bench.cost import ROWS, leaders, model_of_inputs, print_found, timed
from maillon.method.cost.arithmetic import cost_arrays


def indices_by_peer() -> dict[str, float | str]:
    """Measure the peer on the model that ours is measured on."""
    offer, names = model_of_inputs()
    bounds = [[e.low, e.high, (e.mid - e.low) / (e.high - e.low)] for e in map(offer.__getitem__, names)]
    problem = {"num_vars": len(names), "names": names, "bounds": bounds, "dists": ["triang"] * len(names)}

    def work() -> str:
        sample = sampling.sample(problem, ROWS, calc_second_order=False, seed=1)
        columns = {name: np.array(e.mid) for name, e in offer.items()}
        columns |= dict(zip(names, sample.T.copy(), strict=True))
        totals = np.asarray(sum(cost_arrays(columns).values()))
        found = sobol.analyze(problem, totals, calc_second_order=False, seed=1)
        return leaders(dict(zip(names, found["ST"], strict=True)))

    return timed(work)


if __name__ == "__main__":
    print_found(indices_by_peer())
