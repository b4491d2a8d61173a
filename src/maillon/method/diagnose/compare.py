"""Two versions or variants side by side: what moved, and whether the move is certain."""

from __future__ import annotations

from collections.abc import Mapping

from maillon.core.reason import Reason
from maillon.method.diagnose.results import Comparison, Diagnosis, Share, ShareChange


def compare_diagnoses(a: Diagnosis, b: Diagnosis) -> Comparison:
    """Return every share of ``a`` beside that of ``b``, with the bounds of its change.

    Only the bases and territories that both measure are compared. The bounds of a change take the unknowns of
    either side as independent: least = b.min - a.max, most = b.max - a.min (share points).
    """
    return Comparison(
        names=(a.name, b.name),
        spend=(a.spend, b.spend),
        currencies=(a.currency, b.currency),
        local_content={
            basis: _changes(shares, b.local_content[basis])
            for basis, shares in a.local_content.items()
            if basis in b.local_content
        },
        indices={
            site: _changes(shares, b.indices[site]) for site, shares in a.indices.items() if site in b.indices
        },
        hhi=(a.concentration.hhi, b.concentration.hhi),
        foreign_spend=(a.foreign.spend, b.foreign.spend),
        reasons=_reasons(a, b),
    )


def compare_shares(before: Share, after: Share) -> ShareChange:
    """Return the change of one share.

    >>> old, new = Share(0.2, None, 0.3, 0.9, 100, "EUR"), Share(0.5, None, 0.6, 0.9, 100, "EUR")
    >>> compare_shares(old, new).direction
    1
    """
    if before.min is None or before.max is None or after.min is None or after.max is None:
        return ShareChange(before, after, None, None, 0)
    least, most = after.min - before.max, after.max - before.min
    return ShareChange(before, after, least, most, 1 if least > 0 else -1 if most < 0 else 0)


def _changes(before: Mapping[str, Share], after: Mapping[str, Share]) -> dict[str, ShareChange]:
    return {key: compare_shares(share, after[key]) for key, share in before.items() if key in after}


def _reasons(a: Diagnosis, b: Diagnosis) -> tuple[Reason, ...]:
    return (
        Reason("changes_independent"),
        *((Reason("currencies_differ"),) if a.currency != b.currency else ()),
        *((Reason("periods_differ"),) if a.annual != b.annual else ()),
    )
