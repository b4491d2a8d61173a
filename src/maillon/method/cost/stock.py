"""What stock costs: on the way, half a lot on the shelf, and against surprises. Arrays broadcast."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def pipeline_cost(rate: Array, landed: Array, daily: Array, days: Array) -> Array:
    """Return h·c·d·L in €/year: carrying ``rate`` (1/year) on the landed cost (€) of what is on order.

    ``daily`` is d in units/day, ``days`` is L. Source: Silver, Pyke & Thomas, *Inventory and Production
    Management in Supply Chains*, pipeline stock by Little's law.

    >>> float(pipeline_cost(np.array(0.2), np.array(10.0), np.array(2.0), np.array(40.0)))
    160.0
    """
    return rate * landed * daily * days


def cycle_cost(rate: Array, landed: Array, lot: Array) -> Array:
    """Return h·c·Q/2 in €/year for lots of ``lot`` units.

    >>> float(cycle_cost(np.array(0.2), np.array(10.0), np.array(500.0)))
    500.0
    """
    return rate * landed * lot * 0.5


def safety_stock(z: Array, daily: Array, deviation: Array, days: Array, days_deviation: Array) -> Array:
    """Return z·√(L·σ_d² + d²·σ_L²) in units; ``deviation`` is σ_d a day, ``days_deviation`` is σ_L.

    Normal demand during the lead time (Silver, Pyke & Thomas); below a service of about one half it misleads
    (Chopra, Reinhardt & Dada 2004): see ``reorder_point`` for the exact distribution.

    >>> float(safety_stock(*(np.array(x) for x in (2.0, 3.0, 4.0, 9.0, 3.0))))
    30.0
    """
    return z * np.sqrt(days * deviation**2 + (daily * days_deviation) ** 2)
