"""The child process of the SAT solver: the least cost of a logic model, from below or from above."""

from __future__ import annotations

import sys

from maillon.solve.sat_parts import descend
from maillon.solve.sat_search import LeastCost, climb
from maillon.solve.wire import OUT_OF_MEMORY, read_arrays


def main() -> None:
    """Read one model, search, write the answer."""
    arrays = read_arrays()
    search = LeastCost(arrays)
    if str(arrays["strategy"]) == "below":
        climb(search)
    else:
        descend(search, arrays)
    search.tell(final=True)


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
