"""The plan of a workbook: its sheets in order, where each is stored, and what else the archive carries."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from xml.parsers import expat

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import message
from maillon.intake.formats.archive import Archive
from maillon.intake.formats.xml_guard import local, new_parser, not_well_formed


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """One sheet of the plan: its name, the part that stores it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


def elements(part: str, content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a small part in order: local name and attributes by local name."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = new_parser(part)
    parser.StartElementHandler = lambda tag, attributes: found.append(
        (local(tag), {local(key): value for key, value in attributes.items()})
    )
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise not_well_formed(part, error) from error
    return found


def relations_of(archive: Archive, part: str) -> dict[str, str]:
    """Return the targets of a part's relations by identifier; internal ones as paths in the archive."""
    folder, name = posixpath.split(part)
    stored = f"{folder}/_rels/{name}.rels".lstrip("/")
    if stored not in archive:
        return {}
    targets = {}
    for tag, attributes in elements(stored, archive.read(stored)):
        if tag == "Relationship" and "Id" in attributes:
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            targets[attributes["Id"]] = target
    return targets


def plan_sheets(archive: Archive, part: str) -> list[SheetPlace]:
    """Return the sheets that a workbook part lists, charts included."""
    targets = relations_of(archive, part)
    return [
        SheetPlace(
            attributes.get("name", ""),
            targets.get(attributes.get("id", ""), ""),
            attributes.get("state", "visible") in ("hidden", "veryHidden"),
        )
        for tag, attributes in elements(part, archive.read(part))
        if tag == "sheet"
    ]


def archive_doubts(archive: Archive) -> list[Doubt]:
    """Return warnings about macros, links to other files and database queries: never followed."""
    names = [name.lower() for name in archive.entries]
    doubts = []
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        doubts.append(
            Doubt(
                "macros",
                message("The workbook contains macros: they are left out, only the values are read."),
                Treatment.WARNED,
            )
        )
    if any("/externallinks/" in name for name in names):
        doubts.append(
            Doubt(
                "external-links",
                message(
                    "The workbook refers to other files: they are not opened, the stored values are read."
                ),
                Treatment.WARNED,
            )
        )
    if any(name.endswith("/connections.xml") or "/querytables/" in name for name in names):
        doubts.append(
            Doubt(
                "external-data",
                message("The workbook queries a database: it is not asked, the stored values are read."),
                Treatment.WARNED,
            )
        )
    return doubts
