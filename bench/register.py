"""Building the register: time, memory and disk, with each engine, and what the whole country would take.

``python -m bench register``; sizes and engines by the environment: ``REGISTER_SIZES=1000000,4000000``,
``REGISTER_ENGINES=auto,duckdb``, ``REGISTER_INDEX=1`` to build the index and the names as well. The files are
invented, in the exact columns of SIRENE, Parquet; they are written once and removed at the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PEERS = ("polars", "duckdb", "narwhals")
#: Active establishments of the country (INSEE, StockEtablissement of August 2026).
COUNTRY = 16_737_959
_SIZES = os.environ.get("REGISTER_SIZES", "100000,400000")
_INDEX = os.environ.get("REGISTER_INDEX", "0")
_ENGINES = os.environ.get("REGISTER_ENGINES", "polars,duckdb")

_WRITE = """
import json, sys
from pathlib import Path
from maillon.demo.register import write_register_files
files = write_register_files(Path(sys.argv[1]), size=int(sys.argv[2]), seed=1)
print(json.dumps([str(path) for path in files.sources]))
"""
_BUILD = """
import json, os, resource, sys, time
from pathlib import Path
import maillon.reference.register.build as build
from maillon.reference.register import open_register
engine, folder, indexed, *files = sys.argv[1:]
if not int(indexed):
    build._index = lambda work: None
start = time.perf_counter()
built = build.build_register(
    [Path(file) for file in files], scope="all", engine=engine, folder=Path(folder)
)
seconds = time.perf_counter() - start
manifest = open_register(built).manifest
spent = os.times()
print(json.dumps({
    "rows": manifest.counts["kept"],
    "engine": manifest.engine,
    "seconds": seconds,
    "cpu": spent.user + spent.system,
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "disk": sum(path.stat().st_size for path in built.rglob("*") if path.is_file()) / 1e6,
    "load": os.getloadavg()[0],
}))
"""


def table() -> tuple[str, list[str], list[list[str]]]:
    """Build each size with each engine, every establishment kept, then extrapolate from the two largest."""
    sizes = sorted(int(size) for size in _SIZES.split(","))
    engines, measured, rows = _ENGINES.split(","), {}, []
    with tempfile.TemporaryDirectory(prefix="bench-register-") as folder:
        for size in sizes:
            files = _run(_WRITE, f"{folder}/{size}", str(size))
            for engine in engines:
                found = _run(_BUILD, engine, f"{folder}/built", _INDEX, *files)
                measured[size, engine] = found
                rows.append(_row(f"{found['rows']:,} establishments", found))
            for path in Path(folder, str(size)).iterdir():
                path.unlink()
    for engine in engines if len(sizes) > 1 else ():
        small, large = (measured[size, engine] for size in sizes[-2:])
        rows.append(_row(f"{COUNTRY:,}, extrapolated", _extrapolate(small, large)))
    title = "The register: SIRENE files to a snapshot, every establishment kept"
    return title, ["work", "engine", "s", "CPU s", "peak MB", "disk MB", "load"], rows


def _run(program: str, *words: str) -> dict | list:
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout.splitlines()[-1])


def _extrapolate(small: dict, large: dict) -> dict:
    """Follow the line through two measures; a limit met in between is not seen, nor is the load."""
    steps = (COUNTRY - large["rows"]) / (large["rows"] - small["rows"])
    grown = {
        name: large[name] + steps * (large[name] - small[name])
        for name in ("seconds", "cpu", "memory", "disk")
    }
    return {"rows": COUNTRY, "engine": large["engine"], **grown}


def _row(work: str, found: dict) -> list[str]:
    load = f"{found['load']:.1f}" if "load" in found else ""
    figures = [f"{found[name]:,.0f}" for name in ("cpu", "memory", "disk")]
    return [work, found["engine"], f"{found['seconds']:,.1f}", *figures, load]
