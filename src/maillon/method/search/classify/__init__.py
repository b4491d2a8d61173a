"""Classifying designations: processes, NAF, CPA and CN, with probabilities that were checked, or nothing."""

from maillon.method.search.classify.batch import classify_designations
from maillon.method.search.classify.classify import classify_designation
from maillon.method.search.classify.explanation import explain_reasons
from maillon.method.search.classify.labels import code_label
from maillon.method.search.classify.result import Classification, CodeShare

__all__ = [
    "Classification",
    "CodeShare",
    "classify_designation",
    "classify_designations",
    "code_label",
    "explain_reasons",
]
