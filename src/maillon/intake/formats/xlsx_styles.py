"""The styles of a workbook, reduced to what tells more than the value: currency, percent, indent."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from maillon.intake.formats.traces import Traces
from maillon.intake.formats.xml_guard import local, new_parser, not_well_formed

#: Built-in number formats that matter (ECMA-376 part 1, 18.8.30): percentages, currencies of the locale.
_BUILT_IN = {9: "0%", 10: "0.00%"}
#: Built-in dates ``d-mmm`` and ``mmm-yy``: what Excel chooses when it takes "2-3" or "MARS1" for a date.
_SHORT_DATES = {16, 17}
_SHORT_DATE_CODES = re.compile(r"(?:d{1,2}[-/ \\]+m{3,4}|m{3,4}[-/ \\]+yy(?:yy)?)(?:;@)?", re.IGNORECASE)
_TELLING = re.compile(r"%|[€$£¥₣₤¤]|\[\$[^-\]]|EUR|USD|GBP|CHF|PLN|CZK|SEK|HUF|RON|zł|Kč")
_COLOUR = re.compile(r"\[(?:red|black|blue|green|white|yellow|cyan|magenta|color ?\d+)\]", re.IGNORECASE)
#: The language of a format, without a currency: ``[$-40C]``.
_LOCALE = re.compile(r"\[\$-[0-9A-Fa-f]+\]")


@dataclass
class Styles:
    """By number of style: its telling number format, its indent, and whether it is a short date."""

    formats: dict[int, str] = field(default_factory=dict)
    indents: dict[int, int] = field(default_factory=dict)
    short_dates: set[int] = field(default_factory=set)

    def notable(self) -> frozenset[int]:
        """Return every style that says something."""
        return frozenset(self.formats) | frozenset(self.indents) | frozenset(self.short_dates)

    def note(self, traces: Traces, place: tuple[int, int], style: int) -> None:
        """Remember what a style says about one filled cell."""
        self.note_column(traces, place[1], [place[0]], style)

    def note_column(self, traces: Traces, column: int, rows: list[int], style: int) -> None:
        """Remember what a style says about filled cells of one column, its rows in order."""
        if style in self.formats:
            traces.formats.add(column, rows, self.formats[style])
        if style in self.indents:
            traces.indents.add(column, rows, self.indents[style])
        if style in self.short_dates:
            traces.shortened.extend((row, column) for row in rows)


def telling_format(code: str) -> str | None:
    """Return a number format that names a currency or a percentage, None for any other.

    >>> telling_format("#,##0.00 [$€-40C]"), telling_format("0.0%"), telling_format("[$-40C]d mmm yyyy")
    ('#,##0.00 [$€-40C]', '0.0%', None)
    """
    return code if _TELLING.search(_LOCALE.sub("", _COLOUR.sub("", code))) else None


class _StyleReader:
    """Collects ``numFmts`` and ``cellXfs``; a style is the position of its ``xf`` in ``cellXfs``."""

    def __init__(self, part: str) -> None:
        self.parser = new_parser(part)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._stop
        self.codes: dict[int, str] = {}
        self.cells: list[tuple[int, int]] = []  # number format, indent
        self._inside = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            self.codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif self._inside and name == "xf":
            self.cells.append((_whole(attributes.get("numFmtId")), 0))
        elif self._inside and name == "alignment" and self.cells:
            self.cells[-1] = (self.cells[-1][0], min(250, _whole(attributes.get("indent"))))

    def _stop(self, tag: str) -> None:
        if local(tag) == "cellXfs":
            self._inside = False


def read_styles(part: str, content: bytes) -> Styles:
    """Read ``styles.xml``."""
    reader = _StyleReader(part)
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise not_well_formed(part, error) from error
    styles = Styles()
    for number, (number_format, indent) in enumerate(reader.cells):
        code = reader.codes.get(number_format) or _BUILT_IN.get(number_format, "")
        if telling := telling_format(code):
            styles.formats[number] = telling
        if indent:
            styles.indents[number] = indent
        if number_format in _SHORT_DATES or _SHORT_DATE_CODES.fullmatch(code):
            styles.short_dates.add(number)
    return styles


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0
