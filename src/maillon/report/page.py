"""The diagnosis as one self-contained HTML page: on screen, on a telephone, on A4 paper."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from maillon.core.message import message
from maillon.dossier import Dossier
from maillon.language import render
from maillon.report.figures import brief
from maillon.report.view import EVIDENCE, prepare

_TEMPLATES = ("diagnosis.html", "report.css")


def dossier_html(dossier: Dossier, language: str = "fr") -> str:
    """Return the page: no script, no external address; print gives two A4 pages and an annex."""
    shown = prepare(dossier, language)
    page = _environment(autoescape=True).get_template("diagnosis.html")
    return page.render(
        **{key: value for key, value in shown.items() if key != "bars"},
        bars_of=shown["bars"],
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
    made = Environment(
        loader=DictLoader(sources),
        autoescape=autoescape,  # noqa: S701 - off for the style sheet only, whose text is escaped by _css_text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["soft"] = soften
    return made


def soften(words: str) -> Markup:
    """Return text, escaped, that may break inside words too long for a line; what is read or copied is whole.

    >>> soften("M6 <" + "x" * 24)
    Markup('M6 &lt;xxxxxxxxxxxxxxxxxxx<wbr>xxxxx')
    """
    cut = _LONG_RUN.sub(lambda run: f"{run[0]}{_BREAK}", words.replace(_BREAK, ""))
    return Markup("<wbr>").join(cut.split(_BREAK))


#: A run of twenty letters without a space that goes on.
_LONG_RUN = re.compile(r"\S{20}(?=\S)")
#: Stands for a possible break until the text is escaped; a private character that no name holds.
_BREAK = "\ue000"
