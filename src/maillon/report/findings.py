"""Three findings in plain words: builders that each say one thing where it holds, the weightiest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.core.place import FRANCE
from maillon.dossier import Dossier
from maillon.method.diagnose.results import Basis, Diagnosis, Share, Site
from maillon.report.families import family_sizes, half_of
from maillon.report.figures import brief, interval, percent, period, rounded
from maillon.report.measure import measure_of
from maillon.report.pictures import supplier_shares


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
    ranked = sorted(found, key=lambda finding: -finding.weight)
    firsts = {finding.anchor: finding for finding in reversed(ranked)}
    # two findings on the same part of the report say nearly the same: the second gives way to another part
    return sorted(ranked, key=lambda finding: firsts[finding.anchor] is not finding)[:3]


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


def _first_supplier(diagnosis: Diagnosis) -> Finding | None:
    """Name the supplier on whom much rests."""
    spread = diagnosis.concentration
    if spread.spend <= 0 or spread.suppliers < 2 or spread.top[0][1] < 0.1:
        return None
    name, share = spread.top[0]
    return Finding(
        percent(share),
        message("of purchases with a named supplier rest on one"),
        message("It is {name}, the first of the {of} that are named.", name=brief(name), of=spread.suppliers),
        "suppliers",
        0.2 + spread.hhi,
    )


def _supplier_unnamed(diagnosis: Diagnosis) -> Finding | None:
    """Say how much has no supplier: nobody can be asked about it."""
    unnamed = diagnosis.concentration.unknown_supplier_spend
    if diagnosis.spend <= 0 or unnamed < 0.1 * diagnosis.spend:
        return None
    return Finding(
        percent(unnamed / diagnosis.spend),
        message("of purchases name no supplier"),
        message(
            "{amount} {period} that nobody can be asked about, until the accounts or the invoices tell.",
            amount=Money(rounded(unnamed), diagnosis.currency),
            period=period(diagnosis),
        ),
        "suppliers",
        0.15 + 0.5 * unnamed / diagnosis.spend,
    )


def _half_open(diagnosis: Diagnosis) -> Finding | None:
    """Say that the share made in France is open: what is known leaves it on both sides of half."""
    share = diagnosis.local_content[Basis.ORIGIN_VALUE].get(FRANCE.key)
    if share is None or share.min is None or share.max is None or not share.min < 0.5 <= share.max:
        return None
    if share.max - share.min > 0.95:  # nothing is known: another finding says so
        return None
    return Finding(
        interval(share),
        message("is all one can say of the share made in France"),
        message("By value of the bought parts; origins are established for {c}.", c=percent(share.coverage)),
        "local",
        0.3,
    )


def _not_documented(diagnosis: Diagnosis) -> Finding | None:
    """Say how much is known from words only: no paper would stand up to an audit."""
    levels = diagnosis.evidence_spend
    stated = levels.get("declared", 0.0) + levels.get("inferred", 0.0)
    if diagnosis.spend <= 0 or stated < 0.05:
        return None
    return Finding(
        percent(stated),
        message("of purchases have an origin without a paper"),
        message(
            "Declared or inferred; {share} is documented. Only papers stand up to an audit.",
            share=percent(levels.get("documented", 0.0)),
        ),
        "lines",
        0.12 + 0.1 * stated,
    )


def _lines_read(diagnosis: Diagnosis) -> Finding | None:
    """Say what was read, where little else can be said."""
    if diagnosis.bought_lines == 0:
        return Finding(
            message("No line"),
            message("was understood as a bought part"),
            message("The columns can be corrected: `maillon intake` shows what was understood of them."),
            "doubts",
            3.0,
        )
    return Finding(
        plural_message("{n} line", "{n} lines", n=diagnosis.bought_lines),
        plural_message(
            "is bought, of {of} in all",
            "are bought, of {of} in all",
            n=diagnosis.bought_lines,
            of=diagnosis.lines,
        ),
        message("Every row of the files is accounted for in the annex."),
        "doubts",
        0.0,
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
    if diagnosis.spend > 0 or diagnosis.bought_lines == 0:
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
    if share is None or share.min is None or share.max is None or share.max - share.min > 0.95:
        return None
    return Finding(
        interval(share),
        message("of the bought lines are made in France"),
        message("By number of lines, which says nothing of their value."),
        "local",
        0.1,
    )


def _lines_unknown(diagnosis: Diagnosis) -> Finding | None:
    """Count the lines of unknown origin, where there is no amount to weigh them."""
    unknown = diagnosis.purchases["country"].null_count()
    if diagnosis.spend > 0 or unknown == 0:
        return None
    return Finding(
        percent(unknown / diagnosis.bought_lines),
        message("of the bought lines have no known origin"),
        plural_message(
            "{n} line of {of}: no column, invoice or customs paper says where it is made.",
            "{n} lines of {of}: no column, invoice or customs paper says where they are made.",
            n=unknown,
            of=diagnosis.bought_lines,
        ),
        "ask",
        0.6,
    )


def _suppliers_by_lines(diagnosis: Diagnosis) -> Finding | None:
    """Say who sells most lines, or that nobody is named, where there is no amount to weigh suppliers."""
    if diagnosis.spend > 0 or diagnosis.bought_lines == 0:
        return None
    shares = supplier_shares(diagnosis)
    if not shares:
        return Finding(
            message("No supplier"),
            message("is named in the files"),
            message("Nobody can be asked where parts are made, until the accounts or the invoices tell."),
            "suppliers",
            0.3,
        )
    name, share = shares[0]
    unnamed = diagnosis.purchases["supplier"].null_count()
    return Finding(
        percent(share),
        message("of the lines with a named supplier rest on one"),
        plural_message(
            "It is {name}; {n} line of {of} names no supplier.",
            "It is {name}; {n} lines of {of} name no supplier.",
            name=brief(name),
            n=unnamed,
            of=diagnosis.bought_lines,
        ),
        "suppliers",
        0.2,
    )


def _few_families(diagnosis: Diagnosis) -> Finding | None:
    """Say how few families hold half: they lead to makers even where no origin is known."""
    measure, named = measure_of(diagnosis), family_sizes(diagnosis).drop_nulls("family")
    few = half_of(named, measure)
    if few is None or named.height < 3 * few:
        return None
    return Finding(
        plural_message("{n} family", "{n} families", n=few),
        _half_of_what(few, priced=measure.priced),
        plural_message(
            "Of {n} family recognised in the designations: each leads to makers.",
            "Of {n} families recognised in the designations: each leads to makers.",
            n=named.height,
        ),
        "flows",
        0.25,
    )


def _half_of_what(few: int, *, priced: bool) -> Message:
    if priced:
        return plural_message("holds half of the purchases", "hold half of the purchases", n=few)
    return plural_message("holds half of the lines", "hold half of the lines", n=few)


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
    _first_supplier,
    _supplier_unnamed,
    _half_open,
    _not_documented,
    _count_share,
    _lines_unknown,
    _suppliers_by_lines,
    _few_families,
    _lines_read,
)
