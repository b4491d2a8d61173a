"""What the permission matrix of the design says, told anew without the product's own sets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

#: Rows of the matrix (``security.md`` §4) a firm's own data: who reads and who writes.
EVERYTHING = {
    "profile", "upload", "bom", "bom_write", "prices", "files", "files_delete", "results", "results_write",
    "ranking", "mandates", "members", "journal",
}  # fmt: skip
WITH_MANDATE = {"upload", "bom", "bom_write", "results", "results_write", "ranking"}


@dataclass(frozen=True)
class Place:
    """A person's place: in a firm as owner or member, in a chamber as adviser or manager."""

    person: str
    body: str
    role: str
    granted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Access:
    """A mandate."""

    firm: str
    person: str | None
    extra: frozenset[str]
    confirmed: bool
    end: float
    revoked: bool = False


@dataclass
class Oracle:
    """The world as it should be; days since the beginning are its clock."""

    where: dict[str, str]
    places: list[Place] = field(default_factory=list)
    mandates: dict[object, Access] = field(default_factory=dict)
    covered: set[str] = field(default_factory=lambda: {"90"})
    closed: set[str] = field(default_factory=set)
    day: float = 0.0

    def may(self, person: str, firm: str) -> set[str]:
        """Return all that a person may do with a firm's data now."""
        if person in self.closed:
            return set()
        held: set[str] = set()
        mine = [place for place in self.places if place.person == person]
        for place in mine:
            if place.body == firm and place.role == "owner":
                held |= EVERYTHING
            elif place.body == firm and place.role == "member":
                held |= {"results", "ranking"} | self._granted(place.granted)
        if any(place.body == "office" and place.role == "adviser" for place in mine):
            held |= self._by_mandates(person, firm)
        return held

    @staticmethod
    def _granted(granted: frozenset[str]) -> set[str]:
        held = {"files"} & granted
        if granted & {"read", "write"}:
            held |= {"bom"} | ({"prices"} & granted)
        return held | ({"bom_write", "upload", "results_write"} if "write" in granted else set())

    def _by_mandates(self, person: str, firm: str) -> set[str]:
        held: set[str] = set()
        for each in self.mandates.values():
            theirs = each.firm == firm and each.person in (None, person)
            if theirs and not each.revoked and self.day < each.end and self.where[firm] in self.covered:
                held |= (WITH_MANDATE | each.extra) if each.confirmed else {"upload"}
        return held

    def change(self, person: str, body: str, **values: object) -> None:
        """Change a person's place."""
        self.places = [
            replace(p, **values) if (p.person, p.body) == (person, body) else p for p in self.places
        ]
