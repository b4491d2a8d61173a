"""Entry point of the command line: choose the language, build the commands, run one."""

import gettext
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files

import typer

from maillon.cli import (
    classify,
    codes,
    cost,
    demo,
    diagnose,
    intake,
    lexicon,
    meet,
    plan,
    pool,
    read,
    register,
    resolve,
    run,
    search,
    serve,
)
from maillon.cli.terminal import Say
from maillon.core.message import message
from maillon.language.catalogue import LANGUAGES, render


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name; exit codes are those of ``maillon.core.errors``."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    language = take_language(words, os.environ)
    translate_library(language)
    build_app(language)(args=words, prog_name="maillon")


def take_language(words: list[str], environment: Mapping[str, str]) -> str:
    """Remove ``--lang XX`` from ``words`` and return the language; else ``MAILLON_LANG``, else French.

    >>> words = ["intake", "mine.xlsx", "--lang", "en"]
    >>> take_language(words, {}), words
    ('en', ['intake', 'mine.xlsx'])
    """
    chosen = environment.get("MAILLON_LANG", "fr")
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words):
            chosen = words[place + 1]
            del words[place : place + 2]
            break
        if word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
            del words[place]
            break
    return chosen if chosen in LANGUAGES else "fr"


def translate_library(language: str) -> None:
    """Have the command-line library say its own sentences ("Options", "required") in ``language``."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", str(files("maillon.language")))


def build_app(language: str) -> typer.Typer:
    """Return the command line with its help in ``language``."""
    say: Say = partial(render, language=language)
    app = typer.Typer(
        name="maillon",
        help=say(message("From a firm's own spreadsheet to local sources of supply.")),
        epilog=say(
            message(
                "Add --lang en for English, --lang fr for French. "
                "Exit codes: 0 done, 2 request, 3 file refused, 4 no table found, 5 data missing, "
                "130 interrupted."
            )
        ),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for step in (
        run,
        intake,
        diagnose,
        read,
        classify,
        codes,
        lexicon,
        search,
        resolve,
        cost,
        meet,
        plan,
        pool,
        register,
        demo,
        serve,
    ):
        step.register(app, language, say)
    return app
