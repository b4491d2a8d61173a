"""Workbooks and JSON to take away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import HttpResponse

from maillon.web.ui.templatetags.maillon import language

if TYPE_CHECKING:
    from maillon.method.cost import Comparison

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_of(found: Comparison, name: str) -> HttpResponse:
    """Return the workbook of a comparison, every figure a formula over its factors."""
    from maillon.report.workbook.cost_book import write_cost_workbook  # noqa: PLC0415 - loads where asked

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cost.xlsx"
        write_cost_workbook(found, path, language())
        return attached(path.read_bytes(), XLSX, name)


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to download; a browser never opens it inside the page."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)
