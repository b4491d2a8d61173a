"""The linter is a test: of the sheets that ship, and of itself on faults planted in them."""

import pytest

from maillon.reference.classifications.lexicon import lint, lint_forms, nouns
from maillon.reference.classifications.lexicon.nouns import PartNoun, all_nouns


def test_the_sheets_have_no_fault():
    assert lint.lint() == []


def test_sizes_that_the_project_promises():
    from maillon.reference.classifications.families import all_families
    from maillon.reference.classifications.processes import all_processes

    assert len(all_nouns()) >= 3000
    assert len({noun.fr[0] for noun in all_nouns()}) == len(all_nouns())
    assert len(all_families()) >= 130
    assert len(all_processes()) >= 90


def _noun(code: str, fr: str) -> PartNoun:
    return PartNoun(code, (code,), (fr,), (), {"nuts": 1.0}, {}, {})


@pytest.mark.parametrize(
    ("first", "second"),
    [("écrou frein", "ECROUS FREINS"), ("vis de bois", "vis à bois"), ("tuyau", "tuyaux")],
)
def test_two_nouns_with_one_form_after_normalisation_are_a_fault(monkeypatch, first, second):
    monkeypatch.setattr(lint_forms, "all_nouns", lambda: (_noun("a thing", first), _noun("b thing", second)))
    assert list(lint_forms._lint_doubles("fr")) == [f"b thing: “{second}” is already a form of a thing"]


def test_french_without_its_accents_is_a_fault(monkeypatch):
    monkeypatch.setattr(
        lint_forms, "all_nouns", lambda: (_noun("a", "chaîne fine"), _noun("b", "chaine longue"))
    )
    assert list(lint_forms._lint_accents()) == ["French “chaine” is elsewhere written “chaîne”"]


def test_weights_must_sum_to_one_over_known_codes():
    assert list(lint.lint_weights("x", {"turning": 0.6, "milling": 0.3}, {"turning", "milling"})) == [
        "x: weights sum to 0.90"
    ]
    assert list(lint.lint_weights("x", {"turnery": 1.0}, {"turning"})) == ["x: unknown code turnery"]


def test_a_row_with_a_cell_too_many_is_refused(tmp_path):
    from maillon.reference.classifications.processes.sheet import read_rows

    sheet = tmp_path / "sheet.csv"
    sheet.write_text("a;b\n1;2\n1;2;3\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"sheet.csv:3: 3 cells instead of 2"):
        list(read_rows(sheet))


def test_every_form_finds_its_own_noun():
    phrases = nouns.noun_phrases()
    for noun in all_nouns():
        for form in noun.fr:
            assert phrases.get(form).fr == noun.code, form
        for form in noun.en:
            assert phrases.get(form).en == noun.code, form


def test_plurals_find_the_same_noun():
    phrases = nouns.noun_phrases()
    assert phrases.get("batteries").en == phrases.get("battery").en
    assert phrases.get("tuyaux").fr == phrases.get("tuyau").fr
    assert phrases.get("boxes").en == phrases.get("box").en
