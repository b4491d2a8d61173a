"""Changes of the lexicon that verdicts speak for, as a text diff: a person reads, corrects, applies it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff

from maillon.reference.classifications.families import all_families
from maillon.reference.classifications.lexicon.folding import clean_text, fold, form_words
from maillon.reference.classifications.lexicon.nouns import find_noun, noun_phrases, noun_sheets
from maillon.reference.classifications.lexicon.revision import count_answers, revise_noun, to_percent
from maillon.reference.classifications.lexicon.verdicts import CONFIRMED, Verdict, last_verdicts
from maillon.reference.classifications.processes.sheet import read_rows

FOLDER = "src/maillon/reference/classifications/lexicon/nouns"
LEAST_ANSWERS, LEAST_FIRMS = 3, 2  # below, one firm could move the lexicon by itself
LEAST_CHANGE = 0.05  # share of a process or family that must move before a line is proposed
NEW_SHEET = "generic.csv"
TO_FILL = "?"  # the English form of a new noun, which the linter refuses until a person writes it
_HEAD = re.compile(r"[^\W\d_]+(?:[ '’-]+[^\W\d_]+){0,2}")
COLUMNS = ("en", "fr", "short", "family", "processes", "when")


@dataclass(frozen=True, slots=True)
class LexiconChanges:
    """A ``diff`` for ``git apply``, how many nouns it changes and adds, and what had too few answers."""

    diff: str
    changed: tuple[str, ...]
    added: tuple[str, ...]
    too_few: int


def propose_changes(records: Sequence[Verdict]) -> LexiconChanges:
    """Turn verdicts into proposed lines of the sheets; nothing is written.

    Known nouns get revised weights (``revise_weights``), heads that the lexicon does not know a new line.
    Each needs three answers from two firms; where a firm answers twice on one part and process, the last
    answer counts.
    """
    groups: dict[tuple[bool, str], list[Verdict]] = defaultdict(list)
    for verdict in last_verdicts(records):
        key = (True, verdict.noun) if verdict.noun else (False, head_of(verdict.designation))
        groups[key].append(verdict)
    enough = {key: said for key, said in groups.items() if _is_enough(said)}
    cells = {code: cell for (known, code), said in enough.items() if known and (cell := _revised(code, said))}
    new = {head: row for (known, head), said in enough.items() if not known and (row := _new_row(head, said))}
    sheets = ((sheet.name, sheet.read_text(encoding="utf-8")) for sheet in noun_sheets())
    diff = "".join(_sheet_diff(name, text, cells, new) for name, text in sheets)
    return LexiconChanges(diff, tuple(sorted(cells)), tuple(sorted(new)), len(groups) - len(enough))


def _is_enough(said: Sequence[Verdict]) -> bool:
    return len(said) >= LEAST_ANSWERS and len({v.siret for v in said}) >= LEAST_FIRMS


def head_of(designation: str) -> str:
    """Return the words that open a designation, three at most: what an unknown noun is grouped by.

    >>> head_of("Antidévireur à cames 42CrMo4"), head_of("3 x 12")
    ('antidévireur à cames', '')
    """
    found = _HEAD.match(clean_text(designation).strip().lower())
    return found.group() if found else ""


def _revised(code: str, said: Sequence[Verdict]) -> tuple[str, str] | None:
    """Return the column of a noun and its new cell, where the answers move any share enough."""
    noun = find_noun(code)
    if noun.is_weak:
        return None
    column, percents, now = revise_noun(noun, said)
    codes = percents.keys() | now.keys()
    if max(abs(percents.get(c, 0) / 100 - now.get(c, 0)) for c in codes) < LEAST_CHANGE:
        return None
    return column, _cell(percents)


def _cell(percents: dict[str, int]) -> str:
    return "|".join(f"{code} {percent}" for code, percent in percents.items())


def _new_row(head: str, said: Sequence[Verdict]) -> str | None:
    """Return the line of a noun that the lexicon lacks; its family best explains the answers."""
    confirmed, _ = count_answers([v for v in said if v.verdict == CONFIRMED])
    if not confirmed or not form_words(head) or noun_phrases().get(head):
        return None
    total = sum(confirmed.values())
    shares = {process: count / total for process, count in confirmed.items()}
    fit = {f.code: sum(s * f.processes.get(p, 0) for p, s in shares.items()) for f in all_families()}
    family = min(fit, key=lambda code: (-fit[code], code))
    return ";".join((TO_FILL, head, "", family, _cell(to_percent(shares)), ""))


def _sheet_diff(name: str, text: str, cells: dict[str, tuple[str, str]], new: dict[str, str]) -> str:
    rows = text.splitlines()
    after = [rows[0], *(_with_cell(row, cells) for row in rows[1:])]
    if name == NEW_SHEET:
        after += [new[head] for head in sorted(new, key=fold)]
    if after == rows:
        return ""
    path = f"{FOLDER}/{name}"
    lines = unified_diff(rows, after, f"a/{path}", f"b/{path}", n=1, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _with_cell(row: str, cells: dict[str, tuple[str, str]]) -> str:
    values = row.split(";")
    change = cells.get(values[0].split("|")[0])
    if change is None:
        return row
    values[COLUMNS.index(change[0])] = change[1]
    return ";".join(values)


def count_nouns() -> dict[str, int]:
    """Return sheet → number of nouns."""
    return {sheet.name.removesuffix(".csv"): sum(1 for _ in read_rows(sheet)) for sheet in noun_sheets()}
