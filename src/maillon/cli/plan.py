"""``maillon plan``: who delivers which share of each part, at least cost under the buyer's rules."""

from pathlib import Path
from typing import Annotated

import typer

from maillon.cli.terminal import Say, emit_json, progress, reported, show
from maillon.core.errors import InvalidRequest
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(help=say(message("Plan who delivers what: cost, risk, CO2 and local content, explained.")))
    def plan(
        files: Annotated[
            list[Path],
            typer.Argument(help=say(message("Parts, offers and suppliers: a workbook, CSV files or JSON."))),
        ],
        budget: Annotated[
            float | None, typer.Option(help=say(message("Most that may be paid once, in €.")))
        ] = None,
        local_target: Annotated[
            float | None, typer.Option(help=say(message("Least local share, 0.3 for 30 %.")))
        ] = None,
        co2_cap: Annotated[float | None, typer.Option(help=say(message("Most CO2 a year, in kg.")))] = None,
        risk_cap: Annotated[
            float | None, typer.Option(help=say(message("Most loss in the worst years (CVaR), in €.")))
        ] = None,
        why_not: Annotated[
            str, typer.Option(help=say(message("Why not this supplier: SUPPLIER or SUPPLIER:PART.")))
        ] = "",
        frontier: Annotated[
            int,
            typer.Option(help=say(message("Trade-offs of cost, local share and risk to show."))),
        ] = 0,
        quarter_budget: Annotated[
            float | None, typer.Option(help=say(message("Most that may be paid once in a quarter, in €.")))
        ] = None,
        time_limit: Annotated[float, typer.Option(help=say(message("Seconds of search.")))] = 60.0,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            missing = next((file for file in files if not file.is_file()), None)
            if missing is not None:
                raise InvalidRequest(message("The file {name} does not exist.", name=missing.name))
            if not time_limit > 0:
                raise InvalidRequest(message("The time limit must be above zero."))
            from maillon.cli.plan_files import read_request
            from maillon.cli.plan_run import Wishes, answer_plan, rules_of
            from maillon.cli.plan_shown import answer_json, answer_shown

            problem, written = read_request(files)
            asked = {"budget": budget, "local_target": local_target, "co2_cap": co2_cap, "risk_cap": risk_cap}
            rules = rules_of(written, asked)
            wishes = Wishes(why_not, frontier, quarter_budget, time_limit)
            with progress(say(message("Searching")), quiet=as_json) as advance:
                answer = answer_plan(problem, rules, wishes, advance)
            if as_json:
                emit_json(answer_json(answer, say))
            else:
                show(*answer_shown(answer, say))
            if answer.interrupted:
                raise typer.Exit(130)
