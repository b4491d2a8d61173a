"""Proposed changes of the lexicon: which verdicts move what, and that the diff applies."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillon.reference.classifications.lexicon.nouns import find_noun, noun_sheets
from maillon.reference.classifications.lexicon.proposals import FOLDER, propose_changes
from maillon.reference.classifications.lexicon.revision import revise_weights, to_percent
from maillon.reference.classifications.lexicon.verdicts import CONFIRMED, REFUSED, Verdict


def _said(
    number: int, noun: str | None, process: str, verdict: str = CONFIRMED, text: str = ""
) -> list[Verdict]:
    return [Verdict(text or f"part {i}", noun, process, f"firm {i}", verdict, "") for i in range(number)]


def _added(diff: str) -> list[str]:
    return [line[1:] for line in diff.splitlines() if line.startswith("+") and not line.startswith("+++")]


def test_ten_answers_weigh_as_much_as_the_sheet():
    assert find_noun("flywheel").own_processes == {"sand-casting": 0.6, "turning": 0.4}
    changes = propose_changes(_said(10, "flywheel", "turning"))
    assert changes.changed == ("flywheel",)
    assert [line.split(";")[4] for line in _added(changes.diff)] == ["turning 70|sand-casting 30"]


def test_refusals_lower_a_process():
    changes = propose_changes(_said(10, "flywheel", "sand-casting", REFUSED))
    # 60 halved against 40: 30 to 40
    assert [line.split(";")[4] for line in _added(changes.diff)] == ["turning 57|sand-casting 43"]


def test_a_noun_of_several_families_gets_other_shares_of_them():
    before = find_noun("plate").families
    changes = propose_changes(_said(20, "plate", "milling"))
    cell = _added(changes.diff)[0].split(";")[3]
    shares = {code: int(percent) for code, percent in (part.split() for part in cell.split("|"))}
    assert sum(shares.values()) == 100
    assert shares["machined-parts"] > 100 * before["machined-parts"]


def test_one_firm_alone_moves_nothing():
    said = [Verdict(f"part {i}", "flywheel", "turning", "firm", CONFIRMED, "") for i in range(50)]
    changes = propose_changes(said)
    assert (changes.diff, changes.too_few) == ("", 1)


def test_a_head_that_the_lexicon_lacks_becomes_a_line_to_fill():
    changes = propose_changes(_said(3, None, "gear-cutting", text="Zorglubeur 42CrMo4"))
    assert changes.added == ("zorglubeur",)
    assert _added(changes.diff) == ["?;zorglubeur;;toothed-racks;gear-cutting 100;"]


def test_answers_that_only_refuse_make_no_noun():
    assert propose_changes(_said(5, None, "gear-cutting", REFUSED, "Zorglubeur")).diff == ""


def test_the_diff_applies_to_the_sheets(tmp_path):
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    for sheet in noun_sheets():
        (folder / sheet.name).write_text(sheet.read_text(encoding="utf-8"), encoding="utf-8")
    said = [*_said(10, "flywheel", "turning"), *_said(3, None, "milling", text="Zorglubeur")]
    diff = tmp_path / "change.diff"
    diff.write_text(propose_changes(said).diff, encoding="utf-8")
    subprocess.run(["git", "apply", diff], cwd=tmp_path, check=True)  # noqa: S607 - our own diff
    sheets = "".join(path.read_text(encoding="utf-8") for path in Path(folder).iterdir())
    assert "turning 70|sand-casting 30" in sheets
    assert "?;zorglubeur;" in sheets


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 50), min_size=1))
def test_percents_sum_to_one_hundred(weights):
    total = sum(weights.values())
    percents = to_percent({code: weight / total for code, weight in weights.items()})
    assert sum(percents.values()) == 100
    assert all(abs(percents.get(c, 0) - 100 * w / total) < 1 for c, w in weights.items())


@given(st.integers(0, 100), st.integers(0, 100))
def test_answers_move_weights_their_own_way(confirmed, refused):
    before = {"a": 0.5, "b": 0.5}
    assert revise_weights(before, {"a": confirmed}, {})["a"] >= 0.5
    assert revise_weights(before, {}, {"a": refused})["a"] <= 0.5
    assert sum(revise_weights(before, {"a": confirmed}, {"b": refused}).values()) == pytest.approx(1)
