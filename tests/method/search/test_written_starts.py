"""The columns that only save time: no figure and no reference may begin otherwise than its row says."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillon.method.search.designation.measure_patterns import figure_rows, start_words
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

ASCII, LETTERS = st.characters(codec="ascii"), st.characters(codec="utf-8")
FIGURES = [(kind, starts, pattern) for kind, starts, pattern in figure_rows()]
REFERENCES = list(read_rows(sheet_path("maillon.reference.classifications.lexicon", "references.csv")))
often = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def without_context(pattern: str) -> str:
    """Return a pattern without what it asks of the text around it, so that examples can be made."""
    return re.sub(r"\(\?<?[!=](?:[^()\[\]\\]|\\.|\[[^]]*\]|\([^()]*\))*\)", "", pattern)


@pytest.mark.parametrize(("kind", "starts", "pattern"), FIGURES, ids=[kind for kind, *_ in FIGURES])
@often
@given(data=st.data())
def test_a_figure_begins_as_its_row_says(kind, starts, pattern, data):
    examples = st.from_regex(without_context(pattern), fullmatch=True, alphabet=LETTERS)
    text = data.draw(examples.filter(re.compile(pattern).match))
    found = re.match(r"[a-z]+|\d|[ø#]", text)
    known = {word for start in starts for word in start_words(start)}
    assert found
    assert ("0" if found.group().isdigit() else found.group()) in known


@pytest.mark.parametrize("row", REFERENCES, ids=[row["pattern"][:30] for row in REFERENCES])
@often
@given(data=st.data())
def test_a_reference_begins_as_its_row_says(row, data):
    text = data.draw(st.from_regex(row["pattern"], fullmatch=True, alphabet=ASCII))
    assert text[0] in row["starts"]
