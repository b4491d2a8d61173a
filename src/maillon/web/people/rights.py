"""What one may do with the data of a firm. The table of ``security.md`` §4, as sets."""

from __future__ import annotations

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
