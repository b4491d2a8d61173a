"""The card of one establishment: what the register and its sources say of it, with their dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maillon.web.search.queries.candidates import LEVELS, Shown, shown_candidates
from maillon.web.search.queries.choices import language

if TYPE_CHECKING:
    from maillon.method.search.suppliers import Need
    from maillon.web.search.queries.engine import Engine

SIMILAR, AROUND_KM = 5, 150.0
#: In the order of the card; what other kinds tell comes after.
KINDS = ("process", "machine", "material", "product", "size", "tolerance", "lot", "capacity", "certificate")


@dataclass(frozen=True, slots=True)
class Capability:
    """One thing that a source says: its kind, in words, how sure it is, whose word, of which day."""

    kind: str
    code: str | None
    words: str
    level: str
    source: str
    date: dt.date | None


@dataclass(frozen=True, slots=True)
class Card:
    """One establishment. ``facts`` are the columns of the register; unknown is None."""

    siret: str
    facts: dict[str, Any]
    activity: str
    capabilities: list[Capability]
    others: list[dict[str, Any]]

    @property
    def name(self) -> str | None:
        """The name to show; None where the firm asked for none."""
        return self.facts["name"]

    @property
    def siren(self) -> str:
        """The firm's number."""
        return self.siret[:9]

    @property
    def processes(self) -> list[str]:
        """The codes of the processes that a source tells, each once."""
        codes = (one.code for one in self.capabilities if one.kind == "process")
        return list(dict.fromkeys(code for code in codes if code))


def card_of(engine: Engine, siret: str) -> Card | None:
    """Return the card of an establishment; None where the register does not have it."""
    cards = cards_of(engine, [siret])
    return cards[0] if cards else None


def cards_of(engine: Engine, sirets: list[str]) -> list[Card]:
    """Return the cards of several establishments, in the order asked; those not there are left out."""
    rows = engine.register.find_establishments(sorted({siret[:9] for siret in sirets}))
    told = engine.register.find_capabilities(sirets)
    by_siret = {row["siret"]: row for row in rows.iter_rows(named=True)}
    cards = []
    for siret in sirets:
        if siret in by_siret:
            facts = by_siret[siret]
            others = [row for row in by_siret.values() if row["siren"] == facts["siren"] and row is not facts]
            mine = [row for row in told.iter_rows(named=True) if row["siret"] == siret]
            cards.append(Card(siret, facts, _activity(facts["naf"]), _capabilities(mine), others[:20]))
    return cards


def _activity(naf: str | None) -> str:
    from maillon.web.search.queries.choices import label_of  # noqa: PLC0415 - one table, when asked

    return label_of("activity", naf) if naf else ""


def _capabilities(rows: list[dict[str, Any]]) -> list[Capability]:
    order = {kind: place for place, kind in enumerate(KINDS)}
    shown = [_capability(row) for row in rows if row["kind"] != "role"]
    return sorted(shown, key=lambda one: (order.get(one.kind, len(KINDS)), one.words, one.source))


def _capability(row: dict[str, Any]) -> Capability:
    return Capability(
        kind=row["kind"],
        code=row["code"],
        words=_words(row),
        level="declared" if row["kind"] == "certificate" else LEVELS.get(row["kind"], "declared"),
        source=row["source"],
        date=row["date"],
    )


def _words(row: dict[str, Any]) -> str:
    """Return what is said: a code by its name, bounds with their unit, else the words of the source."""
    from maillon.language import format_number  # noqa: PLC0415 - Babel loads here
    from maillon.reference.classifications.certificates import certificate_label  # noqa: PLC0415 - a table
    from maillon.web.search.queries.choices import label_of  # noqa: PLC0415 - one table, when asked

    figures = [row[name] for name in ("low", "ideal", "high") if row[name] is not None]
    if figures:
        told = " – ".join(format_number(figure, language(), 3 if figure < 1 else 0) for figure in figures)
        return f"{told} {row['unit'] or ''}".strip()
    if row["kind"] == "process" and row["code"]:
        return label_of("process", row["code"])
    if row["kind"] == "certificate" and row["code"]:
        try:
            return certificate_label(row["code"], language())
        except KeyError:
            return str(row["text"] or row["code"])
    return str(row["text"] or row["code"] or "")


def similar_firms(engine: Engine, card: Card) -> list[Shown]:
    """Return the firms around that do the same, best first: by its processes, else by its activity."""
    from maillon.core.place import Place  # noqa: PLC0415 - beside the engine
    from maillon.method.search.suppliers import Filters  # noqa: PLC0415 - numpy and tantivy load here

    need = _need_like(card)
    if need is None:
        return []
    facts = card.facts
    known = facts["lat"] is not None
    place = Place("FR", facts["region"], facts["departement"], facts["commune"], facts["lat"], facts["lon"])
    filters = Filters(
        near=place if known else None, km=AROUND_KM if known else None, excluded=frozenset({card.siren})
    )
    return shown_candidates(engine.searcher.search(need, filters, limit=SIMILAR), 1)


def _need_like(card: Card) -> Need | None:
    from maillon.method.search.designation import Share  # noqa: PLC0415 - the lexicon loads here
    from maillon.method.search.suppliers import Need  # noqa: PLC0415 - numpy and tantivy load here
    from maillon.reference.classifications.processes import find_process  # noqa: PLC0415 - a table loads

    processes = tuple(code for code in card.processes if _is_process(code))[:4]
    if processes:
        shares = tuple(Share(code, 1 / len(processes)) for code in processes)
        return Need(find_process(processes[0]).fr, processes=shares)
    if card.facts["naf"]:
        return Need(card.activity, activities=(Share(card.facts["naf"], 1.0),))
    return None


def _is_process(code: str) -> bool:
    from maillon.reference.classifications.processes import all_processes  # noqa: PLC0415 - a table loads

    return code in {process.code for process in all_processes()}
