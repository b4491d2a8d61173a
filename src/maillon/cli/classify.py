"""``maillon classify``: from a designation, or every line of a file, to processes, NAF, CPA and CN codes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from maillon.cli.options import column_mapping
from maillon.cli.terminal import Say, emit_json, progress, reported, show, table
from maillon.core.errors import InvalidRequest, NoTableFound
from maillon.core.message import message

KINDS = ("processes", "naf", "cpa", "cn")
FILES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"})


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(help=say(message("Propose process, NAF, CPA and CN codes for a designation or a file.")))
    def classify(
        designation_or_file: Annotated[
            str,
            typer.Argument(help=say(message("For example “ROULEMENT 6205-2RS”, or a bill of materials."))),
        ],
        cutoff: Annotated[
            float, typer.Option(help=say(message("Least probability of the best code, 0 to 1; 0 shows all.")))
        ] = 0.15,
        sure: Annotated[
            float, typer.Option(help=say(message("Least probability of a finer code, 0 to 1.")))
        ] = 0.5,
        naf: Annotated[
            str, typer.Option(help=say(message("NAF of the answer: 2 (in force) or 2025 (classes).")))
        ] = "2",
        mapping: Annotated[
            Path | None, typer.Option(help=say(message("Corrected columns of the file, see intake --save.")))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            _check(cutoff, sure, naf)
            path = Path(designation_or_file)
            if _is_file(path):
                lines = _read_lines(path, mapping, say, quiet=as_json)
                _show_file(lines, (cutoff, sure, naf), as_json, language, say)
            else:
                _show_one(designation_or_file, (cutoff, sure, naf), as_json, language, say)


Options = tuple[float, float, str]


def _check(cutoff: float, sure: float, naf: str) -> None:
    if not (0 <= cutoff <= 1 and 0 <= sure <= 1):
        raise InvalidRequest(message("A probability lies between 0 and 1."))
    if naf not in {"2", "2025"}:
        raise InvalidRequest(message("There is no NAF {naf} here: 2 or 2025.", naf=naf))


def _is_file(path: Path) -> bool:
    """Say whether the argument names a file; one that looks so but is not there is an error."""
    try:
        there = path.is_file()
    except (OSError, ValueError):  # a long designation is no path
        return False
    if not there and path.suffix.lower() in FILES:
        raise InvalidRequest(message("There is no file {file}.", file=str(path)))
    return there


def _read_lines(path: Path, mapping: Path | None, say: Say, quiet: bool) -> list[tuple[int, str | None]]:
    """Return the number and designation of every line of a bill of materials."""
    from maillon.intake import read_file

    with progress(say(message("Reading")), quiet=quiet) as step:
        reading = read_file(path, mapping=column_mapping(mapping), progress=step)
    if reading.bom is None:
        raise NoTableFound(
            message("No list of parts was found in {name}.", name=path.name),
            message("Show what was understood of it: maillon intake FILE."),
        )
    lines = reading.bom.lines
    return list(zip(lines["line"].to_list(), lines["designation"].to_list(), strict=True))


def _found(text: str, options: Options) -> Any:
    from maillon.method.search import classify_designation

    return classify_designation(text, cutoff=options[0], sure=options[1])


def _as_json(found: Any, naf: str, language: str) -> dict[str, list[dict[str, object]]]:
    """Return the documented form: four lists of ``{"code", "label", "p"}``, best first."""
    from maillon.method.search import code_label

    sources = {kind: "naf_2025" if kind == "naf" and naf == "2025" else kind for kind in KINDS}
    return {
        kind: [
            {"code": s.code, "label": code_label(source, s.code, language), "p": round(s.probability, 4)}
            for s in getattr(found, source)
        ]
        for kind, source in sources.items()
    }


def _show_one(text: str, options: Options, as_json: bool, language: str, say: Say) -> None:
    from maillon.method.search import explain_reasons

    found = _found(text, options)
    codes = _as_json(found, options[2], language)
    if as_json:
        emit_json(codes)
        return
    titles = {
        "processes": say(message("Processes")),
        "naf": "NAF 2025" if options[2] == "2025" else "NAF",
        "cpa": "CPA",
        "cn": say(message("Combined nomenclature")),
    }
    for kind, shares in codes.items():
        rows = [[str(s["code"]), str(s["label"]), f"{s['p']:.0%}"] for s in shares]
        show(table(titles[kind], ["", "", ""], rows or [["–", say(message("No code is sure enough.")), ""]]))
    why = [*explain_reasons(found.cn_reasons, language), *explain_reasons(found.naf_reasons, language)]
    show(
        table(
            say(message("Reasons")), ["", ""], [[say(said), f"{w:+.1f}"] for said, w in why], frozenset({1})
        )
    )


def _show_file(
    lines: list[tuple[int, str | None]], options: Options, as_json: bool, language: str, say: Say
) -> None:
    answers = {text: _found(text, options) for _, text in lines if text}
    if as_json:
        nothing: dict[str, list[dict[str, object]]] = {kind: [] for kind in KINDS}
        emit_json(
            [
                {"line": n, "designation": t} | (_as_json(answers[t], options[2], language) if t else nothing)
                for n, t in lines
            ]
        )
        return
    rows = [
        [str(n), t or "", *(_first(answers[t], kind) if t else "" for kind in ("cn", "naf"))]
        for n, t in lines
    ]
    show(table("", ["", say(message("Designation")), "CN", "NAF"], rows, frozenset({0})))


def _first(found: Any, kind: str) -> str:
    shares = getattr(found, kind)
    return f"{shares[0].code} {shares[0].probability:.0%}" if shares else "–"
