"""The materials that a designation names, by grade or in words."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.method.search.designation.designation import MaterialFound
from maillon.method.search.designation.grades import GradeFound
from maillon.method.search.designation.words import Span, Words, find_spans
from maillon.reference.classifications.lexicon.materials import find_material, material_phrases
from maillon.reference.classifications.lexicon.nouns import find_noun, noun_phrases
from maillon.reference.classifications.processes import ANY_MATERIAL, find_process

WORKABLE = 0.3  # a compound noun names its own material if a process of it suits the material so well
ABBREVIATION = 3  # letters; French ones (AC for acier) mean other things in English


def named_classes(words: Words) -> frozenset[str]:
    """Return the classes of all materials named in words."""
    spans = find_spans(words, material_phrases(), [fact.material for fact in words.facts], set())
    return frozenset(find_material(span.meaning).material_class for span in spans)


def find_material_spans(words: Words, language: str | None, compounds: set[int]) -> list[Span]:
    """Return the words for materials outside compound nouns: "vis à bois" speaks of no wooden screw."""
    sizes = [fact.material for fact in words.facts]
    if not any(sizes):
        return []
    spans = find_spans(words, material_phrases(), sizes, compounds)
    return [span for span in spans if language != "en" or not _is_only_french(words, span)]


def _is_only_french(words: Words, span: Span) -> bool:
    """Whether an English text means something else by a word: pin is no pine, AC no acier."""
    key = words.keys[span.index]
    if span.size > 1 or key in find_material(span.meaning).english_keys:
        return False
    naming = noun_phrases().longest([key], 0)
    return len(key) <= ABBREVIATION or (naming is not None and naming[1].en is not None)


def head_material(words: Words, noun: str, places: Sequence[int], language: str | None) -> Span | None:
    """Return the material within the compound that names the part, if the part can be made of it.

    An aluminium profile is of aluminium; a wood screw is not of wood.
    """
    for index in places:
        if words.facts[index].material:
            found = material_phrases().longest(words.keys[: places[-1] + 1], index)
            span = Span(index, *found) if found else None
            if span is None or (language == "en" and _is_only_french(words, span)):
                continue
            if _can_be_made_of(noun, find_material(span.meaning).material_class):
                return span
    return None


def _can_be_made_of(noun: str, material_class: str) -> bool:
    part = find_noun(noun)
    processes = (q for family in part.families_in(material_class) for q in part.processes_in(family))
    materials = (find_process(process).materials for process in processes)
    return any(ANY_MATERIAL not in made and made.get(material_class, 0.0) >= WORKABLE for made in materials)


def list_materials(
    text: str, words: Words, grades: Sequence[GradeFound], spans: Sequence[Span]
) -> tuple[MaterialFound, ...]:
    """Return the materials named, grades first; a word of a grade's own class adds nothing."""
    found = [_graded(text, grade) for grade in grades]
    classes = {one.material_class for one in found}
    for span in spans:
        kind = find_material(span.meaning)
        if kind.material_class not in classes:
            start, end = words.starts[span.index], words.ends[span.index + span.size - 1]
            found.append(MaterialFound(kind.code, kind.material_class, None, text[start:end], start, end))
    return tuple(sorted(found, key=lambda f: (f.grade is None, f.start))) if len(found) > 1 else tuple(found)


def _graded(text: str, found: GradeFound) -> MaterialFound:
    kind = find_material(found.grade.material)
    written = text[found.start : found.end]
    return MaterialFound(kind.code, kind.material_class, found.grade.name, written, found.start, found.end)
