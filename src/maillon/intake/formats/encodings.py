"""Which characters the bytes of a text file are, decided once and told, never guessed in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maillon.core.errors import RefusedFile
from maillon.core.message import message

_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SAMPLE = 4096
#: Control characters that no text holds: a file full of them is no text.
_BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding, and the lines (from 0) that are of another one."""

    text: str
    encoding: str
    odd_lines: tuple[int, ...] = ()


def decode_text(data: bytes) -> Decoded:
    """Decode by the ladder: byte order mark, UTF-8, then Windows 1252.

    A text that is UTF-8 on some lines and not on others keeps its lines, the odd ones read as Windows 1252
    and named. UTF-16 without its mark is refused: it would be read as garbage.

    >>> decode_text("Désignation".encode("cp1252")).encoding
    'cp1252'
    """
    for mark, name in _UTF16.items():
        if data.startswith(mark):
            return Decoded(_strictly(data[2:], name), "utf-16")
    _refuse_no_text(data)
    signed = data.startswith(b"\xef\xbb\xbf")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return Decoded(data.decode("utf-8"), "utf-8-sig" if signed else "utf-8")
    except UnicodeDecodeError:
        return _by_line(data, signed)


def _by_line(data: bytes, signed: bool) -> Decoded:
    """Tell a Windows text from a UTF-8 one into which other lines were pasted."""
    lines = _LINE_END.split(data)
    odd = tuple(number for number, line in enumerate(lines) if not _is_utf8(line))
    wide = sum(not line.isascii() for line in lines) - len(odd)
    if not signed and wide == 0:
        return Decoded(_windows(data), "cp1252", _undefined_lines(lines))
    ends = [*_LINE_END.findall(data), b""]
    strange = set(odd)
    text = "".join(
        (_windows(line) if number in strange else line.decode()) + end.decode()
        for number, (line, end) in enumerate(zip(lines, ends, strict=True))
    )
    return Decoded(text, "utf-8-sig" if signed else "utf-8", odd)


def _windows(data: bytes) -> str:
    return data.decode("cp1252", "replace")


def _undefined_lines(lines: list[bytes]) -> tuple[int, ...]:
    """Lines with a byte that Windows 1252 does not define: their encoding is yet another one."""
    undefined = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
    return tuple(number for number, line in enumerate(lines) if undefined.search(line))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedFile(
            message("The text is announced as UTF-16 but is not."),
            message("Export it again as CSV in UTF-8."),
        ) from error


def _refuse_no_text(data: bytes) -> None:
    """Refuse UTF-16 and UTF-32 without a mark, and binary content."""
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if zeros * 10 >= len(sample) * 3 or (zeros and _alternates(sample)):
        raise RefusedFile(
            message("The text looks like UTF-16 without its byte order mark: it cannot be read safely."),
            message("Export it again as CSV in UTF-8."),
        )
    if len(_BINARY.findall(sample)) * 50 > len(sample):
        raise RefusedFile(
            message("The file is neither a spreadsheet nor a text."),
            message("Give the spreadsheet itself (.xlsx, .ods, .csv)."),
        )


def _alternates(sample: bytes) -> bool:
    """Whether nearly all zeros stand on one side of the byte pairs, and are many."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) > 0.15 * len(sample) and min(even, odd) * 10 < max(even, odd)
