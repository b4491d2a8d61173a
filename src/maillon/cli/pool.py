"""``maillon pool``: which lines become viable when several firms pool their needs, and who pays what."""

from pathlib import Path
from typing import Annotated

import typer

from maillon.cli.terminal import Say, emit_json, progress, reported, show
from maillon.core.errors import InvalidRequest
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(
        help=say(message("Pool the needs of several firms until a line is viable, and share its cost."))
    )
    def pool(
        files: Annotated[
            list[Path], typer.Argument(help=say(message("Needs and candidate lines, or a file of Beasley.")))
        ],
        capacity: Annotated[
            float | None, typer.Option(help=say(message("Yearly capacity of the lines that give none.")))
        ] = None,
        years: Annotated[int, typer.Option(help=say(message("Years that the pool is planned for.")))] = 5,
        discount: Annotated[
            float, typer.Option(help=say(message("Discount rate a year, 0.04 for 4 %.")))
        ] = 0.0,
        robust: Annotated[
            bool, typer.Option("--robust", help=say(message("Hold whichever firm leaves.")))
        ] = False,
        share_by: Annotated[str, typer.Option(help=say(message("Share costs by: core, shapley.")))] = "core",
        member: Annotated[str, typer.Option(help=say(message("Show only what this firm may see.")))] = "",
        buying_share: Annotated[
            float | None,
            typer.Option(help=say(message("The members’ share of the market where they buy, 0 to 1."))),
        ] = None,
        signed_off_by: Annotated[
            str, typer.Option(help=say(message("Role of the person who signs off the competition check.")))
        ] = "",
        why: Annotated[str, typer.Option(help=say(message("Why it is signed off.")))] = "",
        time_limit: Annotated[
            float, typer.Option(help=say(message("Seconds of search, for each group of needs.")))
        ] = 60.0,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            _check(files, capacity, time_limit, share_by)
            from maillon.cli import pool_shown
            from maillon.method.plan.pool.location import is_beasley, locate_lines, read_beasley

            if is_beasley(files[0]):
                problem = read_beasley(files[0], capacity)
                with progress(say(message("Searching")), quiet=as_json) as step:
                    found = locate_lines(
                        problem, time_limit=time_limit, on_progress=lambda now: step(_closed(now.gap))
                    )
                if as_json:
                    emit_json(pool_shown.location_json(problem, found))
                else:
                    show(*pool_shown.location_shown(problem, found, say, language))
                return
            from maillon.cli.pool_files import read_pool
            from maillon.cli.pool_shown import Choice

            needs, lines, aside = read_pool(files, capacity)
            choice = Choice(years, discount, robust, share_by, buying_share, signed_off_by, why, time_limit)
            with progress(say(message("Searching")), quiet=as_json) as step:
                results = pool_shown.pooled(needs, lines, choice, lambda now: step(_closed(now.gap)))
            if member:
                views = pool_shown.views_of(results, member)
                emit_json(pool_shown.views_json(views, say)) if as_json else show(
                    *pool_shown.views_shown(views, say)
                )
            elif as_json:
                emit_json(pool_shown.results_json(results, aside, say))
            else:
                show(*pool_shown.results_shown(results, aside, say, language))


def _closed(gap: float) -> float:
    """Return how much of the way to the optimum is proved; nothing while a bound or a plan is unknown."""
    return max(0.0, 1.0 - gap) if gap == gap else 0.0  # noqa: PLR0124 - unknown is NaN, which differs from itself


def _check(files: list[Path], capacity: float | None, time_limit: float, share_by: str) -> None:
    missing = next((file for file in files if not file.is_file()), None)
    if missing is not None:
        raise InvalidRequest(message("The file {name} does not exist.", name=missing.name))
    if capacity is not None and not 0 < capacity < float("inf"):
        raise InvalidRequest(message("The capacity must be above zero."))
    if not time_limit > 0:
        raise InvalidRequest(message("The time limit must be above zero."))
    if share_by not in {"core", "shapley"}:
        raise InvalidRequest(message("Costs are shared by: core, shapley."))
