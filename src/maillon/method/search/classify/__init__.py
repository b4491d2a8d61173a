"""Classifying designations: processes, NAF, CPA and CN, with probabilities that were checked, or nothing."""

from maillon.method.search.classify.classify import classify_designation
from maillon.method.search.classify.result import Classification, CodeShare

__all__ = ["Classification", "CodeShare", "classify_designation"]
