"""Diagnoses and their documents."""

from maillon.web.diagnose.models.run import DiagnosisRun, Document

__all__ = ["DiagnosisRun", "Document"]
