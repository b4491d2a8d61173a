"""An invented business event: firms that do not exist, what they need and make, whom they want to meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import xlsxwriter

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.demo.draws import draws
from maillon.demo.event_sheets import Sheets, fixed_sheets
from maillon.demo.firm import INVENTED
from maillon.demo.register.word_lists import words

#: Trades of the invented firms, and what a buyer says that it needs of each.
TRADES = (
    ("Usinage", "usinage de précision en petites séries"),
    ("Tôlerie", "découpe laser et pliage de tôles"),
    ("Fonderie", "pièces de fonderie aluminium"),
    ("Plasturgie", "injection de pièces techniques"),
    ("Décolletage", "décolletage inox"),
    ("Traitement", "traitement de surface et peinture"),
    ("Câblage", "faisceaux et coffrets électriques"),
    ("Électronique", "cartes électroniques montées"),
    ("Mécano-soudure", "châssis mécano-soudés"),
    ("Bois", "agencement et caisses en bois"),
    ("Textile", "confection technique"),
    ("Automatisme", "machines spéciales et robotique"),
)
_CITIES = ("Belfort", "Besançon", "Dole", "Vesoul", "Montbéliard", "Dijon", "Chalon-sur-Saône", "Mulhouse")
_ROLES = ("Achats", "Direction", "Commerce", "Bureau d'études", "Production")
#: Fixed, so that the same seed gives the same bytes.
_CREATED = dt.datetime(2026, 1, 14, 8, 0)  # noqa: DTZ001 - the format of workbooks knows no zone
_BUYER, _SUPPLIER = "Donneur d'ordre", "Sous-traitant"


@dataclass(frozen=True, slots=True)
class Company:
    """An invented firm: its trades by rank (a buyer needs them, a supplier masters one), its persons."""

    name: str
    buyer: bool
    trades: tuple[int, ...]
    city: str
    people: tuple[str, ...]


def invent_companies(firms: int, seed: int) -> list[Company]:
    """Return ``firms`` invented companies, three buyers for eight suppliers, no two of one name."""
    dice = draws(seed, "event companies")
    names: dict[str, None] = {}
    companies = []
    for place in range(firms):
        buyer = place % 11 < 3
        trades = tuple(dice.sample(range(len(TRADES)), 3 if buyer else 1))
        name = _name(dice, "" if buyer else TRADES[trades[0]][0], names)
        people = 2 if dice.random() < (0.25 if buyer else 0.05) else 1
        persons = tuple(f"{dice.choice(words('first')).title()} {_coined(dice)}" for _ in range(people))
        companies.append(Company(name, buyer, trades, dice.choice(_CITIES), persons))
    return companies


def _name(dice: Random, trade: str, taken: dict[str, None]) -> str:
    while True:
        coined = _coined(dice)
        name = f"{trade} {coined}" if trade else f"{coined} {dice.choice(words('word')).title()}"
        if name not in taken:
            taken[name] = None
            return name


def _coined(dice: Random) -> str:
    """Return a word that is no name of a place or a person that we know of."""
    return "".join(dice.choice(words(part)) for part in ("start", "middle", "end")).title()


def write_event(path: Path, *, firms: int = 150, seed: int = 1) -> Path:
    """Write an invented event of ``firms`` firms as a workbook in the form that ``maillon meet`` reads.

    One day of two sessions of ten slots of 20 minutes. Raises ``InvalidRequest`` for fewer than six firms.
    """
    if firms < 6:
        raise InvalidRequest(message("An event needs at least six firms."), message("Ask for more firms."))
    companies = invent_companies(firms, seed)
    sheets: Sheets = {
        **fixed_sheets(companies_per_table(firms)),
        "Participants": [_PEOPLE, *_participants(companies, draws(seed, "event people"))],
        "Souhaits": [_WISHES, *_wishes(companies, draws(seed, "event wishes"))],
        "Règles": [_RULES, *_rules(companies, seed)],
        "Rencontres collectives": _groups(companies),
    }
    _write(path, sheets)
    return path


def companies_per_table(firms: int) -> int:
    """Return how many tables an event of this size has: one for about four firms.

    >>> companies_per_table(150)
    36
    """
    return max(2, round(firms * 0.24))


_ABSENCES = ("", "Après-midi", "Matin", "9h00-9h40", "16h00-17h20")
#: The first firms, whom the organiser's own rules name, are there all day.
_ALWAYS_THERE = 7
_RULES: list[object] = ["Règle", "Entreprise A", "Entreprise B", "Heure"]
_PEOPLE: list[object] = [
    "Entreprise",
    "Nom",
    "Fonction",
    "Type",
    "Ville",
    "Rendez-vous max",
    "Indisponibilités",
    "Stand",
]


def _participants(companies: list[Company], dice: Random) -> Iterator[list[object]]:
    stands = 0
    for place, company in enumerate(companies):
        kind = _BUYER if company.buyer else _SUPPLIER
        booth = ""
        if company.buyer and place % 22 == 0:
            stands += 1
            booth = f"Stand {stands}"
        for rank, name in enumerate(company.people):
            away = dice.choices(_ABSENCES, (84, 5, 3, 4, 4))[0] if place >= _ALWAYS_THERE else ""
            most: object = (14 if company.buyer else 8) if rank == 0 else ""
            yield [company.name, name, dice.choice(_ROLES), kind, company.city, most, away, booth]


_WISHES: list[object] = ["Demandeur", "Demandé", "Rang", "Motif", "Origine", "Score"]


def _wishes(companies: list[Company], dice: Random) -> Iterator[list[object]]:
    """Each firm asks for firms of its trade above all; what the search proposes is marked as such."""
    for company in companies:
        others = [one for one in companies if one.buyer != company.buyer]
        near = [one for one in others if set(one.trades) & set(company.trades)]
        far = [one for one in others if one not in near]
        asked = dice.sample(near, min(len(near), dice.randint(3, 9 if company.buyer else 5)))
        asked += dice.sample(far, min(len(far), dice.randint(0, 2)))
        for rank, one in enumerate(asked, start=1):
            yield [company.name, one.name, rank, _need(company, one), "", ""]
        if company.buyer:
            left = [one for one in near if one not in asked]
            for one in dice.sample(left, min(len(left), 5)):
                score = round(dice.uniform(0.3, 0.95), 2)
                yield [company.name, one.name, "", _need(company, one), "recherche", score]


def _need(company: Company, other: Company) -> str:
    shared = [trade for trade in company.trades if trade in other.trades]
    return TRADES[shared[0]][1] if shared else ""


def _rules(companies: list[Company], seed: int) -> Iterator[list[object]]:
    dice = draws(seed, "event rules")
    buyers = [one for one in companies if one.buyer]
    suppliers = [one for one in companies if not one.buyer]
    yield ["obligatoire", buyers[0].name, suppliers[0].name, "9h20"]
    for buyer in dice.sample(buyers[1:], min(3, len(buyers) - 1)):
        yield ["interdit", buyer.name, dice.choice(suppliers[1:]).name, ""]


def _groups(companies: list[Company]) -> list[list[object]]:
    suppliers = [one.name for one in companies if not one.buyer][1:4]
    buyer = [one.name for one in companies if one.buyer][1]
    firms = " ; ".join([buyer, *suppliers])
    return [
        ["Rencontre collective", "Entreprises", "Heure", "Lieu"],
        ["Présentation d'un besoin", firms, "14h00", "Salon bleu"],
    ]


def _write(path: Path, sheets: Sheets) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": INVENTED, "created": _CREATED})
        bold = book.add_format({"bold": True, "bg_color": "#D9E1F2"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            page.write_string(0, 0, INVENTED)
            page.write_row(2, 0, rows[0], bold)
            for row, cells in enumerate(rows[1:], start=3):
                page.write_row(row, 0, cells)
            page.set_column(0, 8, 24)
            page.freeze_panes(3, 0)
