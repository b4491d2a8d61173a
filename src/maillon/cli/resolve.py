"""``maillon resolve``: from a file of vendors to the establishments of the register."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillon.cli.terminal import Say, emit_json, progress, reported, show, table
from maillon.core.errors import InvalidRequest
from maillon.core.message import message

if TYPE_CHECKING:
    from maillon.method.search.resolve import Decisions, Resolution, VendorCandidate, VendorMatch

_REASONS = 2  # reasons told in the table


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(help=say(message("Find the establishment of each vendor in the company register.")))
    def resolve(
        file: Annotated[
            Path, typer.Argument(help=say(message("A list of vendors, purchases or an FEC, of any form.")))
        ],
        review: Annotated[
            Path | None,
            typer.Option(
                help=say(message("Write the vendors to look at (.xlsx, .csv), largest spend first."))
            ),
        ] = None,
        decisions: Annotated[
            Path | None,
            typer.Option(help=say(message("Decisions, or vendors looked at and completed (.xlsx, .csv)."))),
        ] = None,
        folder: Annotated[
            Path | None, typer.Option("--register", help=say(message("Snapshot to search, else the last.")))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            if review is not None and review.suffix.lower() not in {".xlsx", ".csv"}:
                raise InvalidRequest(
                    message(
                        "The vendors to look at are written as .xlsx or .csv, not {name}.", name=review.name
                    )
                )
            found = _resolved(file, decisions, folder, say, quiet=as_json)
            if review is not None:
                _ask(review, found, language, say)
            if as_json:
                emit_json([_as_json(match, language, say) for match in found.matches])
            else:
                _show(found, language, say)


def _resolved(file: Path, decisions: Path | None, folder: Path | None, say: Say, quiet: bool) -> "Resolution":
    from maillon.cli.vendor_files import read_vendor_file
    from maillon.method.search.resolve import resolve_vendors
    from maillon.reference.register import open_register

    if not file.is_file():
        raise InvalidRequest(message("There is no file {file}.", file=str(file)))
    if decisions is not None and not decisions.is_file():
        raise InvalidRequest(message("There is no file {file}.", file=str(decisions)))
    held, opened = _decisions(decisions), open_register(folder)
    with progress(say(message("Reading")), quiet=quiet) as step:
        vendors = read_vendor_file(file, step)
    with progress(say(message("Comparing the names")), quiet=quiet) as step:
        return resolve_vendors(opened, vendors, decisions=held, progress=step)


def _decisions(path: Path | None) -> "Decisions":
    """Return the decisions of a file; those of a sheet that a person completed are remembered from now on."""
    from maillon.cli.reviewed_vendors import read_reviewed, record_reviewed
    from maillon.method.search.resolve import read_decisions

    if path is None:
        return read_decisions()
    kept = read_reviewed(path)
    return read_decisions(path) if kept is None else record_reviewed(read_decisions(), kept)


def _ask(path: Path, found: "Resolution", language: str, say: Say) -> None:
    from maillon.cli.reviewed_vendors import write_review
    from maillon.method.search.resolve import group_for_review

    write_review(path, group_for_review(found.to_review), language, say)


def _as_json(match: "VendorMatch", language: str, say: Say) -> dict[str, object]:
    return {
        "name": match.name,
        "decision": str(match.decision),
        "siret": match.siret,
        "p": round(match.p, 4),
        "candidates": [_candidate(one, language, say) for one in match.candidates],
    }


def _candidate(one: "VendorCandidate", language: str, say: Say) -> dict[str, object]:
    from maillon.method.search.resolve import explain_vendor_reason

    reasons = [
        {"code": r.code, "weight": round(r.weight, 3), "text": say(explain_vendor_reason(r, language))}
        for r in one.reasons
    ]
    told = {"siret": one.siret, "name": one.name, "commune": one.commune_name, "p": round(one.p, 4)}
    return told | {"reasons": reasons}


def _show(found: "Resolution", language: str, say: Say) -> None:
    """Show the vendors, the largest spend first."""
    words = {
        "accept": say(message("Found")),
        "review": say(message("To look at")),
        "none": say(message("Not in the register")),
        "foreign": say(message("Foreign vendor")),
    }
    ordered = sorted(found.matches, key=lambda match: -(match.spend or 0.0))
    rows = [
        [match.name, words[match.decision], *_first(match), f"{match.p:.0%}", _why(match, language, say)]
        for match in ordered
    ]
    headers = [say(message("Vendor")), "", "SIRET", say(message("Company")), say(message("Town")), ""]
    show(table("", [*headers, say(message("Why"))], rows, frozenset({5})))


def _first(match: "VendorMatch") -> tuple[str, str, str]:
    """Return the first candidate of a vendor that is found or to look at."""
    if not match.candidates or match.decision not in {"accept", "review"}:
        return "", "", ""
    one = match.candidates[0]
    return one.siret, one.name or "", one.commune_name or ""


def _why(match: "VendorMatch", language: str, say: Say) -> str:
    """Return what weighs most: for or against, whatever every candidate starts from left out."""
    from maillon.method.search.resolve import explain_vendor_reason

    told = [reason for reason in match.reasons if reason.code != "vendor-none"]
    heaviest = sorted(told, key=lambda reason: -abs(reason.weight))[:_REASONS]
    return " ".join(say(explain_vendor_reason(reason, language)) for reason in heaviest)
