"""A sourcing request out of a workbook, text files or JSON: tables found by their headings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maillon.core.errors import InvalidRequest, NoTableFound, RefusedFile
from maillon.core.message import message

if TYPE_CHECKING:
    from maillon.method.plan.sourcing import SourcingProblem

Record = dict[str, Any]
Tables = dict[str, list[Record]]
#: Folded headings of each column beside its own name, which is also the field in JSON.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "part": ("piece", "article", "reference"),
    "label": ("designation", "libelle", "nom"),
    "spend": ("depense annuelle", "depense", "achats annuels", "yearly spend"),
    "volume": ("volume annuel", "quantite annuelle"),
    "critical": ("critique",),
    "supplier": ("fournisseur", "fournisseur actuel", "current supplier"),
    "notice_months": ("preavis", "preavis mois", "notice"),
    "local_weight": ("poids local",),
    "annual_cost": ("cout annuel", "cout complet annuel", "yearly cost"),
    "qualification_cost": ("cout de qualification", "qualification"),
    "qualification_months": ("mois de qualification", "delai de qualification"),
    "least_share": ("part minimale", "part mini"),
    "most_share": ("part maximale", "part maxi"),
    "co2": ("co2 annuel", "emissions"),
    "local_value": ("valeur locale", "part locale"),
    "ideal_share": ("part ideale",),
    "below_ideal_cost": ("cout sous la part ideale",),
    "opening_cost": ("cout d ouverture", "ouverture"),
    "capacity": ("capacite", "capacite annuelle"),
    "zone": ("pays", "region"),
    "turnover": ("chiffre d affaires",),
    "current": ("actuel", "deja fournisseur"),
    "scenario": ("scenario", "perturbation", "disruption"),
    "probability": ("probabilite",),
    "lost_share": ("part perdue",),
    "rule": ("regle",),
    "value": ("valeur",),
    "decision": ("choix", "consigne"),
}
#: What the headings of each table must hold, the most demanding first.
_TABLES: Mapping[str, frozenset[str]] = {
    "offers": frozenset({"part", "supplier", "annual_cost"}),
    "losses": frozenset({"scenario", "supplier", "lost_share"}),
    "parts": frozenset({"part", "spend"}),
    "suppliers": frozenset({"supplier", "opening_cost"}),
    "rules": frozenset({"rule", "value"}),
    "scenarios": frozenset({"scenario"}),
}
_TEXT = frozenset({"part", "label", "supplier", "zone", "scenario", "rule", "decision"})
#: What an offer's decision may say, folded, and the rule that it makes.
_DECISIONS: Mapping[str, str] = {
    **dict.fromkeys(("force", "forced", "impose", "imposee", "garder", "keep"), "forced"),
    **dict.fromkeys(("interdit", "interdite", "exclu", "exclue", "forbidden", "excluded"), "forbidden"),
}
_FLAGS = frozenset({"critical", "current"})
_YES = frozenset({"oui", "yes", "o", "y", "true", "vrai", "1", "x"})
_NO = frozenset({"non", "no", "n", "false", "faux", "0"})
_LOOKED_AT = 30


def read_request(paths: Sequence[Path]) -> tuple[SourcingProblem, dict[str, Any]]:
    """Return the problem of these files, and the rules that they give: figures, and offers decided on.

    Raises ``NoTableFound`` where parts or offers are missing, ``InvalidRequest`` for a figure that is none.
    """
    from maillon.method.plan.sourcing import sourcing_problem

    tables: Tables = {name: [] for name in _TABLES}
    for path in paths:
        for name, records in _tables(path):
            tables[name] += records
    for name in ("parts", "offers", "suppliers"):
        if not tables[name]:
            raise NoTableFound(
                message(
                    "No table “{table}” was found in {name}.",
                    table=name,
                    name=", ".join(path.name for path in paths),
                ),
                message("Its first columns are: {columns}.", columns=", ".join(sorted(_TABLES[name]))),
            )
    typed = {name: [_typed(name, record) for record in records] for name, records in tables.items()}
    rules = {str(record["rule"]): record["value"] for record in typed.pop("rules")}
    rules |= _decided(typed["offers"])
    frames = {name: _columns(records) for name, records in typed.items()}
    return sourcing_problem(**frames), rules


def _decided(offers: Sequence[Record]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Take the decisions out of the offers: pairs of part and supplier by the rule they make."""
    from maillon.reference.places.fold import fold

    pairs: dict[str, list[tuple[str, str]]] = {}
    for offer in offers:
        said = offer.pop("decision", None)
        if said is None:
            continue
        rule = _DECISIONS.get(fold(said))
        if rule is None:
            raise InvalidRequest(
                message("“{text}” is no decision on an offer.", text=said),
                message("Write “forced” or “forbidden”, or leave the cell empty."),
            )
        pairs.setdefault(rule, []).append((offer["part"], offer["supplier"]))
    return {rule: tuple(found) for rule, found in pairs.items()}


