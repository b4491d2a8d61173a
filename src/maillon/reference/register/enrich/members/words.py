"""The words of a member's cells as codes of processes, material classes and certificates."""

from __future__ import annotations

import re
from functools import lru_cache

from maillon.reference.classifications.certificates import find_certificates
from maillon.reference.classifications.lexicon.clues import material_classes
from maillon.reference.classifications.lexicon.folding import form_words
from maillon.reference.classifications.lexicon.materials import (
    find_material,
    grade_names,
    material_phrases,
    squash,
)
from maillon.reference.classifications.lexicon.process_words import process_phrases
from maillon.reference.classifications.processes import all_processes
from maillon.reference.classifications.processes.evidence import read_process_evidence_batch

MAX_PIECES = 200
SURE = 0.5
VAGUE = frozenset({"metal", "metau"})  # of a part it means steel; of a firm, any metal
_BETWEEN = re.compile(r"\s*(?:[;|•·\n/]|,(?!\d)|(?<!\d),|\s[-–]\s|\s\+\s)\s*")
_ALSO = re.compile(r"\s+(?:et|and|&|ou|or)\s+")
_NUMBER_ONLY = re.compile(r"[\W\d]*")


def split_words(cell: str) -> list[str]:
    """Return the pieces of a cell; a comma inside a figure does not part them.

    >>> split_words("tournage, fraisage 5 axes / tôle 0,8 mm ; pliage")
    ['tournage', 'fraisage 5 axes', 'tôle 0,8 mm', 'pliage']
    """
    pieces = (piece.strip(" .-–") for piece in _BETWEEN.split(cell))
    return [piece for piece in pieces if piece][:MAX_PIECES]


def read_processes(pieces: list[str]) -> list[tuple[str, ...]]:
    """Return the process codes that each piece names, the surest first; none for an unknown word.

    >>> read_processes(["tournage CN", "turning", "sheet-bending", "jardinage"])
    [('turning',), ('turning',), ('sheet-bending',), ()]
    """
    codes = {process.code for process in all_processes()}
    spoken = read_process_evidence_batch(pieces)
    told = []
    for piece, evidence in zip(pieces, spoken, strict=True):
        sure = tuple(told.process for told in evidence if told.weight >= SURE)
        named = process_phrases().get(piece)
        told.append((piece,) if piece in codes else sure or ((named,) if named else ()))
    return told


@lru_cache(maxsize=4096)
def read_materials(piece: str) -> tuple[str, ...]:
    """Return the material classes that a piece names by word or grade, in its order.

    >>> read_materials("inox 316L"), read_materials("aluminium et laiton"), read_materials("tous métaux")
    (('stainless',), ('aluminium', 'copper'), ())
    """
    words, phrases = form_words(piece), material_phrases()
    found, place = [], 0
    while place < len(words):
        match = None if words[place] in VAGUE else phrases.longest(words, place)
        found += [match[1]] if match else []
        place += match[0] if match else 1
    for token in (piece, *piece.split()):
        grade = grade_names().get(squash(token))
        if grade and not (grade.needs_context and token != piece):
            found.append(grade.material)
    if not found:
        return tuple(dict.fromkeys(word for word in words if word in material_classes()))
    return tuple(dict.fromkeys(find_material(code).material_class for code in found))


def read_certificates(cell: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the codes of the certificates held, and the pieces that name none (unknown, or on the way).

    >>> read_certificates("ISO 9001, 14001 ; EN 9100 en cours ; label maison")
    (('iso-9001', 'iso-14001'), ['EN 9100 en cours', 'label maison'])
    """
    pieces = (part for piece in split_words(cell) for part in _ALSO.split(piece))
    others = [p for p in pieces if not find_certificates(p) and not _NUMBER_ONLY.fullmatch(p)]
    return find_certificates(cell), others
