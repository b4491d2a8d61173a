"""Files of the OR-Library's capacitated warehouse location (Beasley): read, recognised, refused in words.

``m n``; for each line its capacity and fixed cost; for each lot its size, then what the *whole* lot costs on
each line. In capa, capb and capc the word ``capacity`` stands for a number that the user chooses.
Source: J. E. Beasley, OR-Library, "Capacitated warehouse location"; EJOR 33 (1988).
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from maillon.core.errors import InvalidRequest, RefusedFile
from maillon.core.message import message
from maillon.method.plan.pool.location.problem import LocationProblem, location_problem

_CHOSEN = "capacity"
#: Bytes beyond which a file is refused: 1,000 lines by 10,000 lots.
_LARGEST = 200_000_000
_SIZES = re.compile(
    rb"\s*(\d{1,7})[ \t]+(\d{1,7})[ \t]*\r?\n\s*(?:capacity|[-+.\deE]+)[ \t]+[-+.\deE]+[ \t]*\r?\n"
)


def is_beasley(path: Path) -> bool:
    """Tell whether a file begins as this format does: two whole numbers, then lines of two figures."""
    with path.open("rb") as opened:
        return bool(_SIZES.match(opened.read(4096)))


def read_beasley(path: Path, capacity: float | None = None) -> LocationProblem:
    """Return the problem of a file; ``capacity`` replaces the word of that name, or every capacity.

    Raises ``RefusedFile`` for a file that is cut, too long or holds a word that is no number, and
    ``InvalidRequest`` where a capacity must be chosen and is not.
    """
    if path.stat().st_size > _LARGEST:
        raise RefusedFile(message("The file {name} is too large.", name=path.name))
    words = path.read_bytes().split()
    if len(words) < 2 or not (words[0].isdigit() and words[1].isdigit()):
        raise RefusedFile(message("The file {name} does not begin with two whole numbers.", name=path.name))
    lines, lots = int(words[0]), int(words[1])
    expected = 2 + 2 * lines + lots * (1 + lines)
    if len(words) != expected:
        raise RefusedFile(
            message(
                "The file {name} should hold {expected} figures for {lines} lines and {lots} lots; "
                "it holds {found}.",
                name=path.name, expected=expected, lines=lines, lots=lots, found=len(words),
            ),
            message("It may have been cut: fetch it again."),
        )  # fmt: skip
    figures = _figures(words[2:], path.name, capacity)
    sites, needs = figures[: 2 * lines].reshape(lines, 2), figures[2 * lines :].reshape(lots, 1 + lines)
    held = sites[:, 0] if capacity is None else np.full(lines, capacity)
    return location_problem(held, sites[:, 1], needs[:, 0], needs[:, 1:].T.copy())


def _figures(words: list[bytes], name: str, capacity: float | None) -> np.ndarray:
    if capacity is None and _CHOSEN.encode() in words:
        raise InvalidRequest(
            message("In {name} the capacity of the lines is left to choose.", name=name),
            message("Add --capacity with a number, for example --capacity 8000."),
        )
    chosen = b"0" if capacity is None else repr(float(capacity)).encode()
    try:
        return np.array([chosen if word == _CHOSEN.encode() else word for word in words]).astype(np.float64)
    except ValueError:
        wrong = next(word for word in words if not _is_number(word))
        raise RefusedFile(
            message("In {name}, “{word}” is no number.", name=name, word=wrong.decode(errors="replace")[:40])
        ) from None


def _is_number(word: bytes) -> bool:
    try:
        float(word)
    except ValueError:
        return word == _CHOSEN.encode()
    return True
