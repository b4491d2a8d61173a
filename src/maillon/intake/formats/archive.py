"""Zip containers, checked entry by entry before anything inside is believed.

The reader of values never sees the archive that came in: ``clean_copy`` writes a new one that holds only the
entries that were unpacked and checked here, so that two programs cannot see two different archives.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from maillon.core.errors import RefusedFile
from maillon.core.message import Message, message

MAX_ENTRIES = 2_000
MAX_UNPACKED = 300 << 20
MAX_RATIO = 300
_RATIO_FREE = 1 << 20  # a small part may be very repetitive
_CHUNK = 1 << 18

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_SIZE, _MAX_COMMENT = 22, 65_535


def _refused(what: Message) -> RefusedFile:
    return RefusedFile(
        what, message("Open it in your spreadsheet program and save it again as .xlsx or .csv.")
    )


class Archive:
    """The entries of a zip file whose directory was found sound; ``unpack`` checks their content."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        _refuse_many(_announced_entries(source))
        try:
            with zipfile.ZipFile(source) as archive:
                entries = archive.infolist()
                start_of_directory = archive.start_dir
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error) as error:
            raise _refused(message("The archive is truncated or damaged.")) from error
        _refuse_many(len(entries))
        self.entries: dict[str, zipfile.ZipInfo] = {}
        folded: set[str] = set()
        for entry in entries:
            _check_name(entry)
            _check_kind(entry)
            if entry.filename.casefold() in folded:
                raise _refused(
                    message("The archive holds two entries named {name}.", name=_shown(entry.filename))
                )
            folded.add(entry.filename.casefold())
            self.entries[entry.filename] = entry
        self._data_offsets = _check_layout(source, entries, start_of_directory)
        self._unpacked: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        """Whether there is an entry of this very name."""
        return name in self.entries

    def unpack(self, name: str) -> Iterator[bytes]:
        """Yield the content of an entry, its real size and its compression ratio checked on the way."""
        entry = self.entries[name]
        size = crc = 0
        for chunk in self._inflated(entry):
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
            self._unpacked[name] = size
            self._check_size(entry, size)
            yield chunk
        if size != entry.file_size or crc != entry.CRC:
            raise _refused(message("{name}: the content contradicts the directory.", name=_shown(name)))

    def read(self, name: str, limit: int = 16 << 20) -> bytes:
        """Return the content of an entry that has no reason to be large."""
        content = bytearray()
        for chunk in self.unpack(name):
            content += chunk
            if len(content) > limit:
                raise _refused(message("{name}: this part is immense.", name=_shown(name)))
        return bytes(content)

    def head(self, name: str, size: int = 4096) -> bytes:
        """Return the first bytes of an entry."""
        for chunk in self._inflated(self.entries[name], size):
            return chunk[:size]
        return b""

    def unread(self) -> list[str]:
        """Return the entries whose content was not unpacked yet."""
        return [name for name in self.entries if name not in self._unpacked and not name.endswith("/")]

    def clean_copy(self, names: Iterable[str]) -> io.BytesIO:
        """Return a new archive that holds these entries alone, as they were compressed."""
        copy, directory, count = io.BytesIO(), bytearray(), 0
        for name in names:
            entry, path, offset = self.entries[name], name.encode(), copy.tell()
            facts = (20, 0x800, entry.compress_type, 0, 0x21, entry.CRC, entry.compress_size, entry.file_size)
            copy.write(_LOCAL.pack(b"PK\x03\x04", *facts, len(path), 0) + path)
            self._source.seek(self._data_offsets[name])
            copy.write(self._source.read(entry.compress_size))
            directory += _CENTRAL.pack(b"PK\x01\x02", 20, *facts, len(path), 0, 0, 0, 0, 0, offset) + path
            count += 1
        start = copy.tell()
        copy.write(directory + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0))
        copy.seek(0)
        return copy

    def _inflated(self, entry: zipfile.ZipInfo, first: int = _CHUNK) -> Iterator[bytes]:
        """Yield the real content, however long the directory says it is."""
        position, left = self._data_offsets[entry.filename], entry.compress_size
        inflate = None if entry.compress_type == zipfile.ZIP_STORED else zlib.decompressobj(-15)
        pending = b""
        while left or pending:
            if not pending:
                self._source.seek(position)
                pending = self._source.read(min(left, _CHUNK))
                if not pending:
                    raise _refused(message("The archive is truncated or damaged."))
                position, left = position + len(pending), left - len(pending)
            if inflate is None:
                chunk, pending = pending, b""
            else:
                try:
                    chunk = inflate.decompress(pending, first)
                except zlib.error as error:
                    raise _refused(message("The archive is truncated or damaged.")) from error
                pending = inflate.unconsumed_tail
            if chunk:
                yield chunk
            if inflate is not None and inflate.eof:
                return

    def _check_size(self, entry: zipfile.ZipInfo, size: int) -> None:
        name = _shown(entry.filename)
        if size > entry.file_size:
            raise _refused(message("{name}: the content is larger than the directory says.", name=name))
        if size > _RATIO_FREE and size > MAX_RATIO * max(1, entry.compress_size):
            raise _refused(
                message(
                    "{name}: this part unpacks to more than {ratio} times its size (zip bomb).",
                    name=name,
                    ratio=MAX_RATIO,
                )
            )
        if sum(self._unpacked.values()) > MAX_UNPACKED:
            raise _refused(
                message(
                    "{name}: the file unpacks to more than {limit} MiB.", name=name, limit=MAX_UNPACKED >> 20
                )
            )


