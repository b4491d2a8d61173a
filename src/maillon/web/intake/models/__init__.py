"""Uploads, versions of a bill of materials or ledger, their lines and each change of a cell."""

from maillon.web.intake.models.columns import ColumnMemory
from maillon.web.intake.models.importing import Import
from maillon.web.intake.models.line import PRICE_FIELDS, Line, LineEdit
from maillon.web.intake.models.upload import Upload
from maillon.web.intake.models.vendor import VendorDecision, VendorMatch
from maillon.web.intake.models.version import Version

__all__ = [
    "PRICE_FIELDS",
    "ColumnMemory",
    "Import",
    "Line",
    "LineEdit",
    "Upload",
    "VendorDecision",
    "VendorMatch",
    "Version",
]
