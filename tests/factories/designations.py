"""Designations as ERP systems write them, built from the parts a reader must find again."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Written:
    """A designation and what it is made of."""

    text: str
    noun: str
    grade: str | None
    thickness: float
    length: float


NOUNS = {
    "CARTER": "housing",
    "Équerre de fixation": "bracket",
    "ENTRETOISE": "spacer",
    "roulements à billes": "ball bearing",
    "Vis à billes": "ball screw",
    "JOINT TORIQUE": "o-ring",
    "palier de roulement": "pillow block bearing",
    "FAISCEAU": "cable harness",
}
GRADES = {
    "": None,
    "INOX 316L": "316L",
    "1.4404": "316L",
    "42CD4": "42CrMo4",
    "EN AW-6082": "6082",
    "E24-2": "S235JR",
}


@st.composite
def written_designations(draw: st.DrawFn) -> Written:
    """French designations: a noun, perhaps a grade, a thickness and a length, in any case."""
    noun = draw(st.sampled_from(sorted(NOUNS)))
    grade = draw(st.sampled_from(sorted(GRADES)))
    thickness, length = draw(st.integers(1, 99)), draw(st.integers(1, 9999))
    label = draw(
        st.sampled_from(["EP {} LG {}", "ép. {} lg. {}", "Ep={} Lg={}", "épaisseur {} mm longueur {} mm"])
    )
    text = " ".join(filter(None, [noun, grade, label.format(thickness, length)]))
    text = draw(st.sampled_from([text, text.upper(), text.lower()]))
    return Written(text, NOUNS[noun], GRADES[grade], float(thickness), float(length))
