"""Faults of what points to nouns and materials: standards, references, values, grades, words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maillon.reference.classifications.families import all_families
from maillon.reference.classifications.lexicon.clues import material_classes
from maillon.reference.classifications.lexicon.materials import all_materials
from maillon.reference.classifications.lexicon.nouns import all_nouns
from maillon.reference.classifications.processes import all_processes
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell
from maillon.reference.classifications.processes.weights import read_weights

PACKAGE = "maillon.reference.classifications.lexicon"
KINDS = frozenset({"preposition", "qualifier", "quantifier", "function"})


def lint_links() -> Iterator[str]:
    """Yield the faults of the sheets that point to nouns, materials and processes."""
    nouns = {noun.code for noun in all_nouns()}
    for name in ("standards", "references", "values"):
        for row in read_rows(sheet_path(PACKAGE, f"{name}.csv")):
            if row["noun"] not in nouns:
                yield f"{name}.csv: unknown noun {row['noun']}"
    yield from _lint_patterns()
    yield from _lint_materials()
    yield from _lint_clues()
    for row in read_rows(sheet_path(PACKAGE, "words.csv")):
        if row["kind"] not in KINDS or row["language"] not in {"fr", "en", ""}:
            yield f"words.csv: {row['word']}: unknown kind or language"


def _lint_patterns() -> Iterator[str]:
    for row in read_rows(sheet_path(PACKAGE, "references.csv")):
        if re.compile(row["pattern"]).groups:
            yield f"references.csv: {row['pattern']}: use (?:…) groups only"
        if not 0 < float(row["confidence"]) <= 1:
            yield f"references.csv: {row['pattern']}: confidence outside 0..1"


def _lint_materials() -> Iterator[str]:
    materials = {m.code for m in all_materials()}
    classes = material_classes()
    yield from (
        f"material {m.code}: unknown class" for m in all_materials() if m.material_class not in classes
    )
    seen: dict[str, str] = {}
    for row in read_rows(sheet_path(PACKAGE, "grades.csv")):
        if row["material"] not in materials:
            yield f"grade {row['grade']}: unknown material {row['material']}"
        for alias in (row["grade"], *split_cell(row["aliases"])):
            written = re.sub(r"[\s\-/?]", "", alias.lower())
            if seen.setdefault(written, row["grade"]) != row["grade"]:
                yield f"grade {row['grade']}: “{alias}” already names {seen[written]}"


def _lint_clues() -> Iterator[str]:
    processes = all_processes()
    known = {p.code for p in processes} | {f"group:{p.group}" for p in processes}
    known |= {f"family:{family.code}" for family in all_families()}
    for row in read_rows(sheet_path(PACKAGE, "material_processes.csv")):
        weights = read_weights(row["processes"])
        if (
            row["class"] not in material_classes()
            or not weights.keys() <= known
            or sum(weights.values()) != 1
        ):
            yield f"material_processes.csv: {row['class']}: unknown class or process, or sum not 1"
    materials = {f"material:{m.code}" for m in all_materials()}
    for row in read_rows(sheet_path(PACKAGE, "clues.csv")):
        if row["clue"].startswith("material:") and row["clue"] not in materials:
            yield f"clues.csv: unknown {row['clue']}"
        if row["target"] not in known or float(row["factor"]) <= 0:
            yield f"clues.csv: {row['clue']} → {row['target']}: unknown target or factor not positive"
