"""Results of a supplier search, for the terminal and for machines."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maillon.cli.terminal import emit_json, show, table
from maillon.core.errors import InvalidRequest, RefusedFile
from maillon.core.message import Message, message, plural_message
from maillon.core.place import Place
from maillon.language import format_date, format_number, render
from maillon.method.search import BatchResult, Candidate, Filters, SearchResult
from maillon.method.search.suppliers.explanation import (
    explain_condition,
    explain_gap_reason,
    explain_missing,
    explain_raise,
    explain_reason,
)

_GAP = r"[ .\u00a0\u202f]?"
_NUMBER = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{8}}(?:(?:{_GAP}\d){{5}})?(?!\d)")
_LARGEST_LIST = 20_000_000  # bytes of an exclusion file
_SHOWN_REASONS = 3


def search_filters(
    near: Place | None,
    km: float | None,
    departements: Sequence[str],
    regions: Sequence[str],
    *,
    exclude: Path | None,
    certificates: Sequence[str],
    **conditions: Any,
) -> Filters:
    """Return the conditions that the options name; ``InvalidRequest`` where one names nothing."""
    from maillon.reference.places.divisions import departements as every

    codes = {_territory("departement", text) for text in departements}
    wanted = {_territory("region", text) for text in regions}
    codes |= {division.code for division in every().values() if division.region in wanted}
    return Filters(
        near=near,
        km=km,
        departements=frozenset(codes),
        certificates=tuple(_certificate(text) for text in certificates),
        excluded=_numbers(exclude) if exclude else frozenset(),
        naf=tuple(conditions.pop("naf")),
        **conditions,
    )


def _territory(kind: str, text: str) -> str:
    from maillon.reference.places import resolve_territory

    return resolve_territory(text if ":" in text else f"{kind}:{text}").code


def _certificate(text: str) -> str:
    from maillon.reference.classifications.certificates import all_certificates, find_certificates

    if text in {certificate.code for certificate in all_certificates()}:
        return text
    found = find_certificates(text)
    if len(found) != 1:
        raise InvalidRequest(
            message("“{text}” is not a certificate that Maillon knows.", text=text),
            message("Write its usual name, for example EN 9100 or ISO 13485."),
        )
    return found[0]


def _numbers(file: Path) -> frozenset[str]:
    """Return the SIRET and SIREN numbers written anywhere in a text file."""
    try:
        if file.stat().st_size > _LARGEST_LIST:
            raise RefusedFile(message("The list {name} is too large.", name=file.name))
        text = file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        raise RefusedFile(message("The list {name} cannot be read.", name=file.name)) from None
    found = frozenset(re.sub(r"\D", "", match) for match in _NUMBER.findall(text))
    if text.strip() and not found:
        raise RefusedFile(
            message("The list {name} holds no SIRET or SIREN number.", name=file.name),
            message("Give a text or CSV file with 9 or 14 digits for each firm."),
        )
    return found


def result_json(result: SearchResult, language: str) -> dict[str, Any]:
    """Return a result as documented in docs/method/search.md."""
    gap = result.gap and {
        "reasons": [
            {"code": reason.code, "text": render(explain_gap_reason(reason, language), language)}
            for reason in result.gap.reasons
        ]
    }
    return {
        "results": [_candidate_json(candidate, language) for candidate in result.candidates],
        "gap": gap,
        "near_matches": [
            _candidate_json(near.candidate, language)
            | {
                "missing": {
                    "code": near.missing.code,
                    "text": render(explain_missing(near.missing, language), language),
                }
            }
            for near in result.near_matches
        ],
        "removed": [{"condition": one.condition, "firms": one.firms} for one in result.removed],
        "found": result.found,
        "profile": result.profile,
    }


def _candidate_json(candidate: Candidate, language: str) -> dict[str, Any]:
    km = candidate.distance_km
    return {
        "siret": candidate.siret,
        "name": candidate.name,
        "naf": candidate.naf,
        "commune": candidate.commune_name,
        "commune_code": candidate.commune,
        "distance_km": None if km is None else round(km, 1),
        "score": candidate.score,
        "reasons": [
            {
                "code": reason.code,
                "weight": reason.weight,
                "text": render(explain_reason(reason, language), language),
            }
            for reason in candidate.reasons
        ],
        "unknown": list(candidate.unknown),
        "would_raise": [
            {
                "code": reason.code,
                "weight": reason.weight,
                "text": render(explain_raise(reason, language), language),
            }
            for reason in candidate.would_raise
        ],
        "has_evidence": candidate.has_evidence,
        "trader": candidate.trader,
        "own_supplier": candidate.own_supplier,
        "masked": candidate.masked,
        "insolvency": candidate.insolvency.isoformat() if candidate.insolvency else None,
    }


def emit_batch(texts: Sequence[str | None], found: BatchResult, language: str) -> None:
    """Print the distinct results, and for each line the place of its result among them."""
    place_of = {result.need: place for place, result in enumerate(found.results)}
    emit_json(
        {
            "lines": [
                {"designation": text, "family": family, "result": place}
                for text, family, place in zip(texts, found.families, found.lines, strict=True)
            ],
            "results": [
                {"need": result.need.text} | result_json(result, language) for result in found.results
            ],
            "families": {
                family: [place_of[result.need] for result in results]
                for family, results in found.by_family.items()
            },
        }
    )


def show_result(title: str, result: SearchResult, language: str) -> None:
    """Print candidates with what ranks them, then near matches, conditions, and a gap if nobody is left."""
    if result.candidates:
        rows = [_row(candidate, language) for candidate in result.candidates]
        show(table(title, _headers(language), rows, frozenset({2, 3})))
        first = result.candidates[0]
        for reason in first.would_raise[:_SHOWN_REASONS]:
            gain = format_number(reason.weight, language, 1)
            what = explain_raise(reason, language)
            show(
                _said(
                    message("What would raise the first one (+{gain}): {what}", gain=gain, what=what),
                    language,
                )
            )
    if result.gap:
        show(_said(message("Nobody was found:"), language))
        show(*[f"  {_said(explain_gap_reason(one, language), language)}" for one in result.gap.reasons])
    for near in result.near_matches:
        who, what = _name(near.candidate, language), explain_missing(near.missing, language)
        show(_said(message("Nearly: {name}. {missing}", name=who, missing=what), language))
    for one in result.removed:
        if one.firms:
            left = plural_message(
                "{condition}: {n} firm left out",
                "{condition}: {n} firms left out",
                n=one.firms,
                condition=explain_condition(one.condition, language),
            )
            show(_said(left, language))


def show_batch(texts: Sequence[str | None], found: BatchResult, language: str) -> None:
    """Print one line for each line of the file: how many can make it, and the first of them."""
    rows = []
    for line, text in enumerate(texts):
        result = found.of_line(line)
        if text and result:
            best = result.candidates[0] if result.candidates else None
            named = _name(best, language) if best else ""
            rows.append([text, str(result.found), named, _distance(best, language) if best else ""])
    heads = [message("Line"), message("Firms"), message("First"), message("km")]
    show(table("", [render(head, language) for head in heads], rows, frozenset({1, 3})))


def _headers(language: str) -> list[str]:
    heads = (message("Firm"), message("Commune"), message("km"), message("Points"), message("Why"))
    return [render(head, language) for head in heads]


def _row(candidate: Candidate, language: str) -> list[str]:
    told = sorted(candidate.reasons[1:], key=lambda reason: -abs(reason.weight))
    why = [_said(explain_reason(one, language), language) for one in told[:_SHOWN_REASONS] if one.weight]
    return [
        "\n".join([_name(candidate, language), candidate.siret, *_marks(candidate, language)]),
        candidate.commune_name or "",
        _distance(candidate, language),
        format_number(candidate.score, language, 1),
        "\n".join(why),
    ]


def _marks(candidate: Candidate, language: str) -> list[str]:
    marks = []
    if candidate.own_supplier:
        marks.append(message("already your supplier"))
    if candidate.trader:
        marks.append(message("trader"))
    if candidate.insolvency:
        day = format_date(candidate.insolvency, language)
        marks.append(message("insolvency proceedings opened on {date}", date=day))
    return [render(mark, language) for mark in marks]


def _name(candidate: Candidate, language: str) -> str:
    return candidate.name or render(message("(name not shown)"), language)


def _distance(candidate: Candidate, language: str) -> str:
    return "" if candidate.distance_km is None else format_number(candidate.distance_km, language)


def _said(what: Message, language: str) -> str:
    return render(what, language)
