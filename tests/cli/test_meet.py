"""``maillon meet`` as an organiser and as a machine meet it: choose, place, check, repair."""

import json

import pytest
from typer.testing import CliRunner

from maillon.cli.main import build_app
from maillon.demo.event import write_event

DZN = """nBusiness = 3; nMeetings = 3; nTables = 1; nTotalSlots = 4; nMorningSlots = 2;
requested = [| 1,2,3 | 2,3,3 | 1,3,2 |];
forbidden = [{0},{0},{0}]; fixed = [0,0,0]; precedences = [{},{},{}];
"""


def run(*words, language="en"):
    env = {"COLUMNS": "200", "NO_COLOR": "1"}
    return CliRunner().invoke(build_app(language), ["meet", *map(str, words)], env=env)


@pytest.fixture(scope="module")
def event(tmp_path_factory):
    return write_event(tmp_path_factory.mktemp("event") / "salon.xlsx", firms=11, seed=3)


@pytest.fixture(scope="module")
def published(event):
    out = event.parent / "out"
    result = run("schedule", event, "--out", out, "--format", "json,csv", "--time-limit", 20)
    assert result.exit_code == 0, result.output
    assert "Proven optimal" in result.output
    assert "no firm and no person of it is real" in result.output
    return out / "timetable.json"


def test_choices_come_with_their_reasons(event):
    found = json.loads(run("propose", event, "--json").stdout)
    assert found["status"] == "proven optimal"
    assert (
        found["weight"]
        == found["bound"]
        == pytest.approx(sum(m["weight"] for m in found["meetings"]), abs=0.01)
    )
    assert all(one["reasons"] and one["reasons"][0]["text"] for one in found["meetings"] + found["refused"])
    assert 0 <= found["worst_share"] <= 1
    assert found["invented"] is True


def test_what_a_meeting_would_cost_is_told(event):
    found = json.loads(run("propose", event, "--json").stdout)
    one = found["meetings"][0]
    result = run("propose", event, "--why", f"{one['a']} / {one['b']}", "--json")
    assert json.loads(result.stdout)["lost_weight"] == 0.0
    assert run("propose", event, "--why", "Nobody / Nowhere").exit_code == 2


def test_a_published_timetable_is_sound_until_it_is_not(event, published, tmp_path):
    assert run("check", event, "--timetable", published).output.strip().endswith("Every rule is kept.")
    content = json.loads(published.read_text(encoding="utf-8"))
    one = next(m for m in content["meetings"] if not m["group"])
    one["slot"] = 6  # 10:40, kept free
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(content), encoding="utf-8")
    result = run("check", event, "--timetable", broken, "--json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["sound"] is False
    assert "A meeting is held at 10:40, a slot kept free." in {v["text"] for v in found["violations"]}


def test_a_person_who_is_late_moves_few_meetings(event, published):
    content = json.loads(published.read_text(encoding="utf-8"))
    one = next(m for m in content["meetings"] if not m["group"])
    start, end = one["start"][-5:], one["end"][-5:]
    result = run(
        "repair", event, "--timetable", published, "--away", f"{one['names'][0]} : {start}-{end}", "--json"
    )
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["moved"] + found["lost"] >= 1
    assert found["moved"] >= found["least"]
    late = one["people"][0]
    assert all(late not in m["people"] or m["slot"] != one["slot"] for m in found["meetings"])
    assert late in {change["person"] for change in found["changes"]}
    shown = run("repair", event, "--timetable", published, "--cancel", f"{one['a']} / {one['b']}")
    assert "0 meetings moved (at least 0), 1 not held" in shown.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--away", "Nobody : 9:00-10:00"], "Nobody is called “Nobody”"),
        (["--lost", "T99"], "No table is called “T99”"),
        (["--cancel", "A"], "No participant is called “A”"),
        (["--now", "soon"], "“soon” is no time of the day"),
        (["--away", "T : whenever"], "was not understood"),
    ],
)
def test_happenings_that_name_nothing_are_answered(event, published, words, said):
    result = run("repair", event, "--timetable", published, *words)
    assert result.exit_code == 2
    assert said in result.output


def test_the_benchmarks_form_is_scheduled_and_checked(tmp_path):
    file = tmp_path / "three.dzn"
    file.write_text(DZN)
    result = run("schedule", file, "--json")
    found = json.loads(result.stdout)
    assert (found["status"], found["breaks"], found["bound"]) == ("proven optimal", 1, 1)
    assert [(m["a"], m["b"]) for m in found["meetings"]] == [(1, 2), (2, 3), (1, 3)]
    assert found["meetings"][2]["slot"] > 2
    answer = tmp_path / "answer.json"
    answer.write_text(result.stdout)
    assert run("check", file, "--timetable", answer).output.strip() == "Every rule is kept."
    found["meetings"][0]["slot"] = found["meetings"][1]["slot"]
    answer.write_text(json.dumps(found))
    wrong = run("check", file, "--timetable", answer)
    assert wrong.exit_code == 1
    assert "Participant 2 has two meetings in slot" in wrong.output
    answer.write_text("{}")
    assert run("check", file, "--timetable", answer).exit_code == 3


def test_a_request_that_is_too_large_is_proven_impossible(tmp_path):
    file = tmp_path / "full.dzn"
    file.write_text(DZN.replace("nTotalSlots = 4; nMorningSlots = 2", "nTotalSlots = 1; nMorningSlots = 1"))
    found = json.loads(run("schedule", file.with_name("full.dzn"), "--json").stdout)
    assert found["status"] == "proven infeasible"
    assert (found["breaks"], found["meetings"]) == (None, [])
