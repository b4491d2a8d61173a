"""Where the child begins: ``python -I …/sandbox/enter.py``.

The front door of a package (its ``__init__``) gathers what callers want, polars among it: 250 ms and 100 MB
that a reader of bytes has no use for. The child enters by the modules alone: below ``maillon.intake`` no
``__init__`` runs here, whatever the rooms put into theirs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_ROOM = "maillon.intake"


class _BarePackage(Loader):
    """Loads a package as the folder it is."""

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Let Python make an empty module, with the path of its folder."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing."""


class _BarePackages(MetaPathFinder):
    """Finds every package of the room without its front door; plain modules are found as ever."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the specification of a package below the room, None for anything else."""
        if fullname != _ROOM and not fullname.startswith(_ROOM + "."):
            return None
        spec = PathFinder.find_spec(fullname, path)
        if spec is not None and spec.submodule_search_locations is not None:
            spec.loader = _BarePackage()
        return spec


def enter() -> int:
    """Run the child."""
    sys.meta_path.insert(0, _BarePackages())
    from maillon.intake.sandbox.child import main  # noqa: PLC0415 - not before the line above

    return main()


if __name__ == "__main__":
    sys.exit(enter())
