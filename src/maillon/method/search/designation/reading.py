"""Reading one designation: every step from the text to the clues on family and process."""

from __future__ import annotations

from collections.abc import Iterator

from maillon.method.search.designation.designation import ProcessFound
from maillon.method.search.designation.grades import find_grades
from maillon.method.search.designation.heads import (
    SURE,
    TRADE,
    Head,
    head_of_codes,
    head_of_trade,
    head_of_words,
    settle_head,
)
from maillon.method.search.designation.material_names import (
    find_material_spans,
    head_material,
    list_materials,
    named_classes,
)
from maillon.method.search.designation.measures import Figures, blank, find_figures
from maillon.method.search.designation.naming import find_nouns, guess_language
from maillon.method.search.designation.process_names import (
    find_process_spans,
    list_processes,
    suits,
    workshop_families,
)
from maillon.method.search.designation.verdict import Clues
from maillon.method.search.designation.words import Span, indexes, split_words
from maillon.reference.classifications.lexicon.clues import known_clues
from maillon.reference.classifications.lexicon.folding import clean_text, fold
from maillon.reference.classifications.lexicon.nouns import find_noun
from maillon.reference.classifications.lexicon.standards import find_references
from maillon.reference.classifications.processes import find_process

LONGEST_TEXT = 500  # characters read: a designation is a line, and the time to read it stays bounded
HEAVY = 10.0  # mm: thicker than this, steel is cut and machined rather than bent


