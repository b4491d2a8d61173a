"""The page as a tagged PDF (PDF/UA-1), by WeasyPrint and the system's Pango library."""

from __future__ import annotations

from maillon.core.errors import MissingData
from maillon.core.message import message


def html_to_pdf(html: str) -> bytes:
    """Return the PDF of a page that carries its own style; nothing is fetched from anywhere.

    Raises ``MissingData`` when the system lacks Pango.
    """
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
    made: bytes = HTML(string=html, url_fetcher=carried_only).write_pdf(pdf_variant="pdf/ua-1")
    return made
