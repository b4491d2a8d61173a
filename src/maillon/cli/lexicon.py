"""``maillon lexicon``: check the lexicon, count it, record answers of firms, propose changes."""

from typing import Annotated

import typer

from maillon.cli.terminal import Say, emit_json, reported
from maillon.core.message import message, plural_message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the commands to ``app``, with their help in the reader's language."""
    commands = typer.Typer(help=say(message("The lexicon of parts: check it, count it, let it learn.")))
    app.add_typer(commands, name="lexicon", no_args_is_help=True)
    _add_lint(commands, language, say)
    _add_stats(commands, language, say)
    _add_record(commands, language, say)
    _add_propose(commands, language, say)
    _add_nearest(commands, language, say)


def _add_lint(commands: typer.Typer, language: str, say: Say) -> None:
    @commands.command(help=say(message("Check every sheet; the exit code is 1 if there is a fault.")))
    def lint() -> None:
        with reported(language):
            from maillon.reference.classifications.lexicon.lint import lint as faults_of

            faults = faults_of()
            for fault in faults:
                typer.echo(fault)
            typer.echo(say(plural_message("{n} fault.", "{n} faults.", n=len(faults))), err=True)
            if faults:
                raise typer.Exit(1)


def _add_stats(commands: typer.Typer, language: str, say: Say) -> None:
    @commands.command(help=say(message("Count nouns, written forms, families and processes.")))
    def stats(
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.reference.classifications.lexicon.statistics import lexicon_statistics

            counted = lexicon_statistics()
            if as_json:
                emit_json(counted)
                return
            for name, number in counted.items():
                typer.echo(f"{name}\t{number}")


def _add_record(commands: typer.Typer, language: str, say: Say) -> None:
    @commands.command(help=say(message("Record that a firm confirmed or refused to make a part.")))
    def record(
        designation: Annotated[str, typer.Argument(help=say(message("The part, as you write it.")))],
        process: Annotated[str, typer.Option(help=say(message("Code of the process, such as “milling”.")))],
        siret: Annotated[str, typer.Option(help=say(message("SIRET of the firm.")))],
        confirmed: Annotated[
            bool, typer.Option("--confirmed/--refused", help=say(message("What the firm answered.")))
        ],
    ) -> None:
        with reported(language):
            from maillon.method.search import read_designation
            from maillon.reference.classifications.lexicon.verdicts import CONFIRMED, REFUSED, record_verdict

            noun = read_designation(designation).noun
            record_verdict(
                designation,
                noun=noun.code if noun else None,
                process=process,
                siret=siret,
                verdict=CONFIRMED if confirmed else REFUSED,
            )
            typer.echo(say(message("Recorded.")), err=True)


def _add_propose(commands: typer.Typer, language: str, say: Say) -> None:
    @commands.command(
        help=say(message("Print the changes that recorded answers speak for, as a diff to read and apply."))
    )
    def propose() -> None:
        with reported(language):
            from maillon.reference.classifications.lexicon.proposals import propose_changes
            from maillon.reference.classifications.lexicon.verdicts import read_verdicts

            verdicts = read_verdicts()
            changes = propose_changes(verdicts.records)
            typer.echo(changes.diff, nl=False)
            done = message(
                "{changed} nouns changed, {added} added, {few} with too few answers, "
                "{damaged} damaged lines.",
                changed=len(changes.changed),
                added=len(changes.added),
                few=changes.too_few,
                damaged=verdicts.damaged,
            )
            typer.echo(say(done), err=True)


def _add_nearest(commands: typer.Typer, language: str, say: Say) -> None:
    @commands.command(
        help=say(
            message(
                "Known parts nearest in meaning to one that the lexicon lacks: proposals to confirm. "
                "Needs the optional model."
            )
        )
    )
    def nearest(
        designation: Annotated[str, typer.Argument(help=say(message("The part, as you write it.")))],
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.reference.classifications.lexicon.nearest import propose_nouns
            from maillon.reference.classifications.processes import find_process

            proposal = propose_nouns(designation)
            nouns = [
                {
                    "code": one.noun.code,
                    "label": one.noun.label(language),
                    "similarity": round(one.similarity, 3),
                }
                for one in proposal.neighbours
            ]
            processes = [
                {
                    "code": code,
                    "label": getattr(find_process(code), "fr" if language == "fr" else "en"),
                    "share": round(share, 3),
                }
                for code, share in proposal.processes
            ]
            if as_json:
                emit_json({"text": designation, "nouns": nouns, "processes": processes})
                return
            for noun in nouns:
                typer.echo(f"{noun['similarity']}\t{noun['label']}")
            for process in processes:
                typer.echo(f"{process['share']:.0%}\t{process['code']}\t{process['label']}")
            typer.echo(
                say(message("Proposals of a model: nothing is decided before a person confirms.")), err=True
            )
