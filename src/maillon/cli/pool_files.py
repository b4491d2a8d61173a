"""Needs and candidate lines out of a workbook, text files or JSON: columns found by their headings."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from maillon.core.errors import InvalidRequest, NoTableFound, RefusedFile
from maillon.core.estimate import Estimate
from maillon.core.message import Message, message
from maillon.core.place import Place
from maillon.method.plan.pool import PoolLine, PoolNeed

Record = dict[str, object]
#: Folded headings of each column; the key is also the name of the field in JSON.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "firm": ("entreprise", "firme", "societe", "firm", "company"),
    "line": ("ligne", "ligne de production", "ligne candidate", "candidat", "line", "candidate line"),
    "family": ("famille", "famille d achats", "family", "purchase family"),
    "process": ("procede", "process"),
    "specification": ("specification", "cahier des charges", "norme", "spec"),
    "place": ("lieu", "commune", "ville", "site", "place", "town", "city"),
    "volume": ("volume annuel", "volume", "quantite annuelle", "besoin annuel", "yearly volume"),
    "unit": ("unite", "unit"),
    "price": ("prix", "prix actuel", "prix unitaire", "prix median", "price", "price today", "unit price"),
    "price_low": ("prix bas", "prix mini", "prix minimum", "price low", "lowest price"),
    "price_high": ("prix haut", "prix maxi", "prix maximum", "price high", "highest price"),
    "group": ("groupe", "siren du groupe", "siren", "group"),
    "sells": ("marche de vente", "vend sur", "marche", "sells on", "market"),
    "market_share": ("part de marche", "market share"),
    "consents": ("accord publication", "accord de publication", "consentement", "consent to publish"),
    "named": ("accord identite", "peut etre nommee", "nommee", "named", "may be named"),
    "investment": ("investissement", "investment", "cout d installation", "set up cost"),
    "yearly_cost": ("cout fixe annuel", "cout fixe", "charges fixes", "fixed cost", "yearly fixed cost"),
    "unit_cost": ("cout unitaire", "cout variable", "unit cost", "variable cost"),
    "transport_cost": ("transport par km", "cout de transport", "transport cost", "transport per km"),
    "capacity": ("capacite", "capacite annuelle", "capacity", "yearly capacity"),
    "minimum": ("volume minimal", "seuil", "volume mini", "volume minimum", "minimum", "smallest volume"),
    "ramp": ("montee en cadence", "montee en charge", "ramp", "ramp up"),
    "source": ("source", "origine du prix"),
    "date": ("date", "date du prix"),
}  # fmt: skip
_LOOKED_AT = 30
_YES = frozenset({"oui", "yes", "o", "y", "true", "vrai", "1", "x"})


def read_pool(
    paths: Sequence[Path], capacity: float | None = None
) -> tuple[list[PoolNeed], list[PoolLine], list[Message]]:
    """Return needs, lines, and what was set aside and why. ``capacity`` fills the lines that give none.

    Raises ``NoTableFound`` where no file holds needs, ``InvalidRequest`` for a figure that is missing or no
    number.
    """
    records = [record for path in paths for record in _records(path)]
    needs_of = [record for record in records if _filled(record, "firm")]
    lines_of = [record for record in records if _filled(record, "line") and not _filled(record, "firm")]
    if not needs_of:
        raise NoTableFound(
            message("No needs were found in {name}.", name=", ".join(path.name for path in paths)),
            message("A table of needs has the columns firm, family, volume, unit and price."),
        )
    aside: list[Message] = []
    needs = [need for record in needs_of if (need := _need(record, aside)) is not None]
    return needs, [_line(record, capacity) for record in lines_of], aside


def _records(path: Path) -> list[Record]:
    if path.suffix.lower() == ".json":
        return _json_records(path)
    from maillon.intake.sandbox import read_sheets

    _, sheets, _ = read_sheets(path)
    return [record for sheet in sheets for record in _table(sheet.rows)]


def _json_records(path: Path) -> list[Record]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        each = [*content["needs"], *content.get("lines", ())]
        if all(isinstance(record, dict) for record in each):
            return each
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise RefusedFile(
        message("The file {name} is not JSON with “needs” and “lines”.", name=path.name),
        message("Each is a list of objects; docs/user/commands.md names their fields."),
    )


def _table(rows: Sequence[Sequence[object]]) -> list[Record]:
    """Return the records under the first row that heads needs or lines."""
    for place, row in enumerate(rows[:_LOOKED_AT]):
        columns = {name: at for at, cell in enumerate(row) if (name := _column(cell)) is not None}
        if "family" in columns and (
            {"firm", "volume"} <= set(columns) or {"line", "unit_cost"} <= set(columns)
        ):
            found = [
                {name: cells[at] if at < len(cells) else None for name, at in columns.items()}
                for cells in rows[place + 1 :]
            ]
            return [record for record in found if _filled(record, "firm") or _filled(record, "line")]
    return []


def _column(cell: object) -> str | None:
    from maillon.reference.places.fold import fold

    heading = " ".join(re.findall(r"[a-z0-9]+", fold(re.sub(r"\(.*?\)", " ", str(cell or "")))))
    return next(
        (name for name, words in COLUMNS.items() if heading in words or heading == name.replace("_", " ")),
        None,
    )


def _filled(record: Record, name: str) -> bool:
    return record.get(name) not in {None, ""}


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _figure(record: Record, name: str) -> float | None:
    """Return a number, ``None`` where the cell is empty; ``InvalidRequest`` for a word."""
    from maillon.intake.understand.numbers import number_of

    value = record.get(name)
    if not _filled(record, name):
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    found = number_of(str(value).replace("%", "").strip())
    if found is None:
        who = _text(record, "firm") or _text(record, "line")
        raise InvalidRequest(
            message("For {who}, “{text}” is no number ({column}).", who=who, text=str(value), column=name)
        )
    return found / 100 if str(value).strip().endswith("%") else found


def _known(record: Record, name: str) -> float:
    found = _figure(record, name)
    if found is None:
        who = _text(record, "firm") or _text(record, "line")
        raise InvalidRequest(
            message("For {who}, the column {column} is empty.", who=who, column=name),
            message("What is not known cannot be taken for zero: give a figure, if only an estimate."),
        )
    return found


def _need(record: Record, aside: list[Message]) -> PoolNeed | None:
    """Return a need, or set it aside where nothing is known of its volume or its price."""
    firm = _text(record, "firm")
    prices = [_figure(record, name) for name in ("price_low", "price", "price_high")]
    known = [price for price in prices if price is not None]
    volume = _figure(record, "volume")
    if not known or volume is None:
        aside.append(message("The need of {firm} is set aside: its volume or its price is empty.", firm=firm))
        return None
    low, high = (
        prices[0] if prices[0] is not None else known[0],
        prices[2] if prices[2] is not None else known[-1],
    )
    mid = prices[1] if prices[1] is not None else (low + high) / 2
    if not low <= mid <= high:
        raise InvalidRequest(
            message("The prices of {firm} are not in the order low, middle, high.", firm=firm)
        )
    date = _date(record)
    price = Estimate(
        low, mid, high, "EUR/" + _text(record, "unit"), _text(record, "source"), date or dt.date.min
    )
    return PoolNeed(
        firm, _text(record, "family"), volume, _text(record, "unit"), price,
        process=_text(record, "process"), specification=_text(record, "specification"),
        place=_place(record, aside), group=_text(record, "group"), sells=_text(record, "sells") or None,
        market_share=_figure(record, "market_share"),
        consents=_yes(record, "consents"), named=_yes(record, "named"), date=date,
    )  # fmt: skip


def _line(record: Record, capacity: float | None) -> PoolLine:
    ramp = tuple(_share(part) for part in re.split(r"[;/|]+", _text(record, "ramp")) if part.strip())
    held = (
        capacity if capacity is not None and not _filled(record, "capacity") else _known(record, "capacity")
    )
    return PoolLine(
        _text(record, "line"), _text(record, "family"), held, _known(record, "unit_cost"),
        investment=_figure(record, "investment") or 0.0, yearly_cost=_figure(record, "yearly_cost") or 0.0,
        minimum=_figure(record, "minimum") or 0.0, transport_cost=_figure(record, "transport_cost") or 0.0,
        ramp=ramp or (1.0,), process=_text(record, "process"), specification=_text(record, "specification"),
        place=_place(record, []), source=_text(record, "source"), date=_date(record),
    )  # fmt: skip


def _share(text: str) -> float:
    figure = _figure({"ramp": text, "line": text}, "ramp")
    return 1.0 if figure is None else figure


def _yes(record: Record, name: str) -> bool:
    return record.get(name) is True or _text(record, name).casefold() in _YES


def _date(record: Record) -> dt.date | None:
    value = record.get("date")
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date) or value is None:
        return value
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(str(value).strip(), form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


def _place(record: Record, aside: list[Message]) -> Place:
    from maillon.reference.places import locate

    text = _text(record, "place")
    found = locate(text, "FR") if text else None
    if text and (found is None or found.lat is None):
        aside.append(message("The town “{town}” was not found.", town=text))
    return found or Place()


def plain(value: Any) -> Any:
    """Return a result as JSON takes it: enumerations as text, unknown figures as null, reasons with words."""
    from dataclasses import fields, is_dataclass
    from math import isfinite

    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dt.date):
        return None if value == dt.date.min else value.isoformat()
    return value
