"""The lines behind each mark of a diagnosis's charts: kept by key, led to from the drawings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

#: What an address of a stored drawing starts with: where lines are shown is known when a page is read.
SCHEME = "lines:"
_LINK = re.compile(rf'<a href="{SCHEME}([a-z0-9]+)" aria-label="[^"]*">')


@dataclass(slots=True)
class Marks:
    """Keys of marks, given as drawings ask for them; the same lines have one key.

    ``behind`` tells which stored lines a line of the dossier stands for, where it gathers several. Keys are
    numbers, so that no address holds a firm's words.
    """

    behind: Mapping[int, Sequence[int]] | None = None
    known: dict[tuple[int, ...], str] = field(default_factory=dict)

    def lead(self, lines: Sequence[int]) -> str:
        """Return the address that a drawing holds for these lines."""
        stored = self._stored(lines)
        return SCHEME + self.known.setdefault(stored, f"m{len(self.known)}")

    def _stored(self, lines: Sequence[int]) -> tuple[int, ...]:
        if self.behind is None:
            return tuple(sorted(lines))
        return tuple(sorted(number for line in lines for number in self.behind.get(line, ())))

    def by_key(self) -> dict[str, list[int]]:
        """Return the lines of each mark by its key, to be stored."""
        return {key: list(lines) for lines, key in self.known.items()}


def led(shown: dict[str, Any], base: str | None) -> dict[str, Any]:
    """Return what is shown with drawings that lead below ``base``; nowhere for who may not see lines."""
    return {name: _led_figure(value, base) for name, value in shown.items()}


def _led_figure(value: Any, base: str | None) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("svg"), str):
        return value
    svg = value["svg"]
    if base is not None:
        drawn = svg.replace(f'<a href="{SCHEME}', f'<a href="{base}?mark=')
    else:
        drawn = _LINK.sub("<g>", svg).replace("</a>", "</g>").replace('role="group"', 'role="img"')
    return {**value, "svg": drawn}
