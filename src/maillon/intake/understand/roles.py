"""Which column plays which role: header words, values and position in one additive score.

``score = 0.6 × header + 0.4 × fit``, where *header* is the weight of the words (0 to 1) and *fit* how well
the values suit the role (0 rules it out). A column without a label is judged by its values alone, at half
weight. The score of the chosen role is the confidence shown; ``docs/method/intake.md`` explains it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillon.intake.grid import Cell
from maillon.intake.understand.cells import as_text, column_letters
from maillon.intake.understand.column_profile import ColumnProfile, profile_column
from maillon.intake.understand.fits import fit
from maillon.intake.understand.suppliers import distributor_in
from maillon.intake.understand.vocabulary import LIKELY, SURE, HeaderWords, read_header, words_of

_HEADER, _VALUES = 0.6, 0.4
_LOWEST = 0.42
#: What a column gains, in the order of service only, by being filled.
_FULLER = 0.08
_MONEY = frozenset((
    "unit_price", "unit_price_vat", "bulk_price", "price", "amount", "amount_vat", "own_value", "currency",
    "other", "vat_rate",
))  # fmt: skip
#: Words beside a distributor's name that still announce its part numbers.
_CODE_WORDS = frozenset(
    (
        "no",
        "pn",
        "ref",
        "reference",
        "code",
        "number",
        "sku",
        "part",
        "order",
        "id",
        "num",
        "nr",
        "p",
        "n",
        "oc",
    )
)
#: A word that names another role this much more surely excludes a role.
_SECONDARY = 0.59
#: Less than this, a header says nothing ("Part state" is no name of a part).
_WEAKEST = 0.45
#: Roles that a column without a label may take by its values, with the floor of their fit.
_UNLABELLED = {"designation": 0.55, "link": 0.6}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table with its label, its values and what they look like."""

    place: int  # zero-based column of the sheet
    label: str
    words: HeaderWords
    cells: Sequence[Cell]  # data cells, below the header
    profile: ColumnProfile

    @property
    def source(self) -> str:
        """The label as written, or the column's letters where it has none."""
        return self.label or column_letters(self.place)

    def samples(self) -> tuple[str, ...]:
        """Return the first three values as written."""
        texts = (as_text(c) for c in self.cells if c is not None)
        return (
            tuple(dict.fromkeys(t for t in texts if t))[:3] if len(self.cells) < 1000 else _first(self.cells)
        )


def _first(cells: Sequence[Cell]) -> tuple[str, ...]:
    texts = (as_text(c) for c in cells[:200] if c is not None)
    return tuple(dict.fromkeys(t for t in texts if t))[:3]


@dataclass(frozen=True, slots=True)
class Choice:
    """The role given to a column and the score that decided it."""

    column: Column
    confidence: float


def column_of(place: int, label: str, cells: Sequence[Cell]) -> Column:
    """Return the column with its profile and the meaning of its label."""
    return Column(place, label, read_header(label) if label else HeaderWords(), cells, profile_column(cells))


def choose_roles(columns: Sequence[Column]) -> dict[str, Choice]:
    """Return role → column, the best scores first; no column plays two roles, no role has two columns."""
    scored = [(score, role, column) for column in columns for role, score in _scores(column).items()]
    chosen: dict[str, Choice] = {}
    taken: set[int] = set()
    for score, role, column in sorted(scored, key=_precedence):
        if score < _LOWEST or column.place in taken or role in chosen:
            continue
        taken.add(column.place)
        if role == "other":  # known, and of no use: many columns may be
            continue
        chosen[role] = Choice(column, round(min(score, 1.0), 3))
    return chosen


def _precedence(scored: tuple[float, str, Column]) -> tuple[float, int, str]:
    # Of two columns that claim a role alike ("Module quantity", "Item quantity"), the fuller one has it.
    score, role, column = scored
    return -round(score + _FULLER * column.profile.filled, 6), column.place, role


def _scores(column: Column) -> Mapping[str, float]:
    weights = {**column.words.roles, **_at_a_distributor(column), **_of_designators(column)}
    if (column.words.ordinal or 0) > 1 and "supplier" in weights:
        weights["supplier_2"] = weights.pop("supplier")
    if (column.words.ordinal or 0) > 1:
        weights = {r: w * (1.0 if r == "supplier_2" else 0.8) for r, w in weights.items()}
    if not column.label:
        return _by_values(column)
    if column.words.currency:  # "Order (€)" is money, whatever an order may be elsewhere
        weights = {r: w if r in _MONEY else 0.3 * w for r, w in weights.items()}
        weights["price"] = max(weights.get("price", 0.0), LIKELY)
    scores: dict[str, float] = {}
    strongest = max(weights.values(), default=0.0)
    for role, weight in weights.items():
        if weight < max(_WEAKEST, _SECONDARY * strongest):
            continue  # "Sourcing notes" are notes; taken for a supplier they would do harm
        profile = column.profile
        if weight < SURE and not profile.count:
            continue  # an empty column plays a role only if its header leaves no doubt
        if weight <= LIKELY and role in _MONEY and profile.count and profile.numeric + profile.money < 0.5:
            continue  # "Value: +12 V" is no money
        suits = fit(role, column.profile, column.cells)
        if suits == 0 and role == "designators" and weight >= SURE:
            suits = 0.5 * column.profile.text  # boards are free in naming: "BOOT, RESET"
        if suits > 0:
            scores[role] = _HEADER * weight + _VALUES * suits
    return scores


def _at_a_distributor(column: Column) -> dict[str, float]:
    """Return what a header such as "DigiKey PN", "LCSC" or "Mouser #" says, given what stands below it."""
    firm = distributor_in(column.label) if column.label else None
    if firm is None:
        return {}
    profile = column.profile
    if column.words.roles.get("reference"):
        return {"supplier_reference": SURE}
    rest = set(words_of(column.label)) - {w for name in firm.spellings for w in words_of(name)}
    if rest - _CODE_WORDS or not profile.count:
        return {}
    if profile.url > 0.5:
        return {"link": SURE}
    prices = profile.money > 0.3 or (profile.numeric > 0.6 and profile.whole < 0.7 * profile.numeric)
    return {"unit_price": LIKELY} if prices else {"supplier_reference": SURE, "item_number": 0.0}


def _of_designators(column: Column) -> dict[str, float]:
    """Return designators for a column of "R1, R2" under a header that names something else."""
    profile = column.profile
    named = {"description", "designation", "reference", "item_number", "designators", "section"}
    says = {role for role, weight in column.words.roles.items() if weight >= LIKELY}
    if says - named or not column.label or profile.designator < 0.5 or profile.electronic < 0.5:
        return {}
    return {
        "designators": max(column.words.roles.get("designators", 0.0), LIKELY),
        "designation": 0.0,
        "description": 0.0,
    }


def _by_values(column: Column) -> dict[str, float]:
    found = {role: fit(role, column.profile, column.cells) for role in _UNLABELLED}
    return {role: 0.42 + 0.2 * suits for role, suits in found.items() if suits >= _UNLABELLED[role]}
