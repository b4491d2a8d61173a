"""Fitting the weights of the vendor resolution: ``python -m bench.resolve_tune REGISTER STRANGERS``.

Multinomial logit by maximum likelihood (L-BFGS) with a small ridge, on vendors written with the habits
"learn"; the limits of the bins come from other vendors of the same habits.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench.vendors import HABITS, draw_vendors
from maillon.method.search.resolve.features import FEATURES, RARE
from maillon.method.search.resolve.firms import firms_of
from maillon.method.search.resolve.model import choose, standard_model
from maillon.method.search.resolve.resolve import compare_vendors
from maillon.method.search.resolve.vendors import read_vendors
from maillon.reference.register import open_register
from maillon.reference.register.names import open_names

_RIDGE, _PRECISION = 0.01, 0.995


def _case(register, strangers, size, seed):
    """Return features, vendor of each pair, whether right, rarity, whether the truth is at hand or none."""
    vendors = draw_vendors(register, strangers, size, seed, HABITS["learn"])
    read = read_vendors(vendors.drop("truth", "typos"))
    firms, index = firms_of(register), open_names(register.folder)
    compared = compare_vendors(index, firms, read, standard_model())
    truth = np.array([int(t) if t else -1 for t in vendors["truth"]])
    right = firms.siret[compared.pairs.row] == truth[compared.pairs.vendor]
    found = np.zeros(len(read), dtype=bool)
    found[compared.pairs.vendor[right]] = True
    masses = np.array([index.mass_of(vendor.words) for vendor in read])
    sirens = firms.siren[compared.pairs.row] == truth[compared.pairs.vendor] // 100_000
    return (
        compared.features,
        compared.pairs.vendor,
        right,
        np.minimum(masses / RARE, 1),
        found,
        truth,
        sirens,
    )


def fit(case):
    features, vendor, right, rare, found, _, _ = case
    n = len(FEATURES)

    def loss(w):
        points, none = features @ w[:n], w[n] + w[n + 1] * rare
        p = choose(points, vendor, none)
        total = np.bincount(vendor, p, minlength=len(rare))
        p_none = np.maximum(1 - total, 1e-12)
        likelihood = np.log(np.maximum(p[right], 1e-12)).sum() + np.log(p_none[~found]).sum()
        gain = np.zeros(n + 2)
        expected = features * p[:, None]
        gain[:n] = features[right].sum(axis=0) - expected.sum(axis=0)
        gain[n] = (~found).sum() - p_none.sum()
        gain[n + 1] = rare[~found].sum() - (p_none * rare).sum()
        ridge = _RIDGE * len(rare) / 1000
        return -likelihood + ridge * (w**2).sum(), -gain + 2 * ridge * w

    return minimize(loss, np.zeros(n + 2), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def limit(weights, case):
    """Return the least probability from which the firms taken are right often enough."""
    features, vendor, _, rare, _, _, sirens = case
    n = len(FEATURES)
    p = choose(features @ weights[:n], vendor, weights[n] + weights[n + 1] * rare)
    best = np.zeros(len(rare))
    good = np.zeros(len(rare), dtype=bool)
    top = np.lexsort((-p, vendor))
    first = top[np.unique(vendor[top], return_index=True)[1]]
    best[vendor[first]], good[vendor[first]] = p[first], sirens[first]
    order = np.argsort(-best, kind="stable")
    precision = np.cumsum(good[order]) / np.arange(1, len(order) + 1)
    held = np.flatnonzero(precision >= _PRECISION)
    return float(best[order][held[-1]]) if len(held) else 1.0


def main() -> None:
    register, strangers = (open_register(Path(folder)) for folder in sys.argv[1:3])
    weights = fit(_case(register, strangers, 12_000, 11))
    accept = limit(weights, _case(register, strangers, 12_000, 12))
    print('version = "1"\n\n[weights]')
    for name, weight in zip(FEATURES, weights, strict=False):
        print(f"{name} = {weight:.3f}")
    print(f"\n[none]\nbias = {weights[-2]:.3f}\nrare = {weights[-1]:.3f}")
    print(f"\n[bins]\naccept = {accept:.3f}\nreview = 0.05")


if __name__ == "__main__":
    main()
