"""The compound file format [MS-CFB], read just far enough to list its streams and read one of them.

Sectors form chains through an allocation table; every chain here is bounded by the number of sectors of the
file, so that a circle ends in a refusal.
"""

from __future__ import annotations

import struct

from maillon.core.errors import RefusedFile
from maillon.core.message import message

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_MINI_LIMIT = 4096


class CompoundFile:
    """``streams`` maps the name of each stream and storage to (first sector, size in bytes)."""

    def __init__(self, data: bytes | memoryview) -> None:
        self._data = memoryview(data)
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise _damaged() from error

    def _open(self) -> None:
        header = self._data[:512]
        shift = struct.unpack_from("<H", header, 30)[0]
        if len(header) < 512 or shift not in (9, 12):
            raise _damaged()
        self._size = 1 << shift
        self._count = max(0, len(self._data) // self._size - 1) + 1
        first_directory, first_mini = (
            struct.unpack_from("<I", header, 48)[0],
            struct.unpack_from("<I", header, 60)[0],
        )
        self._table = self._allocation_table(header)
        directory = self._chain(first_directory)
        self.streams: dict[str, tuple[int, int]] = {}
        self._root = (_END, 0)
        for place in range(0, len(directory), _ENTRY):
            self._add_entry(directory[place : place + _ENTRY])
        mini = self._chain(first_mini) if first_mini <= _LAST_SECTOR else b""
        self._mini_table = struct.unpack(f"<{len(mini) // 4}I", mini[: len(mini) // 4 * 4])

    def read(self, name: str) -> bytes:
        """Return the content of a stream."""
        first, size = self.streams[name]
        if size >= _MINI_LIMIT:
            return self._chain(first)[:size]
        store = self._chain(self._root[0])
        return b"".join(
            store[sector * 64 : sector * 64 + 64] for sector in self._follow(first, self._mini_table)
        )[:size]

    def _sector(self, number: int) -> memoryview:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _allocation_table(self, header: memoryview) -> tuple[int, ...]:
        """Gather the sectors that hold the allocation table: 109 in the header, the rest in a chain."""
        places = [n for n in struct.unpack_from("<109I", header, 76) if n <= _LAST_SECTOR]
        following = struct.unpack_from("<I", header, 68)[0]
        width = self._size // 4
        for _ in range(self._count):
            if following > _LAST_SECTOR:
                break
            numbers = struct.unpack(f"<{width}I", self._sector(following))
            places += [n for n in numbers[:-1] if n <= _LAST_SECTOR]
            following = numbers[-1]
        if len(places) > self._count:
            raise _damaged()
        table: list[int] = []
        for place in places:
            sector = self._sector(place)
            table += struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])
        return tuple(table)

    def _follow(self, first: int, table: tuple[int, ...]) -> list[int]:
        chain, number = [], first
        while number <= _LAST_SECTOR:
            chain.append(number)
            if len(chain) > len(table) or number >= len(table):
                raise _damaged()
            number = table[number]
        return chain

    def _chain(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in self._follow(first, self._table))

    def _add_entry(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind not in (1, 2, 5) or not 2 <= length <= 64:
            return
        name = entry[: length - 2].decode("utf-16-le", "replace")
        place = struct.unpack_from("<II", entry, 116)
        if kind == 5:
            self._root = place
        else:
            self.streams.setdefault(name, place)


def _damaged() -> RefusedFile:
    return RefusedFile(
        message("The file has the form of an old Office document but is damaged."),
        message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
    )
