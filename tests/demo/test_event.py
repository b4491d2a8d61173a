"""The invented event: read back without a doubt, labelled, the same for a seed."""

import pytest

from maillon.core.errors import InvalidRequest
from maillon.demo.event import invent_companies, write_event
from maillon.intake.event import read_event


def test_the_example_is_the_invented_event(tmp_path, request):
    path = write_event(tmp_path / "rencontre.xlsx")
    shipped = request.config.rootpath / "examples" / "rencontre.xlsx"
    assert path.read_bytes() == shipped.read_bytes()
    reading = read_event([shipped])
    assert reading.doubts == ()
    event = reading.event
    assert event.invented
    assert (len(event.firms), len(event.slots), len(event.groups), len(event.musts)) == (150, 20, 1, 1)
    assert len(event.tables) == 36
    assert len(event.booths) == 7


def test_names_are_never_shared_and_seeds_differ():
    one, other = invent_companies(300, 1), invent_companies(300, 2)
    assert len({company.name for company in one}) == 300
    assert [c.name for c in one] != [c.name for c in other]


def test_a_tiny_event_is_answered(tmp_path):
    with pytest.raises(InvalidRequest, match="at least six firms"):
        write_event(tmp_path / "x.xlsx", firms=2)
