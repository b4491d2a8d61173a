"""What a designation says, once read."""

from __future__ import annotations

from dataclasses import dataclass, field

from maillon.core.reason import Reason


@dataclass(frozen=True, slots=True)
class NounFound:
    """The part noun: its code and labels, the words that named it and where, and how sure that is.

    ``source`` tells what named it: ``word``, ``trade`` (SOUDURE SOCLE orders welding), ``typo`` (one letter
    off), ``standard`` (ISO 4762 is a screw),
    ``reference`` (6205-2RS is a bearing) or ``value`` (100 nF is a capacitor). ``matched`` is the text as
    written, between ``start`` and ``end``.
    """

    code: str
    fr: str
    en: str
    matched: str
    start: int
    end: int
    confidence: float
    source: str

    def label(self, language: str) -> str:
        """Return its canonical form in French (``fr``) or English."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class MaterialFound:
    """A material and, where one is named, its grade under one name whatever standard wrote it."""

    code: str
    material_class: str
    grade: str | None
    matched: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: its kind (``thickness``, ``thread``, ``resistance``…), its values in ``unit``, and its text.

    Lengths are in mm, also where no unit is written, as on drawings; electrical values in V, A, W, ohm, F,
    H, Hz.
    """

    kind: str
    values: tuple[float, ...]
    unit: str
    matched: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ProcessFound:
    """A process or treatment that the text names: ``plié``, ``zingué``, ``RAL 9005``."""

    code: str
    matched: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Share:
    """A code (of a family or a process) and its probability."""

    code: str
    probability: float


@dataclass(frozen=True, slots=True)
class Designation:
    """A designation as read.

    Positions refer to ``text``, the designation cleaned of ligatures and camel case. The probabilities of
    ``families`` and of ``processes`` each sum to at most 1, best first: what is missing is not known.
    ``reasons`` say what the best process rests on; their weights are natural logarithms of the factor that
    each clue brought and sum to ``ln(p × N)``, N processes being equally likely before reading.
    """

    text: str
    language: str | None
    noun: NounFound | None = None
    material: MaterialFound | None = None
    materials: tuple[MaterialFound, ...] = ()
    dimensions: tuple[Measure, ...] = ()
    tolerances: tuple[str, ...] = ()
    treatments: tuple[ProcessFound, ...] = ()
    named_processes: tuple[ProcessFound, ...] = ()
    standards: tuple[str, ...] = ()
    values: tuple[Measure, ...] = ()
    quantities: tuple[Measure, ...] = ()
    references: tuple[str, ...] = ()
    families: tuple[Share, ...] = ()
    processes: tuple[Share, ...] = ()
    reasons: tuple[Reason, ...] = ()
    not_understood: tuple[str, ...] = field(default=())

    @property
    def family(self) -> str | None:
        """The most probable family, if any."""
        return self.families[0].code if self.families else None

    @property
    def process(self) -> str | None:
        """The most probable process, if any."""
        return self.processes[0].code if self.processes else None