class Reading:
    """One pass over one text: what was found, step by step, each step using those above it."""

    __slots__ = (
        "clues",
        "figures",
        "folded",
        "grades",
        "head",
        "language",
        "material_spans",
        "materials",
        "named",
        "nouns",
        "process_spans",
        "processes",
        "references",
        "text",
        "treatments",
        "words",
    )  # fmt: skip

    def __init__(self, text: str, language: str | None) -> None:
        self.text = clean_text(text[:LONGEST_TEXT])
        self.folded = fold(self.text)
        self._find_codes()
        self.nouns = find_nouns(self.words)
        self.language = language or guess_language(self.text, self.words, self.nouns)
        compounds = {i for s in self.nouns if s.size > 1 for i in range(s.place, s.place + s.size)}
        self.material_spans = find_material_spans(self.words, self.language, compounds)
        self.head = self._find_head()
        self._add_material_of_head()
        self.materials = list_materials(self.text, self.words, self.grades, self.material_spans)
        material_class = self.materials[0].material_class if self.materials else None
        self.process_spans: list[Span] = []
        if any(fact.process for fact in self.words.facts):
            self.process_spans = find_process_spans(self.words, self._naming_words(compounds))
        self._list_processes(material_class)
        self.clues = self._gather_clues(material_class)

    def _find_codes(self) -> None:
        """Find grades, references and figures, and the words between them."""
        folded = self.folded
        self.grades = find_grades(folded, lambda: named_classes(split_words(folded)))
        has_figures = any(map(str.isdigit, folded))
        self.references = find_references(folded) if has_figures else []
        spans = [(g.start, g.end) for g in self.grades]
        self.figures = Figures()
        if has_figures:
            sure = [(r.start, r.end) for r in self.references if r.confidence > SURE]
            self.figures = find_figures(blank(folded, spans + sure), self.text)
        self.words = split_words(blank(folded, spans + self.figures.spans))

    def _find_head(self) -> Head | None:
        materials = indexes(self.material_spans)
        free = [s for s in self.nouns if not materials.issuperset(range(s.place, s.place + s.size))]
        opening = None
        if self.words.facts and self.words.facts[0].process and self.language != "en":
            opening = head_of_trade(self.words, self.nouns, find_process_spans(self.words, set()))
        is_drawn = bool(self.figures.dimensions or self.grades or self.material_spans)
        from_words = opening or head_of_words(
            self.words, self.nouns, free or self.nouns, self.language, is_drawn
        )
        return settle_head(from_words, head_of_codes(self.folded, self.figures, self.references))

    def _add_material_of_head(self) -> None:
        if self.head is None or self.grades or self.head.source not in {"word", "typo"}:
            return
        places = list(self.words.places(self.head.start, self.head.end))
        found = head_material(self.words, self.head.code, places, self.language) if len(places) > 1 else None
        if found is None and self.language == "en" and places and not self.material_spans:
            # in English what stands before the head tells of it: "flat steel bar"
            phrase = self.words.phrases[places[0]]
            before = [i for i in range(places[-1] + 1) if self.words.phrases[i] == phrase]
            found = head_material(self.words, self.head.code, before, self.language)
        if found is not None:
            self.material_spans.insert(0, found)

    def _list_processes(self, material_class: str | None) -> None:
        """List the processes named, the treatments among them and the others."""
        colours = self.figures.colours
        self.processes: tuple[ProcessFound, ...] = ()
        self.treatments: tuple[ProcessFound, ...] = ()
        self.named: tuple[ProcessFound, ...] = ()
        if self.process_spans or colours:
            found = list_processes(self.text, self.words, self.process_spans, colours, material_class)
            self.processes = found
            self.treatments = tuple([f for f in found if find_process(f.code).is_treatment])
            self.named = tuple([f for f in found if not find_process(f.code).is_treatment])

    def _naming_words(self, compounds: set[int]) -> set[int]:
        """Return the words of head, compounds and weak nouns: "sous-assemblage" names no process."""
        naming = set(compounds)
        for span in self.nouns:
            if all(find_noun(code).is_weak for code in span.naming.nouns()):
                naming.update(range(span.place, span.place + span.size))
        if self.head and self.head.source != TRADE:
            naming.update(self.words.places(self.head.start, self.head.end))
        return naming

    def _gather_clues(self, material_class: str | None) -> Clues:
        treatments = {t.code for t in self.treatments}
        named = {p.code for p in self.named if suits(p.code, material_class)}
        if self.head and self.head.source == TRADE:
            named |= treatments
        return Clues(
            noun=self.head.code if self.head else None,
            confidence=self.head.confidence if self.head else 0.0,
            material_class=material_class,
            material=self.materials[0].code if self.materials else None,
            treatments=tuple(sorted(treatments)),
            figures=self._figure_clues(),
            named=tuple(sorted(named)),
            workshops=workshop_families(self.folded, self.named) if self.named else (),
        )

    def _figure_clues(self) -> tuple[str, ...]:
        figures = self.figures
        kinds = {m.kind for m in figures.dimensions}
        kinds.update([m.kind for m in figures.values])
        if figures.has_fit:
            kinds.add("fit")
        if "thickness" in kinds and max(_thicknesses(figures)) >= HEAVY:
            kinds.remove("thickness")
            kinds.add("heavy-thickness")
        return tuple(sorted(kinds & known_clues())) if kinds else ()

    def left_over(self) -> Iterator[tuple[bool, str]]:
        """Yield the words that nothing explained, as written, and whether each holds a figure."""
        taken = indexes(self.material_spans) | indexes(self.process_spans)
        for span in self.nouns:
            taken.update(range(span.place, span.place + span.size))
        places = [(r.start, r.end) for r in self.references]
        if self.head:
            places.append((self.head.start, self.head.end))
        words = self.words
        for index, fact in enumerate(words.facts):
            if fact.kind or len(fact.key) < 2 or index in taken:
                continue
            start = words.starts[index]
            if not any(a <= start < b for a, b in places):
                yield any(map(str.isdigit, fact.key)), self.text[start : words.ends[index]]

    def known_references(self) -> list[str]:
        """Return the references whose form is known."""
        return [self.text[r.start : r.end] for r in self.references if r.confidence > SURE]


def _thicknesses(figures: Figures) -> list[float]:
    return [value for m in figures.dimensions if m.kind == "thickness" for value in m.values] or [0.0]
