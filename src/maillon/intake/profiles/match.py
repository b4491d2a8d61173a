"""Exports of known software, recognised by their headers: which column plays which role, without guessing."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maillon.intake.grid import Sheet
from maillon.intake.understand.cells import as_text

_DEEPEST_HEADER = 30
_FILES = ("odoo.toml", "sage.toml", "cegid.toml")


@dataclass(frozen=True, slots=True)
class Profile:
    """One export of one software: its headers, simplified, by role.

    ``kind`` is ``bom``, ``items`` (an item master) or ``prices`` (prices by vendor). Each element of
    ``signature`` lists headers of which one must be there.
    """

    code: str
    name: str
    kind: str
    signature: tuple[frozenset[str], ...]
    roles: Mapping[str, tuple[str, ...]]

    def matches(self, headers: Sequence[str]) -> bool:
        """Whether every element of the signature stands among ``headers``."""
        simple = {simplify(header) for header in headers if header}
        return all(simple & wanted for wanted in self.signature)

    def columns(self, headers: Sequence[str]) -> dict[str, str]:
        """Return role → header as written; a header plays one role, the first alternative of a role wins."""
        places: dict[str, str] = {}
        for header in headers:
            if header:
                places.setdefault(simplify(header), header)
        found: dict[str, str] = {}
        for role, names in self.roles.items():
            written = next((places[name] for name in names if name in places), None)
            if written is not None and written not in found.values():
                found[role] = written
        return found


def simplify(header: str) -> str:
    """Return a header without accents, case and punctuation; paths keep their slashes and underscores.

    >>> simplify("Prix d'achat"), simplify("Lignes de nomenclature / Composant"), simplify("CPNITMREF_0")
    ('prix d achat', 'lignes de nomenclature/composant', 'cpnitmref_0')
    """
    plain = unicodedata.normalize("NFKD", header).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.sub(r"[^a-z0-9_/()]+", " ", plain).strip()
    return re.sub(r" ?/ ?", "/", words)


@cache
def profiles() -> tuple[Profile, ...]:
    """Return every known export."""
    found = []
    for name in _FILES:
        table = tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
        stem = name.removesuffix(".toml")
        found += [_profile(f"{stem}/{code}", fields) for code, fields in table.items()]
    return tuple(found)


def _profile(code: str, fields: Mapping[str, object]) -> Profile:
    signature, roles = fields["signature"], fields["roles"]
    if not isinstance(signature, list) or not isinstance(roles, dict):
        raise TypeError(f"profile {code} has no signature or no roles")
    return Profile(
        code=code,
        name=str(fields["name"]),
        kind=str(fields["kind"]),
        signature=tuple(frozenset(names) for names in signature),
        roles={role: tuple(names) for role, names in roles.items()},
    )


def match_profile(headers: Sequence[str]) -> Profile | None:
    """Return the export that a header row announces, the one with most known columns; None if there is none.

    >>> match_profile(["ITMREF_0", "CPNITMREF_0", "LIKQTY_0"]).name
    'Sage X3: bills of materials (templates BOMP, BOMC)'
    >>> match_profile(["Référence", "Désignation", "Qté"]) is None
    True
    """
    fitting = [profile for profile in profiles() if profile.matches(headers)]
    ranked = sorted(fitting, key=lambda p: (len(p.signature), len(p.columns(headers))), reverse=True)
    return ranked[0] if ranked else None


def mapping_for(sheets: Sequence[Sheet]) -> dict[str, object] | None:
    """Return a column mapping (``maillon-mapping/1``) for sheets that are known exports; None if none is."""
    tables = []
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:_DEEPEST_HEADER]):
            headers = [as_text(cell) or "" for cell in row]
            profile = match_profile(headers)
            if profile is not None:
                columns = profile.columns(headers)
                tables.append({"sheet": sheet.name, "header_row": index + 1, "columns": columns})
                break
    return {"format": "maillon-mapping/1", "tables": tables} if tables else None
