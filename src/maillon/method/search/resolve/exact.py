"""Vendors that give their number: SIRET, SIREN or French VAT number."""

from __future__ import annotations

import numpy as np

from maillon.core.reason import Reason
from maillon.method.search.resolve.firms import Firms, Ints
from maillon.method.search.resolve.result import Decision, VendorCandidate, VendorMatch
from maillon.method.search.resolve.vendors import Vendor
from maillon.reference.register import Register


def match_number(register: Register, firms: Firms, vendor: Vendor) -> VendorMatch | None:
    """Return the match that a vendor's own number gives; None where it gives none.

    A SIRET that the register does not hold is followed to its successor, then to its firm. A number without
    a firm in the register ends the search: another firm of that name is another firm.
    """
    if vendor.siret is None and vendor.siren is None:
        return None
    if vendor.siret is not None:
        known = firms.rows_of_siret(vendor.siret)
        if not len(known) or not firms.active[known[0]]:
            current = register.current_siret(vendor.siret)
            if current != vendor.siret and len(moved := firms.rows_of_siret(current)):
                return _accepted(vendor, firms, int(moved[0]), "vendor-successor", vendor.siret)
        if len(known):
            return _accepted(vendor, firms, int(known[0]), "vendor-siret", vendor.siret)
    siren = vendor.siren or str(vendor.siret)[:9]
    rows = firms.rows_of_siren(siren)
    if not len(rows):
        reason = Reason("vendor-number-unknown", 0.0, {"siren": siren})
        return VendorMatch(vendor.name, Decision.NONE, None, 0.0, (), (reason,), vendor.spend)
    return _accepted(vendor, firms, _site(vendor, firms, rows), "vendor-siren", siren)


def _site(vendor: Vendor, firms: Firms, rows: Ints) -> int:
    """Return the establishment of a firm at the vendor's place, else its head office, else the first."""
    town = firms.towns.get(vendor.town, -2)
    code = int(vendor.postcode) if vendor.postcode else -2
    here = (firms.postcode[rows] == code) * 2 + (firms.town[rows] == town)
    order = np.lexsort((rows, ~firms.head_office[rows], ~firms.active[rows], -here))
    return int(rows[order[0]])


def _accepted(vendor: Vendor, firms: Firms, row: int, code: str, number: str) -> VendorMatch:
    reason = Reason(code, 0.0, {"number": number})
    found = candidate_of(firms, row, 1.0, (reason,))
    return VendorMatch(vendor.name, Decision.ACCEPT, found.siret, 1.0, (found,), (reason,), vendor.spend)


def candidate_of(firms: Firms, row: int, p: float, reasons: tuple[Reason, ...] = ()) -> VendorCandidate:
    """Return a row of the register as a candidate."""
    return VendorCandidate(
        siret=f"{int(firms.siret[row]):014d}",
        name=firms.names[row],
        commune_name=firms.communes[row],
        p=p,
        reasons=reasons,
    )
