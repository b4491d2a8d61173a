"""Step 2, diagnose: where the parts come from, how local the product is, where the firm is fragile."""

from maillon.method.diagnose.assumptions import DiagnoseAssumptions
from maillon.method.diagnose.compare import compare_diagnoses
from maillon.method.diagnose.concentration import concentration
from maillon.method.diagnose.costs import CostedBom, cost_bom
from maillon.method.diagnose.diagnose import diagnose_bom
from maillon.method.diagnose.foreign import foreign_spend
from maillon.method.diagnose.local import default_territories, index_shares, local_content
from maillon.method.diagnose.origin_check import check_origin
from maillon.method.diagnose.questions import smallest_question_set
from maillon.method.diagnose.results import Comparison, Diagnosis, Guarantee
from maillon.method.diagnose.words import reason_message

__all__ = [
    "Comparison",
    "CostedBom",
    "DiagnoseAssumptions",
    "Diagnosis",
    "Guarantee",
    "check_origin",
    "compare_diagnoses",
    "concentration",
    "cost_bom",
    "default_territories",
    "diagnose_bom",
    "foreign_spend",
    "index_shares",
    "local_content",
    "reason_message",
    "smallest_question_set",
]
