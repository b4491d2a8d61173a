"""The page as a tagged PDF (PDF/UA-1), by WeasyPrint and the system's Pango library."""

from __future__ import annotations

from typing import Any

from maillon.core.errors import MissingData
from maillon.core.message import message

#: Id of the first section of the annex: the diagnosis is what stands before it.
_ANNEX = "lines"
#: Classes that set the two pages ever closer; the last one is the smallest that can still be read.
_CLOSER = ("snug", "tight")


def html_to_pdf(html: str) -> bytes:
    """Return the PDF of a page that carries its own style; nothing is fetched from anywhere.

    The diagnosis takes two pages: where it would run over, it is laid out again with less space between its
    parts, then with smaller text and charts. Raises ``MissingData`` when the system lacks Pango.
    """
    document = _lay_out(html)
    if _pages_before_annex(document) > _WANTED:
        document = _lay_out(_closer(html))
    made: bytes = document.write_pdf(**_TAGGED)
    return made


_WANTED = 2


def _closer(html: str) -> str:
    """Return the page under the first class that makes it fit, tried without its annex, which is long."""
    start, end = html.find(f'<section class="card long break" id="{_ANNEX}">'), html.find("</main>")
    alone = html if start < 0 else html[:start] + html[end:]
    for kind in _CLOSER[:-1]:
        if len(_lay_out(_set(alone, kind)).pages) <= _WANTED:
            return _set(html, kind)
    return _set(html, _CLOSER[-1])


def _set(html: str, kind: str) -> str:
    return html.replace("<body>", f'<body class="{kind}">', 1)


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
