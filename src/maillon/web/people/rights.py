"""What one may do with the data of a firm. The table of ``security.md`` §4, as sets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """One kind of access to the data of one firm."""

    PROFILE = "profile"  #: the firm's own card, to read and write
    UPLOAD = "upload"  #: bring a file in, without seeing what is there
    BOM = "bom"  #: lines and suppliers' names
    BOM_WRITE = "bom_write"
    PRICES = "prices"  #: prices and volumes, on top of BOM
    FILES = "files"  #: the files as they were given
    FILES_DELETE = "files_delete"
    RESULTS = "results"  #: diagnosis, costs, plan
    RESULTS_WRITE = "results_write"  #: have them computed, change assumptions
    RANKING = "ranking"  #: candidates and lists of a project
    MANDATES = "mandates"  #: give and revoke access
    MEMBERS = "members"  #: invite and remove colleagues
    JOURNAL = "journal"  #: everything that was done with the firm's data


OWNER = frozenset(Right)
#: Every member; lines, prices and files come on top, one by one, where the owner grants them.
MEMBER = frozenset({Right.RESULTS, Right.RANKING})
#: An adviser whose mandate is confirmed and alive; prices and files are rights of their own.
MANDATE = frozenset(
    {Right.UPLOAD, Right.BOM, Right.BOM_WRITE, Right.RESULTS, Right.RESULTS_WRITE, Right.RANKING}
)
#: Until the firm has confirmed: what is brought in stays sealed in the firm's space.
UNCONFIRMED = frozenset({Right.UPLOAD})


@dataclass(frozen=True, slots=True)
class Grants:
    """What is granted one by one: to a member by the owner, to a chamber by the mandate."""

    lines: bool = False  #: read the lines; a mandate always does
    write: bool = False  #: change them, bring files in, have results computed
    prices: bool = False
    files: bool = False


def rights_of_member(grants: Grants) -> frozenset[Right]:
    """Return what a member of a firm may do; prices are seen on lines only."""
    held = set(MEMBER)
    if grants.lines:
        held |= {Right.BOM, Right.PRICES} if grants.prices else {Right.BOM}
    if grants.lines and grants.write:
        held |= {Right.BOM_WRITE, Right.UPLOAD, Right.RESULTS_WRITE}
    return frozenset(held | ({Right.FILES} if grants.files else set()))


def rights_of_mandate(grants: Grants, *, confirmed: bool) -> frozenset[Right]:
    """Return what a live mandate opens to an adviser."""
    if not confirmed:
        return UNCONFIRMED
    asked = {Right.PRICES: grants.prices, Right.FILES: grants.files}
    return MANDATE | {right for right, granted in asked.items() if granted}