def _columns(records: Sequence[Record]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for record in records for name in record)
    return {name: [record.get(name) for record in records] for name in names}


def _tables(path: Path) -> list[tuple[str, list[Record]]]:
    if path.suffix.lower() == ".json":
        return _json_tables(path)
    from maillon.intake.sandbox import read_sheets

    _, sheets, _ = read_sheets(path)
    return [found for sheet in sheets if (found := _table(sheet.rows)) is not None]


def _json_tables(path: Path) -> list[tuple[str, list[Record]]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rules = [{"rule": name, "value": value} for name, value in content.get("rules", {}).items()]
        named = [(name, content.get(name, [])) for name in _TABLES if name != "rules"]
        if all(isinstance(record, dict) for _, records in named for record in records):
            return [("rules", rules), *named]
    except (ValueError, TypeError, AttributeError):
        pass
    raise RefusedFile(
        message("The file {name} is no JSON of a sourcing plan.", name=path.name),
        message("It holds the lists “parts”, “offers” and “suppliers”: see docs/user/commands.md."),
    )


def _table(rows: Sequence[Sequence[object]]) -> tuple[str, list[Record]] | None:
    """Return the records under the first row that heads a table, and which table it is."""
    for place, row in enumerate(rows[:_LOOKED_AT]):
        columns = {name: at for at, cell in enumerate(row) if (name := _column(cell)) is not None}
        name = next((name for name, needed in _TABLES.items() if needed <= set(columns)), None)
        if name is not None:
            found = [
                {column: cells[at] if at < len(cells) else None for column, at in columns.items()}
                for cells in rows[place + 1 :]
            ]
            return name, [record for record in found if any(_filled(value) for value in record.values())]
    return None


def _column(cell: object) -> str | None:
    from maillon.reference.places.fold import fold

    heading = " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"\(.*?\)", " ", str(cell or "")))))
    return next(
        (name for name, words in COLUMNS.items() if heading in words or heading == name.replace("_", " ")),
        None,
    )


def _filled(value: object) -> bool:
    return value is not None and str(value).strip() != ""


def _typed(table: str, record: Record) -> Record:
    return {name: _value(table, name, value) for name, value in record.items() if name in COLUMNS}


def _value(table: str, name: str, value: object) -> Any:
    if not _filled(value):
        return None
    if name in _TEXT:
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if name in _FLAGS:
        return _flag(table, name, value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    from maillon.intake.understand.numbers import number_of

    found = number_of(str(value).replace("%", "").strip())
    if found is None:
        raise _no_figure(table, name, value)
    return float(found) / 100 if str(value).strip().endswith("%") else float(found)


def _flag(table: str, name: str, value: object) -> bool:
    text = str(value).strip().casefold().removesuffix(".0")
    if text not in _YES | _NO:
        raise _no_figure(table, name, value)
    return text in _YES


def _no_figure(table: str, name: str, value: object) -> InvalidRequest:
    return InvalidRequest(
        message(
            "Table “{table}”: “{text}” cannot be read as “{column}”.",
            table=table,
            text=str(value),
            column=name,
        ),
        message("Write a number, or leave the cell empty; yes or no for what is a choice."),
    )
