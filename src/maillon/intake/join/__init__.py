"""The sources of one firm put together: what one paper proves helps the lines of another."""

from maillon.intake.join.flat import ledger_to_bom, purchases_behind
from maillon.intake.join.sources import JoinedSources, join_sources

__all__ = ["JoinedSources", "join_sources", "ledger_to_bom", "purchases_behind"]
