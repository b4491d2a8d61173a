"""Fitting the weights of the vendor resolution: ``python -m bench.resolve_tune REGISTER STRANGERS …``.

Multinomial logit by maximum likelihood (L-BFGS) with a small ridge, on vendors written with the habits
"learn", against registers of several sizes together; the limit of what is taken comes from other vendors of
the same habits, and is the highest that a register asks for.
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
from maillon.method.search.resolve.nearby import PlaceNames
from maillon.method.search.resolve.resolve import compare_vendors
from maillon.method.search.resolve.vendors import read_vendors
from maillon.reference.register import open_register
from maillon.reference.register.names import open_names

_RIDGE, _PRECISION, _VENDORS = 0.01, 0.993, 12_000


def _case(register, strangers, size, seed):
    """Return features, vendor of each pair, whether right, rarity, whether the truth is at hand or none."""
    vendors = draw_vendors(register, strangers, size, seed, HABITS["learn"])
    read = read_vendors(vendors.drop("truth", "typos"))
    firms, index = firms_of(register), open_names(register.folder)
    compared = compare_vendors(PlaceNames(index, firms), read, standard_model())
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


def pooled(cases):
    """Return several cases as one: the vendors of the second come after those of the first."""
    shifts = np.concatenate([[0], np.cumsum([len(case[3]) for case in cases])])
    moved = [(case[0], case[1] + shift, *case[2:]) for case, shift in zip(cases, shifts[:-1], strict=True)]
    return tuple(np.concatenate(part) for part in zip(*moved, strict=True))


def main() -> None:
    folders = [open_register(Path(folder)) for folder in sys.argv[1:]]
    places = list(zip(folders[::2], folders[1::2], strict=True))
    weights = fit(pooled([_case(*place, _VENDORS, 11) for place in places]))
    accept = max(limit(weights, _case(*place, _VENDORS, 12)) for place in places)
    print('version = "1"\n\n[weights]')
    for name, weight in zip(FEATURES, weights, strict=False):
        print(f"{name} = {weight:.3f}")
    print(f"\n[none]\nbias = {weights[-2]:.3f}\nrare = {weights[-1]:.3f}")
    print(f"\n[bins]\naccept = {accept:.3f}\nreview = 0.05")


if __name__ == "__main__":
    main()
