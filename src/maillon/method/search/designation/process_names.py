"""The processes and treatments that a designation names."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.method.search.designation.designation import ProcessFound
from maillon.method.search.designation.words import Span, Words, find_spans
from maillon.reference.classifications.lexicon.process_words import process_phrases
from maillon.reference.classifications.lexicon.trades import names_workshop, trade_of
from maillon.reference.classifications.processes import find_process

UNSUITED = 0.05
COLOURED = "powder-coating"
PLASTIC = "plastic"


def find_process_spans(words: Words, taken: set[int]) -> list[Span]:
    """Return the words that name processes, outside the words already ``taken``."""
    sizes = [fact.process for fact in words.facts]
    return find_spans(words, process_phrases(), sizes, taken) if any(sizes) else []


def list_processes(
    text: str,
    words: Words,
    spans: Sequence[Span],
    colours: Sequence[tuple[int, int]],
    material_class: str | None,
) -> tuple[ProcessFound, ...]:
    """Return the processes and treatments named, in order.

    A RAL colour means powder coating, save on what is moulded: there it is the colour of the granules.
    """
    found = []
    for span in spans:
        start, end = words.starts[span.index], words.ends[span.index + span.size - 1]
        found.append(ProcessFound(span.meaning, text[start:end], start, end))
    moulded = material_class == PLASTIC or any(find_process(f.code).group == "plastics" for f in found)
    if colours and not moulded:
        found += [ProcessFound(COLOURED, text[start:end], start, end) for start, end in colours]
    return tuple(sorted(found, key=lambda f: f.start)) if len(found) > 1 else tuple(found)


def suits(process: str, material_class: str | None) -> bool:
    """Whether a process named can work the material named: "aluminium extrudé" is no extruded plastic."""
    return material_class is None or find_process(process).suits(material_class) > UNSUITED


def workshop_families(folded: str, found: Sequence[ProcessFound]) -> tuple[str, ...]:
    """Return the families of parts that the workshops named make: FONDERIE, TOLERIE, MECANO-SOUDE."""
    trades = (trade_of(one.code) for one in found if names_workshop(folded[one.start : one.end]))
    return tuple(sorted({trade.family for trade in trades if trade and trade.family}))
