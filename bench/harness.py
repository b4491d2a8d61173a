"""Finding, running and writing down benchmarks.

A benchmark is a module of this folder, or a package whose ``__init__`` is one, with
``table() -> (title, header, rows)``, all text. It is run alone or with the others, can be interrupted at any
moment, and its result replaces only its own part of the results file. Peers are the packages that the module
imports, in its own code or in the programs it starts, and those that it names itself:
``PEERS = ("highspy",)``.
"""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import os
import platform
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions, version
from pathlib import Path

FOLDER = Path(__file__).parent
_OWN = {"bench", "maillon"}
_PART = re.compile(r"<!-- begin (\w+) -->\n(.*?)<!-- end \1 -->\n", re.DOTALL)
_IMPORT = re.compile(r"\b(?:import|from)[ \t]+(\w+)")
_NAMED = re.compile(r"^PEERS\b.*", re.MULTILINE)

Table = tuple[str, list[str], list[list[str]]]


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark printed, on which versions of its peers, how long it took, and what stopped it."""

    name: str
    title: str
    header: list[str]
    rows: list[list[str]]
    peers: tuple[str, ...]
    seconds: float
    failure: str = ""


def names(folder: Path = FOLDER) -> list[str]:
    """Return the names of the benchmarks: modules and packages that define ``table`` at their top level."""
    modules = {path.stem: path for path in folder.glob("*.py")}
    packages = {path.parent.name: path for path in folder.glob("*/__init__.py")}
    return [name for name, path in sorted((modules | packages).items()) if _defines_table(path)]


def _defines_table(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == "table" for node in tree.body)


def peers(source: str) -> tuple[str, ...]:
    """Return ``package version`` for each installed package that ``source`` imports or names as a peer."""
    distributions = packages_distributions()
    named = [word for line in _NAMED.findall(source) for word in re.findall(r"\w+", line)]
    wanted = {name for name in [*_IMPORT.findall(source), *named] if name not in _OWN}
    found = {package for name in wanted for package in distributions.get(name, ())}
    return tuple(f"{package} {version(package)}" for package in sorted(found, key=str.lower))


def peers_of(name: str) -> tuple[str, ...]:
    """Return the peers of a benchmark by its name."""
    return peers(_source(name))


def run(name: str, load: Callable[[str], Callable[[], Table]] | None = None) -> Result:
    """Run one benchmark. A failure is part of the result; ``KeyboardInterrupt`` passes through."""
    used = peers_of(name)
    start = time.perf_counter()
    try:
        title, header, rows = (load or _load)(name)()
    except Exception as error:  # one failing benchmark must not hide the figures of the others
        spent = time.perf_counter() - start
        return Result(name, name, [], [], used, spent, f"{type(error).__name__}: {error}")
    return Result(name, title, header, rows, used, time.perf_counter() - start)


def _source(name: str) -> str:
    """Return the code of a benchmark: of its module, or of every module of its package."""
    module = FOLDER / f"{name}.py"
    paths = [module] if module.exists() else sorted((FOLDER / name).glob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def _load(name: str) -> Callable[[], Table]:
    table: Callable[[], Table] = importlib.import_module(f"bench.{name}").table
    return table


def run_all(wanted: Iterable[str]) -> Iterator[Result]:
    """Run benchmarks one by one, yielding each result as soon as it is there."""
    for name in wanted:
        yield run(name)


def machine() -> str:
    """Say what the figures were taken on: cores, memory, load, system, Python; no path, no host name."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    facts = [f"{cores} cores", platform.machine(), platform.system(), f"Python {platform.python_version()}"]
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
        facts.insert(1, f"{memory:.0f} GiB")
    if hasattr(os, "getloadavg"):  # figures of a busy machine are upper bounds
        facts.append(f"load {os.getloadavg()[0]:.1f}")
    return ", ".join(facts)


def as_markdown(result: Result, today: dt.date) -> str:
    """Return the part of the results file that belongs to one result."""
    lines = [f"## {result.title}", "", f"`python -m bench {result.name}`, {today.isoformat()}: {machine()}."]
    if result.peers:
        lines.append(f"Versions: {', '.join(result.peers)}.")
    lines.append("")
    if result.failure:
        lines.append(f"Did not finish: {_cell(result.failure)}")
    else:
        lines += [_row(result.header), _row(["---"] * len(result.header)), *map(_row, result.rows)]
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """Return text that cannot break a table nor name a folder of this machine."""
    return (
        text.replace(str(FOLDER.parent), ".")
        .replace(str(Path.home()), "~")
        .replace("|", "\\|")
        .replace("\n", " ")
    )


def write_results(path: Path, results: Iterable[Result], today: dt.date) -> None:
    """Write the results into ``path``, replacing those of the same benchmarks and keeping the others'."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = dict(_PART.findall(old))
    parts |= {result.name: as_markdown(result, today) for result in results}
    body = "".join(f"\n<!-- begin {name} -->\n{parts[name]}<!-- end {name} -->\n" for name in sorted(parts))
    heading = "# Measured results\n\nWritten by `python -m bench` (`make bench`); do not edit by hand.\n"
    path.write_text(heading + body, encoding="utf-8")
