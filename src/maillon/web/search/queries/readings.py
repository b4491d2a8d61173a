"""How the words of a need were understood: said before any result, so that a wrong reading is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillon.web.search.queries.choices import language

if TYPE_CHECKING:
    from maillon.core.message import Message
    from maillon.method.search.suppliers import Need


@dataclass(frozen=True, slots=True)
class Expected:
    """One process expected and how probable it is."""

    code: str
    label: str
    share: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a need was understood to ask."""

    processes: list[Expected]
    treatments: list[str]
    material: Message | str | None
    length: float | None
    tolerance_um: float | None
    certificates: list[str]
    lot: float | None

    @property
    def empty(self) -> bool:
        """Whether no process was understood."""
        return not self.processes


def reading_of(need: Need) -> Reading:
    """Return a need in words."""
    from maillon.method.search.suppliers.explanation import material_class_label  # noqa: PLC0415 - tables
    from maillon.reference.classifications.certificates import certificate_label  # noqa: PLC0415 - tables
    from maillon.reference.classifications.processes import process_label  # noqa: PLC0415 - tables load here

    spoken = language()
    total = sum(share.probability for share in need.processes) or 1.0
    return Reading(
        processes=[
            Expected(one.code, process_label(one.code, spoken), one.probability / total)
            for one in need.processes[:4]
        ],
        treatments=[process_label(code, spoken) for code in need.treatments],
        material=material_class_label(need.material, spoken) if need.material else None,
        length=need.length,
        tolerance_um=None if need.tolerance is None else need.tolerance * 1000,
        certificates=[certificate_label(code, spoken) for code in need.certificates],
        lot=need.lot,
    )
