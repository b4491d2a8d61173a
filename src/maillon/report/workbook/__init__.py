"""The dossier as a workbook: every line, every figure, and live formulas where a reader can check one."""

from maillon.report.workbook.book import write_workbook

__all__ = ["write_workbook"]
