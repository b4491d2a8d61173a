"""The child process of the SAT solver: the least cost of a model, from below, from above or at a bound."""

from __future__ import annotations

import sys

from maillon.solve.sat_core import find_core
from maillon.solve.sat_parts import descend
from maillon.solve.sat_search import LeastCost, chase, climb
from maillon.solve.wire import OUT_OF_MEMORY, read_arrays, write_frame


def main() -> None:
    """Read one model, search, write the answer."""
    arrays = read_arrays()
    strategy = str(arrays["strategy"])
    if strategy == "core":
        write_frame(find_core(arrays), final=True)
        return
    search = LeastCost(arrays, stable=strategy != "below")
    if strategy == "above":
        descend(search, arrays)
    elif strategy == "at":
        chase(search, int(arrays["target"]))
    climb(search)
    search.tell(final=True)


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
