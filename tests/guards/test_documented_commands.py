"""What the pages tell a reader to type exists: make targets, commands, options, files, links, Python."""

import re
import shlex
import subprocess
import sys
from functools import cache

import pytest
from typer.testing import CliRunner

from maillon.cli.main import build_app

FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")
INLINE = re.compile(r"`([^`\n]+)`")
TARGET = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)
READMES = ("README.md", "README.fr.md")


@pytest.fixture(scope="module")
def pages(texts, root):
    """Every page of documentation by its path."""
    return {path: text for path, text in texts.items() if path.suffix == ".md"}


def typed(text, program):
    """Command lines of ``program`` that a page shows, in code blocks and in running text, as words."""
    blocks = [block for kind, block in FENCE.findall(text) if kind in {"", "sh", "console"}]
    shown = [line.removeprefix("$ ").strip() for block in blocks for line in block.splitlines()]
    shown += INLINE.findall(FENCE.sub("", text))
    for line in shown:
        if line.split(" ")[0].rpartition("/")[2] == program:
            yield shlex.split(line, comments=True)[1:]


def test_make_targets_exist(pages, root):
    targets = set(TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    asked = [words for text in pages.values() for words in typed(text, "make") if words]
    named = {words[0] for words in asked if "=" not in words[0]}
    assert {"run", "test"} <= named
    assert named - targets == set()


def commands(pages):
    for path, text in pages.items():
        for words in typed(text, "maillon"):
            if words and not words[0].startswith("-"):
                yield path, words


def help_of(words):
    """Help of the deepest command that the words name, and how many words name it."""
    named, text = 0, help_page()
    for word in words:
        deeper = help_page(*words[: named + 1]) if re.fullmatch(r"[a-z-]+", word) else ""
        if not deeper:
            break
        named, text = named + 1, deeper
    return text, named


@cache
def help_page(*words):
    """The help of a command, empty where there is no such command."""
    wide = {"COLUMNS": "300", "NO_COLOR": "1"}
    result = CliRunner().invoke(build_app("en"), [*words, "--help"], env=wide)
    return result.output if result.exit_code == 0 else ""


def test_commands_and_options_exist(pages, root):
    wrong = []
    for path, words in commands(pages):
        text, named = help_of(words)
        options = [word.split("=")[0] for word in words if word.startswith("--")]
        if not named or any(option not in text + help_page() for option in options):
            wrong.append(f"{path.relative_to(root)}: maillon {' '.join(words)}")
    assert not wrong, "\n".join(wrong)


def test_links_lead_to_files(pages, root):
    lost = [
        f"{path.relative_to(root)}: {link}"
        for path, text in pages.items()
        for link in LINK.findall(FENCE.sub("", text))
        if not (path.parent / link).exists()
    ]
    assert not lost, "\n".join(lost)


def test_both_readmes_show_the_same_commands(root):
    english, french = ((root / name).read_text(encoding="utf-8") for name in READMES)
    targets = [[words[:1] for words in typed(page, "make")] for page in (english, french)]
    assert targets[0] == targets[1]
    asked = [{words[0] for words in typed(page, "maillon") if words} for page in (english, french)]
    assert asked[0] == asked[1]


def test_the_first_screen_says_how_to_run_and_to_test(root):
    for name in READMES:
        screen = "\n".join((root / name).read_text(encoding="utf-8").splitlines()[:24])
        assert "make run" in screen
        assert "make run FILE=" in screen
        assert "make test" in screen


def test_the_python_of_the_readmes_runs(root):
    pages = [(root / name).read_text(encoding="utf-8") for name in READMES]
    blocks = {block for page in pages for kind, block in FENCE.findall(page) if kind == "python"}
    assert blocks
    for block in blocks:
        command = [sys.executable, "-c", block]
        ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr


def test_examples_named_in_the_pages_exist(pages, root):
    named = {name for text in pages.values() for name in re.findall(r"\bexamples/[\w.-]+\.\w+", text)}
    assert "examples/cobot.xlsx" in named
    assert sorted(name for name in named if not (root / name).exists()) == []
