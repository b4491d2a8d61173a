"""The shared texts of a workbook: how many there are, and which are longer than a cell may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.bounds import MAX_CELLS, MAX_TEXT
from maillon.intake.formats.xml_guard import local, new_parser, not_well_formed

#: A shared text in the form every program writes. Whatever looks otherwise is left to the exact parser.
_PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>[^<]{0,%d}</t></si>' % MAX_TEXT)
_BORDER = b"<si>"
_LONGEST_HELD = 1 << 20


class SharedTexts:
    """The count of shared texts and the numbers of those that are too long."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.count = 0
        self.too_long: set[int] = set()
        self._length = 0
        self._texts_deep = 0
        self._plain = True
        self._parser = new_parser(part)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        self._parser.CharacterDataHandler = self._text

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the whole part."""
        held = b""
        try:
            for chunk in chunks:
                held += chunk
                cut = held.rfind(_BORDER)
                if cut <= 0:
                    cut = len(held) if len(held) > _LONGEST_HELD else 0
                self._feed(held[:cut])
                held = held[cut:]
            self._feed(held)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise not_well_formed(self.part, error) from error

    def _feed(self, data: bytes) -> None:
        """Count the plain texts and hand the rest, in its order, to the exact parser.

        A long text must keep its own number, so plain ones are taken out only before the first such text
        could matter: between two cuts the exact parser counts those it sees after those taken out.
        """
        rest, plain = _PLAIN.subn(b"", data)
        if b"<si" in rest or b":si" in rest:  # order matters for the numbers: let the parser see them all
            rest, plain = data, 0
        self.count += plain
        self._parser.Parse(rest, False)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "sst":
            self._check_announced(attributes.get("uniqueCount", "0"))
        elif name == "si":
            self._length = 0
        elif name == "t":
            self._texts_deep += 1

    def _stop(self, tag: str) -> None:
        name = local(tag)
        if name == "si":
            if self._length > MAX_TEXT:
                self.too_long.add(self.count)
            self.count += 1
        elif name == "t":
            self._texts_deep -= 1

    def _text(self, text: str) -> None:
        if self._texts_deep:
            self._length += len(text)

    def _check_announced(self, announced: str) -> None:
        """Refuse a count that would make a reader reserve memory for nothing."""
        if not announced.isdigit() or int(announced) > MAX_CELLS:
            raise RefusedFile(
                message(
                    "{part}: {count} shared texts are announced; at most {limit} are read.",
                    part=self.part,
                    count=announced[:20],
                    limit=MAX_CELLS,
                ),
                message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
            )
