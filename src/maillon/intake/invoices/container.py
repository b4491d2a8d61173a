"""Which files a zip or a single file holds: each one whole and within its limits, or the reason why not."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.invoices.unreadable import UnreadableInvoice

MOST_FILES = 100_000
LARGEST_FILE = 50 * 1024 * 1024
LARGEST_RATIO = 300  # beyond one mebibyte
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Member:
    """One file: its name, and its content or the code of the reason why it was not opened."""

    name: str
    content: bytes = b""
    problem: str = ""


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a zip."""
    return head.startswith(_ZIP_STARTS)


def list_members(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """Return the files of a zip in its own order, folders left out; ``RefusedFile`` if it is hostile."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise RefusedFile(
            message("The zip of invoices is damaged."), message("Make it again, or give the folder itself.")
        ) from problem
    _refuse_crowd(len(members))
    _refuse_overlaps(members)
    return members


def _refuse_crowd(count: int) -> None:
    if count > MOST_FILES:
        raise RefusedFile(
            message("There are {n} files: at most {most} are read at once.", n=count, most=MOST_FILES),
            message("Give the invoices of one year at a time."),
        )


def _refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share bytes: the trick of the densest zip bombs."""
    end, before = 0, ""
    for info in sorted(members, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise RefusedFile(
                message("{one} and {other} overlap inside the zip.", one=before, other=info.filename),
                message("Such a zip is made to fill the memory; make it again from the invoices."),
            )
        end, before = info.header_offset + 30 + info.compress_size, info.filename


def read_members(file: BinaryIO, members: list[zipfile.ZipInfo]) -> Iterator[Member]:
    """Yield ``members`` of the zip in ``file`` with their content, one at a time."""
    with zipfile.ZipFile(file) as archive:
        for info in members:
            try:
                yield Member(info.filename, _content(archive, info))
            except UnreadableInvoice as problem:
                yield Member(info.filename, problem=problem.code)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 0x1:
        raise UnreadableInvoice("encrypted")
    if info.file_size > LARGEST_FILE:
        raise UnreadableInvoice("too-large")
    if info.file_size > 1 << 20 and info.file_size > LARGEST_RATIO * max(info.compress_size, 1):
        raise UnreadableInvoice("bomb")
    try:
        with archive.open(info) as source:
            content = source.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
        raise UnreadableInvoice("damaged") from problem
    if len(content) > LARGEST_FILE:
        raise UnreadableInvoice("too-large")
    return content


def list_folder(folder: Path) -> list[Path]:
    """Return the files below ``folder`` in the order of their names; links are not followed."""
    found = []
    for place, _, names in os.walk(folder, followlinks=False):
        found += [Path(place, name) for name in names]
        _refuse_crowd(len(found))
    return sorted(found)


def read_folder(files: list[Path], folder: Path) -> Iterator[Member]:
    """Yield each of ``files`` with its content, one at a time."""
    for path in files:
        name = str(path.relative_to(folder))
        try:
            yield Member(name, _file_content(path))
        except UnreadableInvoice as problem:
            yield Member(name, problem=problem.code)


def _file_content(path: Path) -> bytes:
    try:
        # Neither a link that leads out of the folder nor a pipe that never ends is opened.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as problem:
        raise UnreadableInvoice("not-a-file") from problem
    with os.fdopen(descriptor, "rb") as source:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableInvoice("not-a-file")
        content = source.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise UnreadableInvoice("too-large")
    return content
