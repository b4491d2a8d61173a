"""Three findings in plain words: builders that each say one thing where it holds, the weightiest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.core.place import FRANCE
from maillon.dossier import Dossier
from maillon.method.diagnose.results import Basis, Diagnosis, Share, Site
from maillon.report.figures import brief, interval, percent, period, rounded


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: the figure shown large, what it says, the sentence under it, where its lines stand.

    ``weight`` orders findings of one dossier: the share of spend that the finding is about, more or less.
    """

    figure: Message
    title: Message
    detail: Message
    anchor: str
    weight: float


def find_three(dossier: Dossier) -> list[Finding]:
    """Return the three weightiest findings of a dossier; fewer only when it holds nothing to say."""
    found = [finding for build in _BUILDERS if (finding := build(dossier.diagnosis)) is not None]
    return sorted(found, key=lambda finding: -finding.weight)[:3]


def _france(diagnosis: Diagnosis, site: Site) -> Share | None:
    share = diagnosis.indices[site].get(FRANCE.key)
    return share if share is not None and share.min is not None else None


def _bought_is_not_made(diagnosis: Diagnosis) -> Finding | None:
    """Set whom one pays in France against what is made there: the distributor's gap."""
    paid, made = _france(diagnosis, Site.SUPPLIER), _france(diagnosis, Site.MAKING)
    if paid is None or made is None or paid.min is None or made.min is None or made.max is None:
        return None
    gap = paid.min - made.min
    if gap < 0.05:
        return None
    return Finding(
        message("{paid} → {made}", paid=percent(paid.min), made=percent(made.min)),
        message("Bought in France is not made in France"),
        message(
            "At least {paid} is paid to suppliers in France; {made} is established as made there. "
            "The rest is unknown or made elsewhere.",
            paid=percent(paid.min),
            made=percent(made.min),
        ),
        "local",
        0.5 + gap,
    )


def _made_in_france(diagnosis: Diagnosis) -> Finding | None:
    """Say the interval itself, where it is narrow enough to be news."""
    share = diagnosis.local_content[Basis.ORIGIN_VALUE].get(FRANCE.key)
    if share is None or share.min is None or share.max is None or share.max - share.min > 0.3:
        return None
    return Finding(
        interval(share),
        message("of purchases are made in France"),
        message("By value of the bought parts; origins are established for {c}.", c=percent(share.coverage)),
        "local",
        0.6,
    )


def _origin_unknown(diagnosis: Diagnosis) -> Finding | None:
    unknown = diagnosis.evidence_spend.get("unknown", 0.0)
    if diagnosis.spend <= 0 or unknown < 0.1:
        return None
    return Finding(
        percent(unknown),
        message("of purchases have no known origin"),
        message(
            "{amount} {period}: counted neither as French nor as foreign. "
            "It is what makes the intervals wide.",
            amount=Money(rounded(unknown * diagnosis.spend), diagnosis.currency),
            period=period(diagnosis),
        ),
        "ask",
        unknown,
    )


def _foreign_pareto(diagnosis: Diagnosis) -> Finding | None:
    foreign = diagnosis.foreign
    if foreign.spend <= 0 or foreign.vital == 0 or diagnosis.spend <= 0:
        return None
    vital = plural_message("{n} line", "{n} lines", n=foreign.vital)
    return Finding(
        vital,
        plural_message(
            "holds 80% of what is known to be made abroad",
            "hold 80% of what is known to be made abroad",
            n=foreign.vital,
        ),
        plural_message(
            "{amount} {period} on the only line known to be made abroad.",
            "{amount} {period} over {n} lines known to be made abroad: start with the first ones.",
            amount=Money(rounded(foreign.spend), foreign.currency),
            period=period(diagnosis),
            n=foreign.lines.height,
        ),
        "abroad",
        0.35 + foreign.spend / diagnosis.spend,
    )


def _few_suppliers(diagnosis: Diagnosis) -> Finding | None:
    spread = diagnosis.concentration
    if spread.spend <= 0 or spread.suppliers < 2:
        return None
    name, share = spread.top[0]
    effective = max(1, round(spread.effective_suppliers))
    return Finding(
        plural_message("{n} supplier", "{n} suppliers", n=effective),
        message("is what the {of} suppliers weigh as", of=spread.suppliers),
        message("The first, {name}, holds {share} of purchases.", name=brief(name), share=percent(share)),
        "suppliers",
        0.2 + spread.hhi,
    )


def _whom_to_ask(diagnosis: Diagnosis) -> Finding | None:
    asked = diagnosis.questions
    if asked.decided or not asked.reachable or not asked.questions:
        return None
    amount = Money(rounded(sum(q.spend for q in asked.questions)), diagnosis.currency)
    return Finding(
        plural_message("{n} supplier to ask", "{n} suppliers to ask", n=len(asked.questions)),
        message("can settle whether half is made in France"),
        message(
            "Their lines weigh {amount} {period}; no smaller set can settle it.",
            amount=amount,
            period=period(diagnosis),
        )
        if asked.bound >= len(asked.questions)
        else message(
            "Their lines weigh {amount} {period}; at least {least} have to be asked.",
            amount=amount,
            period=period(diagnosis),
            least=asked.bound,
        ),
        "ask",
        0.4,
    )


def _no_value(diagnosis: Diagnosis) -> Finding | None:
    if diagnosis.spend > 0:
        return None
    return Finding(
        plural_message("{n} line", "{n} lines", n=diagnosis.bought_lines),
        message("without a price that can be used"),
        message("Shares by value cannot be computed; those by count of lines can. Add prices to the file."),
        "doubts",
        2.0,
    )


def _count_share(diagnosis: Diagnosis) -> Finding | None:
    share = diagnosis.local_content[Basis.COUNT].get(FRANCE.key)
    if share is None or share.min is None:
        return None
    return Finding(
        interval(share),
        message("of the bought lines are made in France"),
        message("By number of lines, which says nothing of their value."),
        "local",
        0.1,
    )


def _settled(diagnosis: Diagnosis) -> Finding | None:
    share = diagnosis.origin_check.unit_cost_share
    if share.min is None or share.max is None or not (share.min >= 0.5 or share.max < 0.5):
        return None
    above = share.min >= 0.5
    return Finding(
        interval(share),
        message("of the unit cost is French: half is reached")
        if above
        else message("of the unit cost is French: half is out of reach"),
        message("Whatever the unknown origins turn out to be. Not a legal assertion of origin."),
        "label",
        0.45,
    )


_BUILDERS: tuple[Callable[[Diagnosis], Finding | None], ...] = (
    _no_value,
    _bought_is_not_made,
    _made_in_france,
    _origin_unknown,
    _foreign_pareto,
    _whom_to_ask,
    _settled,
    _few_suppliers,
    _count_share,
)
