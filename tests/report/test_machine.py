"""The dossier as JSON: whole, plain, unknown as null, its keys those of the documentation."""

import json
import re
from pathlib import Path

import pytest

from factories.dossiers import EVERY, HOSTILE, hostile_dossier, known_dossier
from maillon.core.bom import BOM_SCHEMA
from maillon.report import diagnosis_json, dossier_json

PAGE = Path(__file__).parents[2] / "docs/user/commands.md"


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for one in value.values() for key in keys_of(one)}
    return {key for one in value for key in keys_of(one)} if isinstance(value, list) else set()


def documented(command: str) -> set[str]:
    """Return the keys that the page shows in the block of a command."""
    section = PAGE.read_text(encoding="utf-8").split(f"## `maillon {command} ")[1]
    return set(re.findall(r'"(\w+)"', section.split("```")[1]))


@pytest.mark.parametrize("name", EVERY)
def test_json_comes_back_as_it_went_out(name) -> None:
    made = dossier_json(EVERY[name]())
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_a_diagnosis_has_every_documented_key() -> None:
    found = diagnosis_json(known_dossier().diagnosis)
    wanted = documented("diagnose")
    assert {"local_content", "coverage", "hhi", "vital", "threshold", "verdict"} <= wanted
    assert wanted <= keys_of(found) | keys_of(diagnosis_json(EVERY["unknown"]().diagnosis))
    assert set(found["local_content"]) == {"value_added", "origin_value", "count", "mass"}
    assert set(found["indices"]) == {"supplier", "making"}


def test_a_share_is_plain_numbers() -> None:
    found = diagnosis_json(known_dossier().diagnosis)["local_content"]["origin_value"]["country:FR"]
    assert found == {
        "min": pytest.approx(0.2),
        "expected": pytest.approx(0.25),
        "max": pytest.approx(0.4),
        "coverage": pytest.approx(0.8),
        "total": 1000.0,
        "unit": "EUR",
        "left_out": 0,
    }


def test_unknown_is_null_and_never_zero() -> None:
    unpriced = dossier_json(EVERY["unpriced"]())["diagnosis"]
    value = unpriced["local_content"]["origin_value"]["country:FR"]
    assert (value["min"], value["expected"], value["max"]) == (None, None, None)
    assert [row["spend"] for row in unpriced["purchases"]] == [None, None, None]
    assert [row["country"] for row in unpriced["purchases"]] == ["FR", "CN", None]
    assert dossier_json(EVERY["unnamed"]())["lines"][0]["supplier"] is None


def test_the_dossier_holds_lines_account_sources_and_doubts() -> None:
    found = dossier_json(known_dossier())
    assert (found["name"], found["version"], found["seed"], found["date"]) == (
        "produit",
        "0.1.0",
        0,
        "2026-11-22",
    )
    assert [set(line) for line in found["lines"]] == [set(BOM_SCHEMA)] * 5
    assert found["sources"][0]["sha256"] == "ab" * 32
    rows = found["tables"][0]["rows"]
    assert rows["read"] == sum(count for kind, count in rows.items() if kind != "read") == 7
    assert found["doubts"] == [
        {
            "code": "zero-quantity",
            "sheet": "Nomenclature",
            "cell": "C4",
            "what": "2 lines",
            "treatment": "warned",
            "proposal": "unknown",
        }
    ]


def test_variants_are_diagnosed_each() -> None:
    found = dossier_json(EVERY["variants"]())["variants"]
    assert [(one["name"], one["spend"]) for one in found] == [("V1", 100.0), ("V2", 200.0)]


def test_hostile_texts_are_data_as_they_were() -> None:
    found = json.loads(json.dumps(dossier_json(hostile_dossier()), ensure_ascii=False))
    assert [line["designation"] for line in found["lines"]] == list(HOSTILE)
    assert [doubt["what"] for doubt in found["doubts"]] == list(HOSTILE)
