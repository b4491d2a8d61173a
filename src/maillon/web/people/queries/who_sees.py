"""The table "who sees what", read off the rules that decide: never written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillon.web.people import rights
from maillon.web.people.rights import Grants, Right

WORDS = {
    Right.PROFILE: _("The firm’s card: read and change"),
    Right.RESULTS: _("Diagnosis, costs, plan"),
    Right.RANKING: _("Suppliers found, lists"),
    Right.BOM: _("Lines and suppliers’ names"),
    Right.PRICES: _("Prices and volumes"),
    Right.FILES: _("Original files"),
    Right.UPLOAD: _("Bring files in"),
    Right.BOM_WRITE: _("Change lines"),
    Right.RESULTS_WRITE: _("Have results computed"),
    Right.FILES_DELETE: _("Delete the original files"),
    Right.MANDATES: _("Give and end mandates"),
    Right.MEMBERS: _("Invite and remove colleagues"),
    Right.JOURNAL: _("The journal of everything done"),
}
YES, GRANTED, NO = _("yes"), _("if granted"), _("no")


@dataclass(frozen=True, slots=True)
class Row:
    """One right and what each kind of person may do of it."""

    right: str | Promise
    cells: tuple[str | Promise, ...]


def roles() -> list[tuple[str | Promise, list[frozenset[Right]]]]:
    """Return each kind of person with the rights held under every combination of what may be granted."""
    grants = [Grants(*each) for each in product((False, True), repeat=4)]
    return [
        (_("The firm’s owner"), [rights.OWNER]),
        (_("A member of the firm"), [rights.rights_of_member(g) for g in grants]),
        (_("An adviser with a mandate"), [rights.rights_of_mandate(g, confirmed=True) for g in grants]),
        (_("A mandate to be confirmed"), [rights.rights_of_mandate(g, confirmed=False) for g in grants]),
        (_("Everybody else"), [frozenset()]),
    ]


def who_sees_what() -> list[Row]:
    """Return a row a right, in the order of the words."""
    held = [possible for _name, possible in roles()]
    return [Row(words, tuple(_cell(right, possible) for possible in held)) for right, words in WORDS.items()]


def _cell(right: Right, possible: Iterable[frozenset[Right]]) -> str | Promise:
    found = {right in each for each in possible}
    return GRANTED if len(found) > 1 else YES if True in found else NO