def _announced_entries(source: BinaryIO) -> int:
    """Return the number of entries that the end of the archive announces, before any is read."""
    size = source.seek(0, io.SEEK_END)
    source.seek(max(0, size - _END_SIZE - _MAX_COMMENT))
    tail = source.read()
    place = tail.rfind(b"PK\x05\x06")
    source.seek(0)
    if place < 0 or place + _END_SIZE > len(tail):
        raise _refused(message("The archive is truncated or damaged."))
    return int(_END.unpack_from(tail, place)[4])


def _refuse_many(entries: int) -> None:
    if entries > MAX_ENTRIES:
        raise _refused(
            message("The archive holds {n} entries; at most {limit} are read.", n=entries, limit=MAX_ENTRIES)
        )


def _check_name(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    unsafe = "\\" in entry.orig_filename or "\x00" in entry.orig_filename or ":" in entry.filename
    if not entry.filename or unsafe or path.is_absolute() or ".." in path.parts:
        raise _refused(
            message("The archive holds an entry with an unsafe name: {name}.", name=_shown(entry.filename))
        )


def _check_kind(entry: zipfile.ZipInfo) -> None:
    name = _shown(entry.filename)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _refused(message("The archive holds a symbolic link: {name}.", name=name))
    if entry.flag_bits & 0x2041:
        raise RefusedFile(
            message("The file is encrypted: {name}.", name=name),
            message("Remove the password, save the file and give it again."),
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refused(message("{name}: this part is compressed in an unusual way.", name=name))


def _check_layout(source: BinaryIO, entries: list[zipfile.ZipInfo], directory: int) -> dict[str, int]:
    """Return where the content of each entry begins; refuse entries that overlap or leave the file."""
    offsets, free = {}, 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        source.seek(entry.header_offset)
        header = source.read(_LOCAL.size)
        if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            raise _refused(message("The archive is truncated or damaged."))
        *_, name_size, extra_size = _LOCAL.unpack(header)
        start = entry.header_offset + _LOCAL.size + name_size + extra_size
        if entry.header_offset < free or start + entry.compress_size > directory:
            raise _refused(
                message("The archive holds overlapping entries: {name}.", name=_shown(entry.filename))
            )
        free = start + entry.compress_size
        offsets[entry.filename] = start
    return offsets


def _shown(name: str) -> str:
    """Return an entry's name short and printable."""
    return "".join(c if c.isprintable() else "?" for c in name[:80])
