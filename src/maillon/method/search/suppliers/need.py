"""What is searched for: a part or a process, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.method.search.designation import Designation, Share, read_designation
from maillon.method.search.suppliers.tolerance import finest_tolerance
from maillon.method.search.suppliers.words import searched_words
from maillon.reference.classifications.certificates import find_certificates
from maillon.reference.classifications.processes import all_processes, find_process

_LENGTHS = frozenset({"length", "width", "height", "diameter", "thickness", "size", "section", "thread"})


@dataclass(frozen=True, slots=True)
class Need:
    """One need: what makes two needs equal is what is searched, never the line that it comes from.

    ``processes`` are weighted by probability; ``activities`` (NAF codes or classes with probabilities) are
    those that a classification proposes, beside those of the processes; ``length`` is the largest dimension
    and ``tolerance`` the width of the finest one, in mm; ``lot`` counts the pieces of one order.
    """

    text: str = field(compare=False)
    words: tuple[tuple[str, float], ...] = ()
    processes: tuple[Share, ...] = ()
    treatments: tuple[str, ...] = ()
    material: str | None = None
    length: float | None = None
    tolerance: float | None = None
    certificates: tuple[str, ...] = ()
    lot: float | None = None
    activities: tuple[Share, ...] = ()


def read_need(text: str, *, lot: float | None = None, certificates: tuple[str, ...] = ()) -> Need:
    """Return the need that a designation, plain words or the code of a process tell.

    Raises ``InvalidRequest`` on an empty text or a lot that is not above 0.

    >>> need = read_need("AXE Ø25 h6 L=120 42CrMo4", lot=50)
    >>> need.processes[0].code, need.material, need.length, need.tolerance
    ('turning', 'steel', 120.0, 0.013)
    >>> read_need("bar-turning").processes
    (Share(code='bar-turning', probability=1.0),)
    """
    if not text.strip():
        raise InvalidRequest(
            message("The search has no words."), message("Write a designation, or the process needed.")
        )
    if lot is not None and lot <= 0:
        raise InvalidRequest(message("A lot counts one piece or more."))
    if text.strip() in {process.code for process in all_processes()}:
        return need_of_process(text.strip(), lot=lot, certificates=certificates)
    return need_of(read_designation(text), lot=lot, certificates=certificates)


def need_of_process(code: str, *, lot: float | None = None, certificates: tuple[str, ...] = ()) -> Need:
    """Return the need of one process, by its code; ``KeyError`` if there is none."""
    process = find_process(code)
    words = ((process.fr, 1.0), *((word, 0.7) for word in process.words_fr))
    return Need(
        text=process.fr,
        words=words,
        processes=(Share(code, 1.0),),
        certificates=tuple(sorted(set(certificates))),
        lot=lot,
    )


def need_of(read: Designation, *, lot: float | None = None, certificates: tuple[str, ...] = ()) -> Need:
    """Return the need that a designation tells, once read."""
    lengths = [v for d in read.dimensions if d.unit == "mm" and d.kind in _LENGTHS for v in d.values]
    bores = [v for d in read.dimensions if d.kind == "diameter" for v in d.values]
    making = tuple(share for share in read.processes if not find_process(share.code).is_treatment)
    treatments = tuple(sorted({found.code for found in read.treatments}))
    return Need(
        text=read.text,
        words=searched_words(read),
        processes=making or read.processes,
        treatments=treatments if making else (),
        material=read.material.material_class if read.material else None,
        length=max(lengths, default=None),
        tolerance=finest_tolerance(read.tolerances, bores[0] if len(bores) == 1 else None),
        certificates=tuple(sorted({*certificates, *find_certificates(read.text)})),
        lot=lot,
    )
