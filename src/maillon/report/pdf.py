"""The page as a tagged PDF (PDF/UA-1), by WeasyPrint and the system's Pango library."""

from __future__ import annotations

from typing import Any

from maillon.core.errors import MissingData
from maillon.core.message import message

#: Id of the first section of the annex: the diagnosis is what stands before it.
_ANNEX = "lines"


def html_to_pdf(html: str) -> bytes:
    """Return the PDF of a page that carries its own style; nothing is fetched from anywhere.

    The diagnosis takes two pages: where it would run over, it is laid out again with smaller text and charts.
    Raises ``MissingData`` when the system lacks Pango.
    """
    document = _lay_out(html)
    if _pages_before_annex(document) > 2:
        document = _lay_out(html.replace("<body>", '<body class="tight">', 1))
    made: bytes = document.write_pdf(**_TAGGED)
    return made


_TAGGED: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}


def _lay_out(html: str) -> Any:
    try:
        from weasyprint import HTML, URLFetcher  # noqa: PLC0415 - loads a system library that may be absent
    except OSError as error:
        raise MissingData(
            message("The PDF needs the system's Pango library, which is absent."),
            message(
                "On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0. The other formats are written."
            ),
        ) from error
    carried_only = URLFetcher(allowed_protocols={"data"})
    return HTML(string=html, url_fetcher=carried_only).render(**_TAGGED)


def _pages_before_annex(document: Any) -> int:
    """Count the pages before the annex; none where the page has no annex."""
    return next((place for place, page in enumerate(document.pages) if _ANNEX in page.anchors), 0)
