"""SIREN and SIRET numbers of whole columns: nobody is meant by them, their keys hold.

They follow those of the invented firm and its suppliers (``maillon.demo.identifiers``): the first 50,000
establishments start with 000, where we know of no registered firm; millions of them inevitably reach numbers
that real firms may bear.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from maillon.demo.register.draws import Ranks

#: First eight digits of the first firm of the register, above those of the invented firm and its suppliers.
FIRST_BODY = 50_000
LARGEST_RANK = 99_999_999 - FIRST_BODY


def luhn_digits(numbers: Ranks) -> Ranks:
    """Return the digit that completes each number to a multiple of ten by Luhn's sum (ISO/IEC 7812-1).

    >>> luhn_digits(np.array([7992739871])).tolist()
    [3]
    """
    total = np.zeros_like(numbers)
    rest, doubles = numbers.copy(), True
    while rest.any():
        digit = rest % 10 * (2 if doubles else 1)
        total += np.where(digit > 9, digit - 9, digit)
        rest, doubles = rest // 10, not doubles
    completed: Ranks = -total % 10
    return completed


def siren_numbers(ranks: Ranks) -> Ranks:
    """Return the SIREN of the firm whose first establishment has each rank, as a number."""
    bodies = ranks + FIRST_BODY
    sirens: Ranks = bodies * 10 + luhn_digits(bodies)
    return sirens


def nic_numbers(sirens: Ranks, places: Ranks) -> Ranks:
    """Return the NIC of a firm's establishment number ``places`` (from 1): that number and Luhn's digit."""
    bodies = sirens * 10_000 + places
    nics: Ranks = places * 10 + luhn_digits(bodies)
    return nics


def write_digits(numbers: Ranks, length: int) -> pl.Series:
    """Return numbers as text of ``length`` digits, with leading zeros.

    >>> write_digits(np.array([410019]), 9).to_list()
    ['000410019']
    """
    return pl.Series(numbers).cast(pl.String).str.zfill(length)
