"""Understanding spreadsheets: raw sheets → tables → a bill of materials or a ledger, with doubts."""

from maillon.intake.understand.workbook import understand

__all__ = ["understand"]
