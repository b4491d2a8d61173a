"""The articles of the invented firm: one for each distinct designation, with its source of supply."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from maillon.core.evidence import Evidence
from maillon.demo.draws import draws
from maillon.demo.origins import evidence_text, known_level, true_country
from maillon.demo.parts import Part
from maillon.demo.suppliers import Supplier, importers, sellers_of

_PREFIXES = {"fastener": "VS", "standard": "ST", "passive": "EL", "semiconductor": "EL", "connector": "CN",
             "machined": "ME", "turned": "ME", "casting": "FO", "sheet": "TO", "plastic": "PL"}  # fmt: skip
_INDEXED = {"machined", "turned", "casting", "sheet", "plastic", "subcontract", "pcb"}
_BRANDS = ("Nordelia", "Tessaro", "Ikumi", "Valpro", "Quanshi", "Bergmaart", "Orvex", "Lumetis")


@dataclass(frozen=True, slots=True)
class Article:
    """A bought article: a part with a reference and a source; ``true_country`` is where it is made.

    ``evidence`` says how far the firm's own bill of materials knows that country, by which ``proof``.
    """

    reference: str
    part: Part
    supplier: Supplier
    supplier_reference: str
    manufacturer: str
    manufacturer_reference: str
    true_country: str
    evidence: Evidence
    proof: str

    @property
    def imported(self) -> bool:
        """Whether it is one of the few that the firm itself imports."""
        return self.part.designation in importers()


@dataclass(slots=True)
class Catalogue:
    """Articles by designation, made at first sight: the same designation is always the same article."""

    seed: int
    articles: dict[str, Article] = field(default_factory=dict)

    def article(self, part: Part) -> Article:
        """Return the article of that part, sourcing it when its designation is new."""
        if part.designation not in self.articles:
            self.articles[part.designation] = self._source(part)
        return self.articles[part.designation]

    def _source(self, part: Part) -> Article:
        chance = draws(self.seed, f"article {part.designation}")
        maker = importers().get(part.designation)
        supplier = maker or chance.choice(sellers_of(part.category))
        level = known_level(supplier, maker is not None, chance)
        brand = chance.choice(_BRANDS) if supplier.resells and chance.random() < 0.35 else ""
        return Article(
            reference=self._reference(part.category, chance),
            part=part,
            supplier=supplier,
            supplier_reference=f"{supplier.name[:3].upper()}-{chance.randrange(10**5, 10**6)}",
            manufacturer=brand if supplier.resells else supplier.name,
            manufacturer_reference=f"{brand[:2].upper()}{chance.randrange(10**6, 10**7)}" if brand else "",
            true_country=true_country(supplier, part.category, chance),
            evidence=level,
            proof=evidence_text(level, supplier, maker is not None, chance),
        )

    def _reference(self, category: str, chance: Random) -> str:
        number = f"{_PREFIXES.get(category, 'AC')}{304001 + 7 * len(self.articles)}"
        return f"{number}-{chance.choice('ABCD')}" if category in _INDEXED else number
