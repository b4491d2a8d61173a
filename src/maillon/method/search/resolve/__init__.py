"""From a vendor's messy name to its establishment: a calibrated probability, and the right to say none."""

from maillon.method.search.resolve.decisions import Decisions, read_decisions, vendor_key
from maillon.method.search.resolve.explanation import explain_vendor_reason
from maillon.method.search.resolve.resolve import resolve_vendors
from maillon.method.search.resolve.result import Decision, Resolution, VendorCandidate, VendorMatch
from maillon.method.search.resolve.review import ReviewedVendor, group_for_review

__all__ = [
    "Decision",
    "Decisions",
    "Resolution",
    "ReviewedVendor",
    "VendorCandidate",
    "VendorMatch",
    "explain_vendor_reason",
    "group_for_review",
    "read_decisions",
    "resolve_vendors",
    "vendor_key",
]
