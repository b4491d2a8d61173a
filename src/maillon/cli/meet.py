"""``maillon meet``: who should meet, when and where; repair on the day; check any timetable."""

from pathlib import Path
from typing import Annotated

import typer

from maillon.cli.terminal import Say, emit_json, progress, reported, show
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the group of commands to ``app``, with its help in the reader's language."""
    meet = typer.Typer(
        help=say(message("Business meetings: who meets whom, when, where.")), no_args_is_help=True
    )
    app.add_typer(meet, name="meet")
    _register_propose(meet, language, say)
    _register_schedule(meet, language, say)
    _register_repair(meet, language, say)
    _register_check(meet, language, say)


def _register_propose(meet: typer.Typer, language: str, say: Say) -> None:
    @meet.command(help=say(message("Choose the meetings worth holding, and say why the others are not.")))
    def propose(
        files: Annotated[list[Path], typer.Argument(help=say(message("Files of the event.")))],
        give: Annotated[
            float,
            typer.Option(help=say(message("Share of weight that may be given up for the worst served."))),
        ] = 0.0,
        time_limit: Annotated[
            float, typer.Option(min=1, help=say(message("Longest time, in seconds.")))
        ] = 60,
        why: Annotated[
            str, typer.Option(help=say(message("Say what holding this meeting would cost: “A / B”.")))
        ] = "",
        search: Annotated[
            bool, typer.Option(help=say(message("Propose meetings from needs, by the company register.")))
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.meet_results import open_event, show_cost, show_proposal
            from maillon.method.meet.propose import propose_meetings
            from maillon.report.meet.machine import proposal_json

            event = open_event(files, say, as_json, search)
            if why:
                show_cost(event, why, time_limit, say, as_json)
                return
            with progress(say(message("Choosing the meetings")), quiet=as_json):
                found = propose_meetings(event, time_limit=time_limit, give=give)
            emit_json(proposal_json(event, found, language)) if as_json else show_proposal(event, found, say)


def _register_schedule(meet: typer.Typer, language: str, say: Say) -> None:
    @meet.command(help=say(message("Place the meetings: fewest breaks, proven; agendas, hall plan, badges.")))
    def schedule(
        files: Annotated[
            list[Path], typer.Argument(help=say(message("Files of the event, or a problem in .dzn.")))
        ],
        out: Annotated[Path | None, typer.Option(help=say(message("Folder to write to.")))] = None,
        formats: Annotated[
            str, typer.Option("--format", help=say(message("json, csv, xlsx, html, ics, pdf, badges.")))
        ] = "json,csv,xlsx,html,ics,pdf,badges",
        time_limit: Annotated[
            float, typer.Option(min=1, help=say(message("Longest time, in seconds.")))
        ] = 60,
        fairness: Annotated[
            int, typer.Option(min=0, help=say(message("Most breaks of one person above any other.")))
        ] = 2,
        give: Annotated[
            float,
            typer.Option(help=say(message("Share of weight that may be given up for the worst served."))),
        ] = 0.0,
        search: Annotated[
            bool, typer.Option(help=say(message("Propose meetings from needs, by the company register.")))
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.meet_dzn import schedule_dzn
            from maillon.cli.meet_results import schedule_files

            if files[0].suffix == ".dzn":
                schedule_dzn(files[0], time_limit, fairness, say, as_json)
                return
            wanted = [kind.strip() for kind in formats.split(",")]
            schedule_files(files, out, wanted, (time_limit, fairness, give, search), (language, say, as_json))


def _register_repair(meet: typer.Typer, language: str, say: Say) -> None:
    @meet.command(help=say(message("Repair a published timetable on the day, moving as little as possible.")))
    def repair(
        files: Annotated[list[Path], typer.Argument(help=say(message("Files of the event.")))],
        timetable: Annotated[Path, typer.Option(help=say(message("The published timetable, in JSON.")))],
        away: Annotated[
            list[str] | None,
            typer.Option(help=say(message("Somebody away: “Person or firm : 9:00-10:30”, or all day."))),
        ] = None,
        lost: Annotated[
            list[str] | None,
            typer.Option(help=say(message("A table lost: “T03 : 14:00-15:00”, or all day."))),
        ] = None,
        add: Annotated[
            list[str] | None, typer.Option(help=say(message("A meeting to add: “A / B”.")))
        ] = None,
        cancel: Annotated[
            list[str] | None, typer.Option(help=say(message("A meeting that will not be held: “A / B”.")))
        ] = None,
        now: Annotated[str, typer.Option(help=say(message("Time of day: nothing earlier changes.")))] = "",
        time_limit: Annotated[
            float, typer.Option(min=1, help=say(message("Longest time, in seconds.")))
        ] = 10,
        out: Annotated[Path | None, typer.Option(help=say(message("Folder to write to.")))] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.meet_day import read_happenings, repair_json, show_repair
            from maillon.cli.meet_results import open_event, open_timetable
            from maillon.method.meet.day import repair_agenda

            event = open_event(files, say, as_json)
            published = open_timetable(event, timetable)
            happened = read_happenings(event, away or [], lost or [], add or [], cancel or [], now)
            found = repair_agenda(event, published, **happened, time_limit=time_limit)
            if out is not None:
                from maillon.cli.meet_results import write_files

                for path in write_files(event, found.agenda, None, out, ["json", "xlsx", "html"], language):
                    show(say(message("Written: {path}", path=str(path)))) if not as_json else None
            emit_json(repair_json(event, found)) if as_json else show_repair(event, found, say)


def _register_check(meet: typer.Typer, language: str, say: Say) -> None:
    @meet.command(help=say(message("Check a timetable against every rule of its event.")))
    def check(
        files: Annotated[
            list[Path], typer.Argument(help=say(message("Files of the event, or a problem in .dzn.")))
        ],
        timetable: Annotated[Path, typer.Option(help=say(message("The timetable to check, in JSON.")))],
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.meet_dzn import check_dzn
            from maillon.cli.meet_results import check_files

            if files[0].suffix == ".dzn":
                wrong = check_dzn(files[0], timetable, say)
            else:
                wrong = check_files(files, timetable, say, as_json)
            if as_json:
                emit_json({"sound": not wrong, "violations": wrong})
            else:
                show(*([one["text"] for one in wrong] or [say(message("Every rule is kept."))]))
            if wrong:
                raise typer.Exit(1)
