"""Speed of the search page: the whole answer of the server, page and fragment, on an invented register.

The needs are the designations of the development split of the labelled set, searched around six towns and in
the whole country. ``BENCH_ROWS`` sets another number of establishments than a million. Each request goes
through Django's whole stack of middleware in one process; the network and the browser are not counted. Nobody
is signed in, so that no database is asked.
"""

from __future__ import annotations

import gzip
import os
import secrets
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from bench.search_speed import TOWNS, build, designations

WARM = 12
PEERS = ("django", "tantivy")
#: What is asked: its name, the parameters beside the words, and whether the results alone are asked.
ASKED = (
    ("page, 100 km around a town", {"km": "100"}, False),
    ("results alone, 100 km around a town", {"km": "100"}, True),
    ("results alone, whole country, distances counted", {}, True),
    ("results alone, whole country, no town", {"near": ""}, True),
    ("results alone, 100 km, two facets chosen", {"km": "100", "size": "10", "evidence": "shown"}, True),
    ("page with the map, whole country", {"near": "", "view": "map"}, False),
)


def table() -> tuple[str, list[str], list[list[str]]]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        register, _ = build(folder)
        size = register.rows
        (folder / "snapshots").symlink_to(folder / "built")
        os.environ["MAILLON_HOME"] = str(folder)
        _start_django()
        rows = [_measure(*asked) for asked in ASKED]
    title = f"Search page on {size:,} establishments (invented), {len(designations())} designations"
    return title, ["", "p50 ms", "p95 ms", "worst ms", "HTML KB gz"], rows


def _start_django() -> None:
    os.environ["MAILLON_SECRET_KEY"] = secrets.token_hex(32)
    os.environ["MAILLON_DEBUG"] = "false"
    os.environ["DJANGO_SETTINGS_MODULE"] = "maillon.web.settings"
    import django  # noqa: PLC0415 - its settings are read from the environment set above
    from django.conf import settings  # noqa: PLC0415 - as above

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    django.setup()


def _measure(name: str, extra: dict[str, str], alone: bool) -> list[str]:
    from django.test import Client  # noqa: PLC0415 - after the settings

    client, headers = Client(headers={"host": "127.0.0.1"}), {"HX-Request": "true"} if alone else {}
    times, sizes = [], []
    for place, text in enumerate(designations()):
        asked = {"q": text, "near": TOWNS[place % len(TOWNS)]} | extra
        begun = time.perf_counter()
        answer = client.get(f"/search/?{urlencode(asked)}", headers=headers)
        times.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, (text, answer.status_code)
        sizes.append(len(gzip.compress(answer.content)) / 1000)
    kept = sorted(times[WARM:])
    shown = [statistics.median(kept), kept[int(0.95 * len(kept))], kept[-1]]
    return [name, *(f"{value:.0f}" for value in shown), f"{statistics.median(sizes):.1f}"]
