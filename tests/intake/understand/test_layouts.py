"""Whatever the layout, what was laid out is read back exactly and every row is accounted for."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.layouts import LaidOut, laid_out
from factories.spreadsheets import read_rows, read_sheets_of, sheet

_QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_QUIET
@given(laid_out())
def test_what_was_laid_out_is_read_back(made: LaidOut) -> None:
    reading = read_rows(made.rows)
    table = reading.tables[0]
    assert table.header_row == made.header_row
    lines = [
        {role: line.get(role) for role in part} for line, part in zip(table.lines, made.parts, strict=True)
    ]
    assert lines == made.parts
    assert (table.rows.parts, table.rows.sections, table.rows.totals) == (
        len(made.parts),
        made.sections,
        made.totals,
    )
    assert table.rows.quarantined == 0
    assert table.rows.read == len(made.rows)


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-5, 10**6),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.sampled_from(
        ["Total", "Désignation", "Qté", "Prix", "Réf", "1.2", "0,3 m", "12 €", "A-1", "-", "x", "NaN"]
    ),
)


@_QUIET
@given(
    st.lists(st.lists(_CELLS, max_size=6), max_size=12), st.lists(st.lists(_CELLS, max_size=4), max_size=6)
)
def test_any_cells_whatever_are_accounted_for(first: list, second: list) -> None:
    reading = read_sheets_of(sheet(first, "A"), sheet([["Réf", "Désignation", "Qté"], *second], "B"))
    assert {t.sheet for t in reading.tables} == {"A", "B"}
    for table in reading.tables:
        assert table.rows.balanced
        assert len(table.lines) in (table.rows.parts, 0)
    lines = sum(t.rows.parts for t in reading.tables)
    assert (len(reading.bom) if reading.bom else 0) + (len(reading.ledger) if reading.ledger else 0) == lines
