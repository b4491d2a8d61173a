"""The vendors to look at, one a row: the same vendor under several addresses is asked about once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maillon.method.search.resolve.result import VendorMatch
from maillon.reference.register.names.cleaning import clean_words


@dataclass(frozen=True, slots=True)
class ReviewedVendor:
    """What is asked of a vendor: its match, the towns and addresses it is written with, its whole spend."""

    match: VendorMatch
    towns: tuple[str, ...]
    addresses: tuple[str, ...]
    spend: float | None


def group_for_review(matches: Iterable[VendorMatch]) -> tuple[ReviewedVendor, ...]:
    """Return the vendors to look at by falling spend; those of one name with the same likeliest firm are one.

    Homonyms whose likeliest firms differ are asked about apart. The match shown is the likeliest.
    """
    groups: dict[tuple[tuple[str, ...], str], list[VendorMatch]] = {}
    for match in matches:
        firm = match.candidates[0].siret[:9] if match.candidates else ""
        groups.setdefault((clean_words(match.name), firm), []).append(match)
    asked = [_together(members) for members in groups.values()]
    return tuple(sorted(asked, key=lambda one: (-(one.spend or 0.0), one.match.name)))


def _together(members: list[VendorMatch]) -> ReviewedVendor:
    spends = [match.spend for match in members if match.spend is not None]
    return ReviewedVendor(
        match=max(members, key=lambda match: match.p),
        towns=tuple(dict.fromkeys(match.town for match in members)),
        addresses=tuple(dict.fromkeys(match.address for match in members if match.address)),
        spend=sum(spends) if spends else None,
    )
