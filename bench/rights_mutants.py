"""Every check of a right taken away, one at a time: does the permission matrix notice?

``python -m bench.rights_mutants [--sample N] [--only TEXT]`` loads the application once on a database in
memory and asks every row of the matrix as every person, noting which functions each row runs. For each mutant
a fork changes the code of one function and asks the rows that run it, until an answer differs from its row. A
mutant that nobody notices is tried again with all checks of the same function away: one that is noticed then
stood before a second wall.
"""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import gc
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

ROOT = Path(__file__).parents[1]
WEB = ROOT / "src/maillon/web"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
os.environ["DJANGO_SETTINGS_MODULE"] = "web_settings"


#: The modules as they were when this began, whoever changes them meanwhile.
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(WEB.rglob("*.py"))}


@dataclass(frozen=True)
class Mutant:
    """One check, by where it stands in its module: the n-th of its kind that the walk meets."""

    path: Path
    function: tuple[str, int]
    kind: str
    line: int
    number: int

    def __str__(self) -> str:
        return f"{self.path.relative_to(WEB)}:{self.line} {self.function[0]} {self.kind}"


class Weaken(ast.NodeTransformer):
    """Finds the checks of a module in order; takes those of ``away`` out."""

    def __init__(self, away: frozenset[int] = frozenset()) -> None:
        self.away, self.found, self.inside = away, [], []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        self.inside.append((node.name, first))
        self.generic_visit(node)
        self.inside.pop()
        return node

    def _meet(self, kind: str, node: ast.AST, weaker: ast.AST) -> ast.AST:
        if not self.inside:
            return node
        number = len(self.found)
        self.found.append((self.inside[0], kind, node.lineno))
        return ast.copy_location(weaker, node) if number in self.away else node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if isinstance(node.func, ast.Attribute):
            if name in {"visible_to", "changeable_by"}:
                every = ast.Call(ast.Attribute(node.func.value, "all", ast.Load()), [], [])
                return self._meet(name, node, every)
            if name == "may" and len(node.args) == 2:
                return self._meet(name, node, ast.Constant(True))
            if name == "firms" and len(node.args) == 1:
                rights = ast.Attribute(node.func.value, "rights", ast.Load())
                return self._meet(name, node, ast.Call(ast.Name("list", ast.Load()), [rights], []))
        if name == "project_for" and len(node.args) >= 3:
            any_right = ast.Starred(ast.Call(ast.Name("type", ast.Load()), [node.args[2]], []), ast.Load())
            return self._meet(name, node, ast.Call(node.func, [*node.args[:2], any_right], node.keywords))
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        self.generic_visit(node)
        said = ast.unparse(node.test)
        refuses = isinstance(node.body[0], ast.Raise) and "Http404" in ast.unparse(node.body[0])
        if refuses and any(word in said for word in ("viewer", "roles", "territory")) and ".may(" not in said:
            return self._meet("guard", node, ast.If(ast.Constant(False), node.body, node.orelse))
        return node


def mutants() -> list[Mutant]:
    """Return every check of a right in the application, but those of the rules themselves."""
    found = []
    for path, text in SOURCES.items():
        walk = Weaken()
        walk.visit(ast.parse(text))
        found += [Mutant(path, where, kind, line, n) for n, (where, kind, line) in enumerate(walk.found)]
    return found


def codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def apply(path: Path, function: tuple[str, int], numbers: frozenset[int]) -> int:
    """Give the living functions of that name and line their weakened code; return how many there were."""
    tree = ast.fix_missing_locations(Weaken(numbers).visit(ast.parse(SOURCES[path])))
    weaker = {
        (c.co_name, c.co_firstlineno): c for c in codes(compile(tree, str(path), "exec", dont_inherit=True))
    }
    living = [
        each
        for each in gc.get_objects()
        if type(each) is FunctionType  # not isinstance: what is lazy would wake up
        and each.__code__.co_filename == str(path)
        and (each.__code__.co_name, each.__code__.co_firstlineno) == function
    ]
    for each in living:
        each.__code__ = weaker[function]
    return len(living)


