"""What the server takes for the table of lines: pages, filters, sorts, branches opened, cells changed.

One project after the other, of 5,000 and of 50,000 lines in three levels; requests go through Django's whole
stack of middleware in one process, as the owner of the firm. The page after an edit counts its filters anew.
``BOM_LINES`` (numbers with commas between) and ``BOM_TIMES`` (requests of a kind, default 40) set others, and
``MAILLON_TEST_DATABASE_URL`` a PostgreSQL database of its own instead of SQLite.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.web_load import _lines, _start_django

SIZES = tuple(int(size) for size in os.environ.get("BOM_LINES", "5000,50000").split(","))
TIMES = int(os.environ.get("BOM_TIMES", "40"))
WARM = 2
PEERS = ("django",)
FRAGMENT = {"HX-Request": "true"}
#: Each kind of request: its words, the query of the address, whether only the lines are asked for.
ASKED = (
    ("first page", "", False),
    ("page 50", "depth=99&page=50", False),
    ("all levels, a branch closed", "depth=99&flip=12", True),
    ("filter: country", "making=CN", True),
    ("filter: text", "text=carter", True),
    ("filter: single source", "single=1", True),
    ("filter: supplier, made abroad", "supplier=Fournisseur+7&abroad=1", True),
    ("sort: amount", "sort=-amount", True),
    ("sort: designation", "sort=designation", True),
)


def table() -> tuple[str, list[str], list[list[str]]]:
    with tempfile.TemporaryDirectory() as scratch:
        _start_django(Path(scratch))
        rows = list(_measured())
    from django.db import connection  # noqa: PLC0415 - after the settings

    title = f"Server time of the table of lines on {connection.vendor}, {TIMES} requests of each kind"
    return title, ["lines", "asked", "p50 ms", "p95 ms", "worst ms"], rows


def _measured() -> Iterator[list[str]]:
    from django.test import Client  # noqa: PLC0415 - after the settings
    from django_scopes import scopes_disabled  # noqa: PLC0415 - as above

    from factories.web import make_territory  # noqa: PLC0415 - path set by _start_django

    with scopes_disabled():
        territory = make_territory()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(territory.owner)
    for size in SIZES:
        page = f"/projects/{_project(territory, size).pk}/bom/"
        for words, query, fragment in ASKED:
            headers = FRAGMENT if fragment else {}
            yield _timed(size, words, lambda: client.get(f"{page}?{query}", headers=headers))  # noqa: B023 - called at once
        yield from _edits(client, size, page)


def _project(territory: Any, size: int) -> Any:
    from django.db import connection  # noqa: PLC0415 - after the settings
    from django_scopes import scopes_disabled  # noqa: PLC0415 - as above

    from factories.web import make_project  # noqa: PLC0415 - path set by _start_django
    from maillon.web.intake.models import Line, Version  # noqa: PLC0415 - as above

    with scopes_disabled():
        project = make_project(territory.firm, f"Produit {size}")
        version = Version.objects.get(project=project)
        Line.objects.bulk_create(_lines(version, 10, size - 3, random.Random(size)), batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return project


def _edits(client: Any, size: int, page: str) -> Iterator[list[str]]:
    """Yield the times of changes of one cell, and of the whole page after each."""
    quantities = iter(range(2, 10_000))
    now = 1.0

    def edit() -> Any:
        nonlocal now
        seen, now = now, float(next(quantities))
        return client.post(
            f"{page}12/quantity/", {"value": str(int(now)), "seen": str(seen)}, headers=FRAGMENT
        )

    yield _timed(size, "edit of a cell", edit)
    yield _timed(size, "first page after an edit", lambda: client.get(page), before=edit)


def _timed(
    size: int, words: str, ask: Callable[[], Any], before: Callable[[], Any] | None = None
) -> list[str]:
    times = []
    for _ in range(WARM + TIMES):
        if before is not None:
            before()
        begun = time.perf_counter()
        answer = ask()
        times.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, (words, answer.status_code, answer.content[-500:])
    kept = sorted(times[WARM:])
    shown = (statistics.median(kept), kept[int(0.95 * len(kept))], kept[-1])
    return [f"{size:,}", words, *(f"{value:.0f}" for value in shown)]
