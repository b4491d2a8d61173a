"""The columns of a line that pages show and change: their words, what they hold, who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from maillon.web.intake.models import PRICE_FIELDS, Line, Version

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Holds(Enum):
    """What a cell holds."""

    TEXT = "text"
    FIGURE = "figure"
    COUNTRY = "country"
    FAMILY = "family"
    EVIDENCE = "evidence"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``stored`` says whether it is a column of the table, else a key of ``more``."""

    name: str
    label: _StrPromise
    holds: Holds = Holds.TEXT
    stored: bool = True
    ledger: bool = True

    @property
    def priced(self) -> bool:
        """Whether only who may see prices sees it."""
        return self.name in PRICE_FIELDS


_ALL = (
    Column("reference", _("Reference")),
    Column("designation", _("Designation")),
    Column("family", _("Family"), Holds.FAMILY),
    Column("cn", _("Customs code"), stored=False),
    Column("mass", _("Mass (kg)"), Holds.FIGURE, stored=False),
    Column("quantity", _("Quantity"), Holds.FIGURE),
    Column("unit_price", _("Unit price"), Holds.FIGURE),
    Column("amount", _("Amount"), Holds.FIGURE),
    Column("annual_quantity", _("Quantity a year"), Holds.FIGURE, ledger=False),
    Column("lead_time", _("Lead time (days)"), Holds.FIGURE, ledger=False),
    Column("supplier", _("Supplier")),
    Column("supplier_id", _("Supplier's number")),
    Column("supplier_site", _("Supplier's site"), stored=False),
    Column("supplier_country", _("Supplier's country"), Holds.COUNTRY),
    Column("manufacturer", _("Maker"), ledger=False),
    Column("making_site", _("Site of making"), stored=False, ledger=False),
    Column("making_country", _("Country of making"), Holds.COUNTRY),
    Column("evidence", _("Evidence"), Holds.EVIDENCE),
    Column("evidence_source", _("Source of the evidence"), stored=False),
    Column("must_keep", _("Must be kept"), Holds.FLAG),
    Column("note", _("Note"), stored=False, ledger=False),
)
#: Places of each side of a line that follow from its country and site; no page changes them alone.
PLACE_FIELDS = ("region", "departement", "lat", "lon")


def columns_of(version: Version, prices: bool) -> dict[str, Column]:
    """Return the columns that one may see and change, by name, in the order of a line's page."""
    ledger = version.kind == Version.Kind.LEDGER
    return {one.name: one for one in _ALL if (prices or not one.priced) and (one.ledger or not ledger)}


def is_stored(name: str) -> bool:
    """Whether a column of the bill of materials is a column of the table, else a key of ``more``."""
    return name in _STORED


_STORED = frozenset(field.name for field in Line._meta.get_fields() if field.concrete) - {"more"}


def value_of(line: Line, name: str) -> object:
    """Return what a line holds in a column; None is unknown."""
    return getattr(line, name) if name in _STORED else line.more.get(name)
