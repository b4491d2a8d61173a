"""``maillon search`` as a reader and as a machine meet it."""

import json

import pytest
from typer.testing import CliRunner

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.cli.main import build_app
from maillon.reference.register.index import build_index

MAKER, OTHER, TRADER, MASKED = (siret_of(10_000_000 + place) for place in range(4))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    firms = establishments_frame(
        {"siret": MAKER, "name": "TAILLAGE DU LION"},
        {"siret": OTHER, "name": "MECANIQUE DU NORD", "naf": "28.15Z"},
        {"siret": TRADER, "name": "NEGOCE D'ENGRENAGES", "naf": "46.69B"},
        {"siret": MASKED, "name": None, "masked": True, "naf": "28.15Z"},
    )
    told = capabilities_frame(
        {"siret": MAKER, "kind": "process", "code": "gear-cutting", "text": "taillage d'engrenages"},
        {"siret": MAKER, "kind": "certificate", "code": "iso-9001"},
    )
    folder = write_snapshot(tmp_path_factory.mktemp("snapshot"), firms, told)
    build_index(folder)
    return folder


def run(snapshot, *words, language="en"):
    asked = ["search", *words, "--register", str(snapshot)]
    return CliRunner().invoke(build_app(language), asked, env={"COLUMNS": "200", "NO_COLOR": "1"})


def answer(snapshot, *words):
    result = run(snapshot, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_documented_keys_are_there_and_the_points_sum(snapshot):
    found = answer(snapshot, "pignon conique 42CrMo4 module 2", "--near", "Belfort", "--km", "80")
    assert [one["siret"] for one in found["results"]] == [MAKER, OTHER, MASKED]
    best = found["results"][0]
    assert {"siret", "name", "naf", "commune", "distance_km", "score", "reasons"} <= best.keys()
    assert (best["name"], best["commune"], best["distance_km"]) == ("TAILLAGE DU LION", "Belfort", 0.1)
    assert {"code", "weight", "text"} == best["reasons"][1].keys()
    assert best["reasons"][1]["text"] == "Says that it does: gear cutting."
    for one in found["results"]:
        assert sum(reason["weight"] for reason in one["reasons"]) == pytest.approx(one["score"], abs=1e-9)
    assert found["results"][2]["name"] is None
    assert found["gap"] is None
    assert {"condition": "trader", "firms": 1} in found["removed"]


def test_options_narrow_and_near_matches_say_what_is_missing(snapshot, tmp_path):
    found = answer(snapshot, "pignon conique", "--certificate", "ISO 9001")
    assert [one["siret"] for one in found["results"]] == [MAKER]
    assert {one["missing"]["text"] for one in found["near_matches"]} == {"Certificate not known: ISO 9001."}
    shown = answer(snapshot, "pignon conique", "--traders")["results"]
    assert [one["siret"] for one in shown if one["trader"]] == [TRADER]
    left = tmp_path / "exclus.csv"
    left.write_text(f"siret;nom\n{MAKER[:3]} {MAKER[3:6]} {MAKER[6:9]} {MAKER[9:]};x\n", encoding="utf-8")
    assert MAKER not in json.dumps(answer(snapshot, "pignon conique", "--exclude", str(left)))
    assert answer(snapshot, "pignon conique", "--region", "27", "--naf", "28.15Z")["found"] == 2
    assert answer(snapshot, "pignon conique", "--departement", "75")["found"] == 0


def test_people_read_a_table_in_their_language(snapshot):
    french = run(snapshot, "pignon conique", "--near", "Belfort", language="fr").output
    assert "Déclare faire\u00a0: taillage d'engrenages." in french
    assert "(nom non affiché)" in french
    nobody = run(snapshot, "zzyzx", language="fr").output
    assert "Rien dans «\u00a0zzyzx\u00a0» ne dit comment c’est fait." in nobody


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("designation\nPignon conique\n\nAxe Ø20\nPignon conique\n", ["Pignon conique", "Axe Ø20"]),
        ("Rep;Désignation;Qté\n1;Pignon conique;2\n2;Axe Ø20;1\n", ["Pignon conique", "Axe Ø20"]),
    ],
)
def test_a_batch_reads_a_bare_list_and_a_bill_of_materials(snapshot, tmp_path, text, lines):
    file = tmp_path / "pieces.csv"
    file.write_text(text, encoding="utf-8")
    found = answer(snapshot, "--batch", str(file), "--near", "Belfort")
    assert [line["designation"] for line in found["lines"]][:2] == lines
    assert [one["need"] for one in found["results"]] == lines
    assert found["results"][found["lines"][0]["result"]]["results"][0]["siret"] == MAKER
    assert found["families"]["gears"] == [0]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 2),
        (["vis", "--batch", "x.csv"], 2),
        (["vis", "--km", "20"], 2),
        (["vis", "--certificate", "diplôme"], 2),
        (["vis", "--near", "Xyzville"], 2),
        (["vis", "--exclude", "absent.csv"], 3),
        (["--batch", "absent.csv"], 3),
    ],
)
def test_bad_requests_get_a_sentence_and_a_code(snapshot, words, code):
    result = run(snapshot, *words)
    assert result.exit_code == code
    assert result.stderr.strip()
    assert "Traceback" not in result.output


def test_without_register_the_hint_says_what_to_do(tmp_path):
    result = run(tmp_path, "vis", "--json")
    assert result.exit_code == 5
    error = json.loads(result.stdout)["error"]
    assert error["kind"] == "MissingData"
    assert "register" in error["hint"]
