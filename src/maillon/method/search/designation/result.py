"""The ``Designation`` that a reading makes, with the reasons of its verdict."""

from __future__ import annotations

from collections.abc import Iterator

from maillon.core.reason import Reason
from maillon.method.search.designation.designation import Designation, NounFound
from maillon.method.search.designation.heads import Head
from maillon.method.search.designation.reading import Reading
from maillon.method.search.designation.verdict import Verdict, weigh
from maillon.reference.classifications.lexicon.nouns import find_noun


def read_designation(text: str, *, language: str | None = None) -> Designation:
    """Read a designation: noun, material, figures, treatments, and probabilities of families and processes.

    ``language`` (``fr`` or ``en``) settles words that are both; by default the words around them do. Lengths
    without a unit are millimetres. Whatever is not recognised is listed, never guessed; no text raises.

    >>> read = read_designation("CARTER INOX 316L EP 2 LG 340 H7")
    >>> read.noun.code, read.material.grade, read.tolerances
    ('housing', '316L', ('H7',))
    >>> [(d.kind, d.values) for d in read.dimensions]
    [('thickness', (2.0,)), ('length', (340.0,))]
    """
    reading = Reading(text, language)
    verdict = weigh(reading.clues)
    figures, left = reading.figures, list(reading.left_over())
    return Designation(
        text=reading.text,
        language=reading.language,
        noun=_noun(reading.text, reading.head) if reading.head else None,
        material=reading.materials[0] if reading.materials else None,
        materials=reading.materials,
        dimensions=tuple(figures.dimensions),
        tolerances=tuple(figures.tolerances),
        treatments=reading.treatments,
        named_processes=reading.named,
        standards=tuple(figures.standards),
        values=tuple(figures.values),
        quantities=tuple(figures.quantities),
        references=(*reading.known_references(), *(word for figured, word in left if figured)),
        families=verdict.families,
        processes=verdict.processes,
        reasons=tuple(_reasons(reading, verdict)),
        not_understood=tuple(word for figured, word in left if not figured),
    )


def _noun(text: str, head: Head) -> NounFound:
    noun = find_noun(head.code)
    return NounFound(
        code=head.code,
        fr=noun.label("fr"),
        en=noun.label("en"),
        matched=text[head.start : head.end],
        start=head.start,
        end=head.end,
        confidence=head.confidence,
        source=head.source,
    )


def _reasons(reading: Reading, verdict: Verdict) -> Iterator[Reason]:
    written = _written(reading)
    for step in verdict.steps:
        params = {"subject": step.subject, "words": written.get((step.clue, step.subject), "")}
        yield Reason(f"designation-{step.clue}", step.weight, params)


def _written(reading: Reading) -> dict[tuple[str, str], str]:
    """Return what the text says for each clue."""
    figures = reading.figures
    written = {("figure", m.kind): m.matched for m in (*figures.dimensions, *figures.values)}
    written["figure", "heavy-thickness"] = written.get(("figure", "thickness"), "")
    written["figure", "fit"] = ", ".join(figures.tolerances)
    written |= {("treatment", t.code): t.matched for t in reading.treatments}
    named = [p.matched for p in reading.processes if p.code in reading.clues.named]
    written["process", " ".join(reading.clues.named)] = ", ".join(named)
    if reading.head:
        written["noun", reading.head.code] = reading.text[reading.head.start : reading.head.end]
    if reading.materials:
        written["material", reading.materials[0].material_class] = reading.materials[0].matched
    return written
