"""Who should meet: weights, limits, the worst-served firm, reasons; brute force beside the exact choice."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.events import event, letters
from maillon.core.errors import InvalidRequest
from maillon.core.event import Origin, Wish
from maillon.method.meet.choice import choose_meetings, list_limits, worst_shares
from maillon.method.meet.propose import lost_weight, propose_meetings
from maillon.method.meet.wishes import list_candidates
from maillon.solve import Status


def codes(one):
    return [reason.code for reason in one.reasons]


def test_a_shared_wish_is_worth_more_than_two_apart():
    found = list_candidates(event("A>B B>A C>D"))
    assert [c.weight for c in found] == [3000, 1000]
    ranked = list_candidates(event("A>B A>C C>A C>B"))
    assert {c.pair: c.weight for c in ranked} == {(0, 1): 1000, (0, 2): 500 + 1000 + 500, (1, 2): 500}


def test_a_proposal_is_worth_half_its_score_and_is_no_wish_of_the_firm():
    found = list_candidates(event("A>B", more=(Wish(1, 0, 1, Origin.PROPOSED, score=0.8),)))
    assert (found[0].weight, found[0].own) == (1000 + 400 + 400, {0: 1000})


def test_caps_keep_the_heavier_meetings_and_say_why():
    asked = event("A>B A>C A>D B>A", most={"A": 2})
    found = propose_meetings(asked)
    assert found.status is Status.OPTIMAL
    assert letters(asked, [m.pair for m in found.meetings]) == {"AB", "AC"}
    assert found.weight == pytest.approx(3.667)
    (refused,) = found.refusals
    assert codes(refused) == ["firm-full"]
    assert refused.reasons[0].params == {"who": 0, "room": 2, "other": ""}
    assert codes(found.meetings[0])[:1] == ["both-asked"]


def test_slots_spare_ones_and_absence_bound_a_day():
    asked = event("A>B A>C A>D", count=3, away={"A": [0]})
    assert len(propose_meetings(asked).meetings) == 2
    assert len(propose_meetings(event("A>B A>C A>D", count=3, spare=2)).meetings) == 1
    assert len(propose_meetings(event("A>B A>C A>D", count=3, buffers=(1,))).meetings) == 2


def test_two_persons_of_a_firm_double_its_day():
    assert len(propose_meetings(event("A>B A>C A>D A>E", count=2)).meetings) == 2
    assert len(propose_meetings(event("A>B A>C A>D A>E", count=2, people={"A": 2})).meetings) == 4


def test_caps_by_kind_and_the_hall():
    kinds = {"A": "buyer", "B": "supplier", "C": "supplier", "D": "buyer"}
    capped = event("A>B A>C A>D", kinds=kinds, caps={("buyer", "supplier"): 1})
    found = propose_meetings(capped)
    assert letters(capped, [m.pair for m in found.meetings]) == {"AB", "AD"}
    assert codes(found.refusals[0]) == ["kind-full"]
    small = event("A>B C>D", count=1, tables=1)
    assert [codes(refusal) for refusal in propose_meetings(small).refusals] == [["hall-full"]]


def test_forbidden_pairs_and_people_who_never_cross_are_refused_with_the_reason():
    found = propose_meetings(event("A>B A>C A>D", forbidden=["AB"], away={"A": [0, 1], "C": [2, 3]}))
    assert {r.pair: codes(r) for r in found.refusals} == {(0, 1): ["forbidden"], (0, 2): ["no-common-slot"]}


def test_musts_are_held_at_the_price_of_weight():
    asked = event("A>B A>C", most={"A": 1}, musts=["AC"])
    found = propose_meetings(asked)
    assert letters(asked, [m.pair for m in found.meetings]) == {"AC"}
    assert "must" in codes(found.meetings[0])


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"most": {"A": 1}, "musts": ["AB", "AC"]}, "Firm A: 2 meetings must be held, there is room for 1."),
        ({"musts": ["AB"], "forbidden": ["AB"]}, "Firm A and Firm B must meet and must not."),
        ({"musts": ["AB"], "away": {"A": [0, 1], "B": [2, 3]}}, "never there at the same time"),
        ({"musts": ["AB", "CD"], "count": 1, "tables": 1}, "The hall: 2 meetings must be held"),
    ],
)
def test_musts_that_cannot_be_are_refused_by_name(rules, words):
    with pytest.raises(InvalidRequest, match=words):
        propose_meetings(event("A>B A>C C>D", **rules))


def test_an_event_without_wishes_is_answered():
    with pytest.raises(InvalidRequest, match="Nobody asks"):
        propose_meetings(event("", people={"A": 1}))


def test_equal_weights_are_settled_for_the_worst_served():
    # B and D both ask for A (room for one); B also has C, D has nobody else: D must be served.
    asked = event("B>C B>A D>A", most={"A": 1, "B": 2})
    asked_equal = event("B>A B>C D>A C>D", most={"A": 1})
    assert letters(asked, [m.pair for m in propose_meetings(asked).meetings]) == {"BC", "AD"}
    found = propose_meetings(asked_equal)
    assert found.worst == pytest.approx(1 / 3)
    assert letters(asked_equal, [m.pair for m in found.meetings]) == {"AD", "BC", "CD"}


def test_weight_given_up_serves_the_worst_better():
    asked = event("A>B B>A A>C C>A C>E D>A", most={"A": 2})
    strict, fair = propose_meetings(asked), propose_meetings(asked, give=0.2)
    assert (strict.weight, strict.worst) == (5.5, 0.0)
    assert (fair.weight, fair.worst) == (4.5, pytest.approx(1 / 3))


def test_what_a_refused_meeting_would_cost():
    asked = event("A>B B>A A>C", most={"A": 1})
    assert lost_weight(asked, (0, 2)) == pytest.approx(3.0 - 0.5)
    assert lost_weight(event("A>B A>C", forbidden=["AC"]), (0, 2)) is None


firms = "ABCDE"
wish_words = st.lists(
    st.sampled_from([f"{a}>{b}" for a, b in product(firms, firms) if a != b]),
    min_size=1,
    max_size=7,
    unique=True,
)


@settings(max_examples=5, deadline=None)
@given(
    wish_words,
    st.dictionaries(st.sampled_from(firms), st.integers(0, 2)),
    st.integers(1, 2),
    st.integers(1, 3),
)
def test_the_choice_equals_brute_force(words, most, tables, count):
    asked = event(" ".join(words), most=most, tables=tables, count=count)
    candidates = list_candidates(asked)
    limits = list_limits(asked, candidates)
    best = max(
        (
            sum(c.weight for c, kept in zip(candidates, held, strict=True) if kept),
            min(worst_shares(asked, candidates, held).values(), default=0.0),
        )
        for held in product([False, True], repeat=len(candidates))
        if all(sum(held[m] for m in limit.members) <= limit.room for limit in limits)
        and not any(kept and c.closed for c, kept in zip(candidates, held, strict=True))
    )
    found = choose_meetings(asked, candidates, limits)
    assert found.status is Status.OPTIMAL
    assert found.weight == best[0]
    if worst_shares(asked, candidates, found.held):
        assert found.worst == pytest.approx(best[1], abs=1e-6)