class Matrix:
    """The rows of the permission matrix, asked in this process."""

    def __init__(self) -> None:
        from django.test import Client  # noqa: PLC0415 - once Django is set up

        from factories.web import make_territory  # noqa: PLC0415 - once Django is set up
        from factories.web_objects import make_objects  # noqa: PLC0415 - once Django is set up
        from web.permissions import test_matrix  # noqa: PLC0415 - once Django is set up

        self.test, self.objects = test_matrix, test_matrix.make_dear(make_objects(make_territory()))
        self.rows = test_matrix.rows()
        self.runs: defaultdict[tuple[str, str, int], set[tuple[str, str]]] = defaultdict(set)
        self.now = ("", "")
        self.clients = {}
        for person in test_matrix.PERSONAS:
            self.clients[person] = Client(raise_request_exception=False)
            self.clients[person].force_login(self.objects[person])

    def watch(self) -> str | None:
        """Ask everything once, noting which functions each row runs; return a difference, if there is one."""
        web, found = str(WEB), None

        def note(frame: FrameType, event: str, _value: object) -> None:
            code = frame.f_code
            if event == "call" and code.co_filename.startswith(web):
                self.runs[code.co_filename, code.co_name, code.co_firstlineno].add(self.now)

        sys.setprofile(note)
        for key in self.rows:
            self.now = key
            found = found or self.first_difference([key])
        sys.setprofile(None)
        return found

    def first_difference(self, keys: Iterable[tuple[str, str]]) -> str | None:
        """Return the first answer to these rows that is not what they say."""
        for name, method in keys:
            for person in self.test.PERSONAS:
                wrong = self._asked(name, method, self.rows[name, method], person)
                if wrong:
                    return wrong
        return None

    def _asked(self, name: str, method: str, row: dict[str, Any], person: str) -> str | None:
        test, client = self.test, self.clients[person]
        url = test.address(name, row, self.objects)
        status, body = self._ask(client, method, url)
        if test.allowed(row, person):
            if status in {403, 404, 405, 500}:
                return f"{method} {name} {person}: {status}"
        elif status not in test.NOTHING:
            return f"{method} {name} {person}: {status}, not allowed"
        told = test.secrets_told(body, person) if method == "GET" else []
        if told:
            return f"{method} {name} {person}: tells {told[0]}"
        firms = {value for value in row.get("params", {}).values() if f"other_{value}" in self.objects}
        if person == "other_owner" or not firms or person in row.get("other", []):
            return None
        status, _body = self._ask(client, method, test.address(name, row, self.objects, "other_"))
        return None if status in test.NOTHING else f"{method} {name} {person}: {status}, another firm's"

    @staticmethod
    def _ask(client: Any, method: str, url: str) -> tuple[int, bytes]:
        from django.db import transaction  # noqa: PLC0415 - once Django is set up

        with transaction.atomic():
            answer = client.generic(method, url)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            answer.close()
            transaction.set_rollback(True)
        return answer.status_code, body


def noticed(matrix: Matrix, path: Path, function: tuple[str, int], numbers: frozenset[int]) -> str | None:
    """Try one mutant in a fork; return the first difference, or None."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        if apply(path, function, numbers) == 0:
            os._exit(1)
        try:
            said = matrix.first_difference(sorted(matrix.runs[str(path), *function]))
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writer, (said or "").encode()[:4000])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        said = told.read().decode()
    if os.waitpid(child, 0)[1] != 0:
        raise RuntimeError(f"{path}: {function} could not be changed")
    return said or None


def prepared() -> Matrix:
    """Set the application up on a database in memory; refuse a matrix that does not hold by itself."""
    import logging  # noqa: PLC0415 - with what follows

    import django  # noqa: PLC0415 - its settings are named above

    django.setup()
    from django.db import connection  # noqa: PLC0415 - once Django is set up
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - once Django is set up

    logging.disable(logging.CRITICAL)
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    matrix = Matrix()
    if wrong := matrix.watch():
        raise SystemExit(f"without a mutant: {wrong}")
    return matrix


def verdict_of(matrix: Matrix, mutant: Mutant, every: list[Mutant]) -> tuple[str, str]:
    """Return what became of a mutant, and the first answer that told."""
    if (str(mutant.path), *mutant.function) not in matrix.runs:
        return "never run", ""
    said = noticed(matrix, mutant.path, mutant.function, frozenset({mutant.number}))
    if said:
        return "killed", said
    where = (mutant.path, mutant.function)
    whole = frozenset(m.number for m in every if (m.path, m.function) == where)
    second = len(whole) > 1 and noticed(matrix, mutant.path, mutant.function, whole)
    return ("second wall" if second else "survived"), ""


def write(counts: dict[str, Counter[str]], seconds: float) -> None:
    """Add the counts by application to the measured results."""
    from bench.harness import FOLDER, Result, write_results  # noqa: PLC0415 - for this alone

    kinds = ["killed", "second wall", "survived", "never run"]
    total: Counter[str] = sum(counts.values(), Counter())
    rows = [
        [app, str(found.total()), *(str(found[kind]) for kind in kinds)]
        for app, found in [*sorted(counts.items()), ("all", total)]
    ]
    title = "Checks of rights taken away one at a time, and whether the permission matrix alone notices"
    header = ["application", "mutants", *kinds]
    result = Result("rights_mutants", title, header, rows, ("Django",), seconds)
    results = FOLDER / "RESULTS.md"
    write_results(results, [result], dt.datetime.now(dt.UTC).date())
    # a program of its own: the forks need the application's settings before anything else
    told = results.read_text(encoding="utf-8").replace("bench rights_mutants`", "bench.rights_mutants`")
    results.write_text(told, encoding="utf-8")


def main() -> None:
    """Measure, print and, of all mutants, write."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--sample", type=int)
    asked.add_argument("--only", default="")
    options = asked.parse_args()
    began, matrix = time.monotonic(), prepared()
    every = [m for m in mutants() if options.only in str(m)]
    chosen = random.Random(6).sample(every, options.sample) if options.sample else every
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mutant in chosen:
        verdict, said = verdict_of(matrix, mutant, every)
        counts[mutant.path.relative_to(WEB).parts[0]][verdict] += 1
        print(f"{verdict:12} {mutant}  {said}"[:200], flush=True)
    print(f"{len(chosen)} mutants, {time.monotonic() - began:.0f} s")
    if not options.sample and not options.only:
        write(counts, time.monotonic() - began)


if __name__ == "__main__":
    main()
