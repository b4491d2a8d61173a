"""Linter of the taxonomy and the lexicon: ``python -m maillon.reference.classifications.lexicon.lint``.

It prints one line per fault and returns 1 if there is any. ``--sort`` first rewrites the sheets in order.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from maillon.reference.classifications.families import all_families, family_groups
from maillon.reference.classifications.lexicon.clues import material_classes
from maillon.reference.classifications.lexicon.folding import fold
from maillon.reference.classifications.lexicon.lint_forms import lint_forms
from maillon.reference.classifications.lexicon.lint_links import lint_links
from maillon.reference.classifications.lexicon.nouns import noun_sheets
from maillon.reference.classifications.processes import all_processes, process_groups
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path
from maillon.reference.classifications.processes.weights import read_weights

CLASSIFICATIONS = "maillon.reference.classifications"


def lint_taxonomy() -> Iterator[str]:
    """Yield the faults of families and processes: order, codes, labels, weights."""
    families, processes = all_families(), all_processes()
    for table in ("families", "processes"):
        sheet = sheet_path(f"{CLASSIFICATIONS}.{table}", f"{table}.csv")
        for code, times in Counter(row["code"] for row in read_rows(sheet)).items():
            if times > 1:
                yield f"{table}.csv: {code} stands {times} times"
    process_codes = {p.code for p in processes}
    groups = {g.code for g in family_groups()}, {g.code for g in process_groups()}
    for family in families:
        yield from lint_weights(f"family {family.code}", family.processes, process_codes)
        if family.group not in groups[0] or not (family.fr and family.en and family.naf):
            yield f"family {family.code}: unknown group, or no label or NAF class"
    for process in processes:
        if process.group not in groups[1] or not (process.fr and process.en and process.naf):
            yield f"process {process.code}: unknown group, or no label or NAF class"


def lint_weights(where: str, weights: dict[str, float], known: set[str]) -> Iterator[str]:
    """Yield the faults of a cell of weights: unknown codes, and a sum that is not 1."""
    yield from (f"{where}: unknown code {code}" for code in weights if code not in known)
    if abs(sum(weights.values()) - 1) > 1e-9:
        yield f"{where}: weights sum to {sum(weights.values()):.2f}"


def lint_noun_weights() -> Iterator[str]:
    """Yield the faults of the families, processes and conditions of the nouns."""
    families, processes = {f.code for f in all_families()}, {p.code for p in all_processes()}
    for sheet in noun_sheets():
        for row in read_rows(sheet):
            where = f"{sheet.name}: {row['en'].split('|')[0]}"
            if row["family"]:
                yield from lint_weights(where, read_weights(row["family"]), families)
            if row["processes"]:
                yield from lint_weights(where, read_weights(row["processes"]), processes)
                if "|" in row["family"]:
                    yield f"{where}: own processes need a single family"
            yield from _lint_conditions(where, row["when"], families)


def _lint_conditions(where: str, cell: str, families: set[str]) -> Iterator[str]:
    for condition in filter(None, cell.split("|")):
        material_class, _, weights = condition.partition("=")
        if material_class not in material_classes():
            yield f"{where}: unknown material class {material_class}"
        yield from lint_weights(where, read_weights(weights.replace("+", "|")), families)


def lint_order() -> Iterator[str]:
    """Yield the sheets whose rows are not in the order of their first column."""
    for path in sorted_sheets():
        rows = path.read_text(encoding="utf-8").splitlines()[1:]
        if rows != sorted(rows, key=_order):
            yield f"{path.name}: not sorted (run with --sort)"


def sorted_sheets() -> list[Path]:
    """Return the sheets whose order carries no meaning."""
    names = ("clues", "grades", "material_processes", "materials", "standards", "values", "words")
    sheets = [sheet_path(f"{CLASSIFICATIONS}.lexicon", f"{name}.csv") for name in names]
    for table in ("families", "processes"):
        sheets += [sheet_path(f"{CLASSIFICATIONS}.{table}", f"{name}.csv") for name in (table, "groups")]
    return [Path(str(sheet)) for sheet in (*sheets, *noun_sheets())]


def _order(row: str) -> tuple[str, str]:
    cells = row.split(";")
    return fold(cells[0].split("|")[0]), fold(cells[1])


def lint() -> list[str]:
    """Return every fault of the taxonomy and the lexicon; an empty list is what a change must leave."""
    return [*lint_taxonomy(), *lint_order(), *lint_noun_weights(), *lint_forms(), *lint_links()]


def sort_sheets() -> None:
    """Rewrite every sheet in order."""
    for path in sorted_sheets():
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([head, *sorted(rows, key=_order)]) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Run the linter; return the exit code."""
    if "--sort" in arguments:
        sort_sheets()
    faults = lint()
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
