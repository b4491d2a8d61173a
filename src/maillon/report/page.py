"""The diagnosis as one self-contained HTML page: on screen, on a telephone, on A4 paper."""

from __future__ import annotations

import base64
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

from maillon.core.message import message
from maillon.dossier import Dossier
from maillon.language import render
from maillon.report.figures import brief, percent
from maillon.report.view import EVIDENCE, prepare

_TEMPLATES = ("diagnosis.html", "report.css")


def dossier_html(dossier: Dossier, language: str = "fr") -> str:
    """Return the page: no script, no external address; print gives two A4 pages and an annex."""
    shown = prepare(dossier, language)
    page = _environment(autoescape=True).get_template("diagnosis.html")
    return page.render(
        **{key: value for key, value in shown.items() if key != "bars"},
        bars_of=shown["bars"],
        percent=percent,
        marks={code: (mark, render(word, language)) for code, (_, mark, word) in EVIDENCE.items()},
        source_rows=[[s["name"], s["kind"], s["size"], s["sha"]] for s in shown["sources"]],
        css=_stylesheet(dossier, language),
    )


def _stylesheet(dossier: Dossier, language: str) -> str:
    running = render(
        message("{name}: diagnosis of {date}", name=brief(dossier.name), date=dossier.date), language
    )
    sheet = _environment(autoescape=False).get_template("report.css")
    return sheet.render(font=_font(), running=_css_text(running))


def _css_text(words: str) -> str:
    """Return words as the inside of a CSS string that can end neither the string nor the style element."""
    return "".join(char if char.isalnum() or char in " .,:'’-" else f"\\{ord(char):x} " for char in words)


@cache
def _font() -> str:
    font = (files("maillon.report") / "fonts" / "inter-latin-5.3.0.woff2").read_bytes()
    return "data:font/woff2;base64," + base64.b64encode(font).decode()


@cache
def _environment(*, autoescape: bool) -> Environment:
    folder = files("maillon.report") / "templates"
    sources = {name: (folder / name).read_text(encoding="utf-8") for name in _TEMPLATES}
    return Environment(
        loader=DictLoader(sources),
        autoescape=autoescape,  # noqa: S701 - off for the style sheet only, whose text is escaped by _css_text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
