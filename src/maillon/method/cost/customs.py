"""What the border costs: customs value, duties, carbon. Value-added tax is recovered: no cost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def border_value(before_insurance: Array, insurance_rate: Array, buyer_insures: Array) -> Array:
    """Return the customs value: cost, insurance and freight at the EU border (UCC, articles 70 and 71).

    Where the buyer insures a share of the CIF value itself, CIF = (cost + freight) / (1 - rate); under CIF,
    CIP and the D rules the premium is in the price already. A value is never negative: where an assumed
    freight beyond the border exceeds a small price, nothing is left to tax.

    >>> float(border_value(np.array(995.0), np.array(0.005), np.array(1.0)))
    1000.0
    >>> float(border_value(np.array(-2.0), np.array(0.005), np.array(1.0)))
    0.0
    """
    return np.maximum(before_insurance, 0.0) / (1.0 - insurance_rate * buyer_insures)


def anti_dumping_duty(value: Array, rate: Array, per_unit: Array) -> Array:
    """Return the anti-dumping duty in €/unit: ad valorem on the customs value plus an amount per unit.

    >>> float(anti_dumping_duty(np.array(100.0), np.array(0.48), np.array(1.5)))
    49.5
    """
    return value * rate + per_unit


def cbam_rate(
    emissions: Array, benchmark: Array, phase_in: Array, certificate: Array, paid_abroad: Array
) -> Array:
    """Return what CBAM costs in €/kg of goods, never below zero.

    [emissions - benchmark·(1 - phase_in)] × certificate price - carbon price paid abroad, with ``emissions``
    (direct, plus indirect where due) and free-allocation ``benchmark`` in t/t, ``certificate`` in €/tCO2e,
    ``paid_abroad`` in €/t of goods. Source: Regulation (EU) 2023/956, articles 9, 21 and 31: free allocation
    fades as ``phase_in`` goes from 0.025 in 2026 to 1 in 2034.

    >>> x = [np.array(v) for v in (2.0, 1.6, 0.5, 80.0, 16.0)]  # (2 - 0.8) t × 80 €/t - 16 €/t = 80 €/t
    >>> float(cbam_rate(*x))
    0.08
    """
    due = np.maximum(0.0, emissions - benchmark * (1.0 - phase_in)) * certificate
    return np.maximum(0.0, due - paid_abroad) / 1000.0
