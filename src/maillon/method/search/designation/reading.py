"""Reading one designation, from text to ``Designation``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from maillon.core.reason import Reason
from maillon.method.search.designation.designation import Designation, MaterialFound, NounFound, ProcessFound
from maillon.method.search.designation.grades import GradeFound, find_grades
from maillon.method.search.designation.heads import SURE, Head, head_of_codes, head_of_words, settle_head
from maillon.method.search.designation.measures import Figures, blank, find_figures
from maillon.method.search.designation.naming import NounSpan, find_nouns, guess_language
from maillon.method.search.designation.typos import respell
from maillon.method.search.designation.verdict import Clues, Verdict, weigh
from maillon.method.search.designation.words import Span, Word, find_spans, process_phrases, split_words
from maillon.reference.classifications.lexicon.clues import known_clues
from maillon.reference.classifications.lexicon.folding import clean_text, fold
from maillon.reference.classifications.lexicon.grammar import grammar_words
from maillon.reference.classifications.lexicon.materials import find_material, material_phrases
from maillon.reference.classifications.lexicon.nouns import find_noun
from maillon.reference.classifications.lexicon.standards import ReferenceFound, find_references
from maillon.reference.classifications.processes import find_process

UNSUITED = 0.05
LONGEST_TEXT = 500  # characters read: a designation is a line, and the time to read it stays bounded


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
    return _Reading(text, language).result()


class _Reading:
    """One pass over one text; each property is a step that uses the ones above it."""

    def __init__(self, text: str, language: str | None) -> None:
        self.text = clean_text(text[:LONGEST_TEXT])
        self.asked_language = language
        self.folded = fold(self.text)

    @cached_property
    def has_figures(self) -> bool:
        return any(letter.isdigit() for letter in self.folded)

    @cached_property
    def grades(self) -> list[GradeFound]:
        return find_grades(self.folded, self._classes_named)

    def _classes_named(self) -> frozenset[str]:
        spans = find_spans(split_words(self.folded)[0], material_phrases(), set())
        return frozenset(find_material(span.meaning).material_class for span in spans)

    @cached_property
    def references(self) -> list[ReferenceFound]:
        return find_references(self.folded) if self.has_figures else []

    @cached_property
    def figures(self) -> Figures:
        if not self.has_figures:
            return Figures()
        sure = [(r.start, r.end) for r in self.references if r.confidence > SURE]
        spans = [(g.start, g.end) for g in self.grades] + sure
        return find_figures(blank(self.folded, spans), self.text)

    @cached_property
    def split(self) -> tuple[list[Word], list[str]]:
        spans = [(g.start, g.end) for g in self.grades] + self.figures.spans
        return split_words(blank(self.folded, spans) if spans else self.folded)

    @cached_property
    def words(self) -> list[Word]:
        return [respell(word) for word in self.split[0]]

    @cached_property
    def nouns(self) -> list[NounSpan]:
        return find_nouns(self.words)

    @cached_property
    def language(self) -> str | None:
        return self.asked_language or guess_language(self.text, self.split[1], self.words, self.nouns)

    @cached_property
    def compound_words(self) -> set[int]:
        """The words that compound nouns take: "vis à bois" speaks of no wooden screw."""
        return _indexes(span for span in self.nouns if span.size > 1)

    @cached_property
    def naming_words(self) -> set[int]:
        """The words of the head, of compounds and of weak nouns: "sous-assemblage" names no process."""
        weak = _indexes(s for s in self.nouns if all(find_noun(n).is_weak for n in s.naming.nouns()))
        head = self.head
        within = {i for i, w in enumerate(self.words) if head and head.start <= w.start < head.end}
        return self.compound_words | weak | within

    @cached_property
    def material_spans(self) -> list[Span]:
        return find_spans(self.words, material_phrases(), self.compound_words)

    @cached_property
    def process_spans(self) -> list[Span]:
        return find_spans(self.words, process_phrases(), self.naming_words)

    @cached_property
    def head(self) -> Head | None:
        materials = _indexes(self.material_spans)
        free = [
            span for span in self.nouns if not set(range(span.index, span.index + span.size)) <= materials
        ]
        from_words = head_of_words(self.words, self.nouns, free or self.nouns, self.language)
        return settle_head(from_words, head_of_codes(self.folded, self.figures, self.references))

    @cached_property
    def materials(self) -> tuple[MaterialFound, ...]:
        found = [self._graded(grade) for grade in self.grades]
        for span in self.material_spans:
            start, end = self._place(span)
            kind = find_material(span.meaning)
            if not any(f.material_class == kind.material_class for f in found if f.grade):
                found.append(
                    MaterialFound(kind.code, kind.material_class, None, self.text[start:end], start, end)
                )
        return tuple(sorted(found, key=lambda f: (f.grade is None, f.start)))

    def _graded(self, found: GradeFound) -> MaterialFound:
        kind = find_material(found.grade.material)
        written = self.text[found.start : found.end]
        return MaterialFound(
            kind.code, kind.material_class, found.grade.name, written, found.start, found.end
        )

    def _place(self, span: Span) -> tuple[int, int]:
        return self.words[span.index].start, self.words[span.index + span.size - 1].end

    @cached_property
    def process_words(self) -> tuple[ProcessFound, ...]:
        found = []
        for span in self.process_spans:
            start, end = self._place(span)
            found.append(ProcessFound(span.meaning, self.text[start:end], start, end))
        for start, end in self.figures.colours:
            found.append(ProcessFound("powder-coating", self.text[start:end], start, end))
        return tuple(sorted(found, key=lambda f: f.start))

    def treatments(self) -> tuple[ProcessFound, ...]:
        return tuple(f for f in self.process_words if find_process(f.code).is_treatment)

    def named(self) -> tuple[ProcessFound, ...]:
        return tuple(f for f in self.process_words if not find_process(f.code).is_treatment)

    @cached_property
    def clues(self) -> Clues:
        kinds = {m.kind for m in (*self.figures.dimensions, *self.figures.values)}
        kinds |= {"fit"} if self.figures.has_fit else set()
        return Clues(
            noun=self.head.code if self.head else None,
            confidence=self.head.confidence if self.head else 0.0,
            material_class=self.materials[0].material_class if self.materials else None,
            material=self.materials[0].code if self.materials else None,
            treatments=tuple(sorted({t.code for t in self.treatments()})),
            figures=tuple(sorted(kinds & known_clues())),
            named=tuple(sorted({p.code for p in self.named() if self._suits(p.code)})),
        )

    def _suits(self, process: str) -> bool:
        """Whether a process named can work the material named: "aluminium extrudé" is no extruded plastic."""
        return not self.materials or find_process(process).suits(self.materials[0].material_class) > UNSUITED

    def reasons(self, verdict: Verdict) -> Iterator[Reason]:
        written = self._written()
        for step in verdict.steps:
            params = {"subject": step.subject, "words": written.get((step.clue, step.subject), "")}
            yield Reason(f"designation-{step.clue}", step.weight, params)

    def _written(self) -> dict[tuple[str, str], str]:
        """Return what the text says for each clue."""
        written = {("figure", m.kind): m.matched for m in (*self.figures.dimensions, *self.figures.values)}
        written["figure", "fit"] = ", ".join(self.figures.tolerances)
        written |= {("treatment", t.code): t.matched for t in self.treatments()}
        written["process", " ".join(self.clues.named)] = ", ".join(p.matched for p in self.named())
        if self.head:
            written["noun", self.head.code] = self.text[self.head.start : self.head.end]
        if self.materials:
            written["material", self.materials[0].material_class] = self.materials[0].matched
        return written

    def not_understood(self) -> tuple[str, ...]:
        """Return the words that nothing explained, as written; digits among letters make a reference."""
        return tuple(self.text[w.start : w.end] for w in self._left_over() if not _has_digit(w.key))

    def supplier_references(self) -> tuple[str, ...]:
        known = [self.text[r.start : r.end] for r in self.references if r.confidence > SURE]
        return (*known, *(self.text[w.start : w.end] for w in self._left_over() if _has_digit(w.key)))

    def _left_over(self) -> Iterator[Word]:
        grammar = grammar_words()
        spans: Sequence[Span | NounSpan] = [*self.nouns, *self.material_spans, *self.process_spans]
        taken = _indexes(spans)
        places = [(r.start, r.end) for r in self.references]
        if self.head:
            places.append((self.head.start, self.head.end))
        for index, word in enumerate(self.words):
            covered = any(start <= word.start < end for start, end in places)
            if index not in taken and word.key not in grammar and not covered and len(word.key) > 1:
                yield word

    def result(self) -> Designation:
        verdict = weigh(self.clues)
        figures = self.figures
        return Designation(
            text=self.text,
            language=self.language,
            noun=self._noun(),
            material=self.materials[0] if self.materials else None,
            materials=self.materials,
            dimensions=tuple(figures.dimensions),
            tolerances=tuple(figures.tolerances),
            treatments=self.treatments(),
            named_processes=self.named(),
            standards=tuple(figures.standards),
            values=tuple(figures.values),
            quantities=tuple(figures.quantities),
            references=self.supplier_references(),
            families=verdict.families,
            processes=verdict.processes,
            reasons=tuple(self.reasons(verdict)),
            not_understood=self.not_understood(),
        )

    def _noun(self) -> NounFound | None:
        head = self.head
        if head is None:
            return None
        noun = find_noun(head.code)
        return NounFound(
            code=head.code,
            fr=noun.label("fr"),
            en=noun.label("en"),
            matched=self.text[head.start : head.end],
            start=head.start,
            end=head.end,
            confidence=head.confidence,
            source=head.source,
        )


def _indexes(spans: Iterable[Span | NounSpan]) -> set[int]:
    """Return the words that spans cover."""
    return {i for span in spans for i in range(span.index, span.index + span.size)}


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
