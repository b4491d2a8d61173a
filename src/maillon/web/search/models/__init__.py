"""Candidates kept for the needs of a version, shortlists, lists of firms, corrections proposed."""

from maillon.web.search.models.correction import CORRECTABLE, ProposedCorrection
from maillon.web.search.models.firm_list import FirmList, OfficeList
from maillon.web.search.models.need import NeedResult
from maillon.web.search.models.shortlist import ListEntry, Shortlist

__all__ = [
    "CORRECTABLE",
    "FirmList",
    "ListEntry",
    "NeedResult",
    "OfficeList",
    "ProposedCorrection",
    "Shortlist",
]
