"""What is stored of a bill of materials or ledger is given back as it was, cell by cell."""

import datetime as dt

import polars as pl
import pytest
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillon.core.bom import BOM_SCHEMA, bom_from
from maillon.core.ledger import LEDGER_SCHEMA, ledger_from
from maillon.web.intake.models import Line, Version
from maillon.web.intake.queries.boms import bom_of, ledger_of, rows_of

pytestmark = pytest.mark.django_db

_TEXT = st.none() | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
_BY_KIND = {
    pl.String: _TEXT,
    pl.Float64: st.none() | st.floats(-1e12, 1e12),
    pl.Int64: st.none() | st.integers(0, 30_000),
    pl.Boolean: st.none() | st.booleans(),
    pl.Date: st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
}
#: Codes have the width of their column.
_CODES = {name: st.none() | st.sampled_from(["FR", "CN"]) for name in ("supplier_country", "making_country")}
_CODES |= {"currency": st.sampled_from(["EUR", None]), "evidence": st.sampled_from(["declared", None])}


def records(schema, needed):
    free = {name: _CODES.get(name, _BY_KIND[kind]) for name, kind in schema.items() if name not in needed}
    return st.lists(st.fixed_dictionaries(free), min_size=1, max_size=4)


def stored(territory, kind, frame):
    with scope(organisation=territory.firm.pk):
        Version.objects.filter(number=9).delete()
        version = Version.objects.create(
            organisation=territory.firm, project=territory.project, number=9, name="x", key="x", kind=kind
        )
        Line.objects.bulk_create(rows_of(frame, version))
    return version


@given(records(BOM_SCHEMA, {"line", "item"}))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_bill_of_materials_comes_back_as_it_was(territory, rows):
    frame = bom_from({name: [row[name] for row in rows] for name in rows[0]}).lines
    version = stored(territory, Version.Kind.BOM, frame)
    with scope(organisation=territory.firm.pk):
        assert bom_of(version).lines.equals(frame, null_equal=True)
        assert ledger_of(version) is None


@given(records(LEDGER_SCHEMA, {"line"}))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_ledger_comes_back_as_it_was(territory, rows):
    frame = ledger_from({name: [row[name] for row in rows] for name in rows[0]}).purchases
    version = stored(territory, Version.Kind.LEDGER, frame)
    with scope(organisation=territory.firm.pk):
        assert ledger_of(version).purchases.equals(frame, null_equal=True)
