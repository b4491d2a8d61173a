"""Results → HTML, PDF, XLSX, JSON."""

from maillon.report.machine import diagnosis_json, dossier_json
from maillon.report.write import write_dossier

__all__ = ["diagnosis_json", "dossier_json", "write_dossier"]
