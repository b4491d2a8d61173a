"""The company register as pages use it: opened at each request, its engine kept open while it is the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillon.method.search.suppliers import Searcher
    from maillon.reference.register import Register


@dataclass(frozen=True)
class Engine:
    """The register in use and what ranks its firms. ``date`` is the day of its newest source."""

    register: Register

    @cached_property
    def searcher(self) -> Searcher:
        """The searcher of this snapshot: one a process, opened again when the snapshot is another."""
        from maillon.method.search.suppliers import searcher_of  # noqa: PLC0415 - numpy and tantivy load here

        return searcher_of(self.register)

    @property
    def date(self) -> dt.date:
        """The last day that the sources of the register tell, else the day it was built."""
        manifest = self.register.manifest
        days = [source.data_date for source in manifest.sources if source.data_date]
        return dt.date.fromisoformat(max(days, default=manifest.created)[:10])

    @property
    def sources(self) -> list[str]:
        """Who publishes what the register was made from."""
        told = (source.publisher or source.kind for source in self.register.manifest.sources)
        return list(dict.fromkeys(told))


def open_engine() -> Engine:
    """Return the register in use; ``MissingData`` where there is none. Only its manifest is read here."""
    from maillon.reference.register import open_register  # noqa: PLC0415 - Polars loads here

    return Engine(open_register())
