"""Lines exported as CSV and imported again: texts that a spreadsheet would run come back as they were."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from maillon.intake.formats.delimited import read_delimited
from maillon.intake.sandbox.rows import rows_of
from maillon.intake.sandbox.wire import decode
from maillon.web.intake.models import Line
from maillon.web.intake.queries.lines_columns import Column
from maillon.web.intake.queries.lines_export import csv_of

COLUMNS = [Column("reference", "Reference"), Column("designation", "Designation")]
#: Signs that spreadsheets run, the guard itself, and what separates cells.
TEXTS = st.text(st.sampled_from("'=+-@;\" a1é"), min_size=1, max_size=8)


def exported(pairs):
    rows = [Line(line=n, reference=a, designation=b) for n, (a, b) in enumerate(pairs, 1)]
    return "".join(csv_of(rows, COLUMNS))


def written(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_no_exported_text_is_a_formula(pairs):
    for row in written(exported(pairs)):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=2, max_size=6))
def test_texts_are_read_back_as_they_were(pairs):
    frames = list(read_delimited(exported(pairs).encode()))
    read = [row for frame in frames if isinstance(frame, bytes) for row in rows_of(decode(frame)["grid"])]
    assert [tuple(row[1:]) for row in read[1:]] == pairs
    assert exported(tuple(row[1:]) for row in read[1:]) == exported(pairs)
