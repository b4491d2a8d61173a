"""The benchmark harness finds, runs, survives and writes."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 1, 2)


@pytest.fixture
def harness(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    import bench.harness

    return bench.harness


def made(harness, name="speed", **changes):
    fields = {"title": "Speed", "header": ["reader", "s"], "rows": [["ours", "1.0"], ["a|b", "2.0"]],
              "peers": ("openpyxl 3.1",), "seconds": 1.0}  # fmt: skip
    return harness.Result(name, **(fields | changes))


def test_only_modules_with_a_table_are_benchmarks(harness, tmp_path):
    (tmp_path / "speed.py").write_text("def table():\n    ...\n", encoding="utf-8")
    (tmp_path / "harness.py").write_text("class Table: ...\n", encoding="utf-8")
    (tmp_path / "nested.py").write_text("class A:\n    def table(self): ...\n", encoding="utf-8")
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "__init__.py").write_text("def table():\n    ...\n", encoding="utf-8")
    assert harness.names(tmp_path) == ["search", "speed"]


def test_peers_of_a_package_are_those_of_all_its_modules(harness, tmp_path, monkeypatch):
    monkeypatch.setattr(harness, "FOLDER", tmp_path)
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "__init__.py").write_text("def table():\n    ...\n", encoding="utf-8")
    (tmp_path / "search" / "words.py").write_text("import openpyxl\n", encoding="utf-8")
    done = harness.run("search", lambda name: lambda: ("Search", ["a"], [["1"]]))
    assert [peer.split()[0] for peer in done.peers] == ["openpyxl"]


def test_peers_are_the_packages_imported_even_by_started_programs(harness):
    source = "import polars as pl\nfrom maillon import core\nCODE = 'import openpyxl; x()'\nimport os\n"
    assert [peer.split()[0] for peer in harness.peers(source)] == ["openpyxl", "polars"]
    assert [peer.split()[0] for peer in harness.peers('PEERS = ("highspy",)\n')] == ["highspy"]


def test_a_failure_is_a_result_and_an_interruption_is_not(harness, tmp_path, monkeypatch):
    monkeypatch.setattr(harness, "FOLDER", tmp_path)
    (tmp_path / "speed.py").write_text("import polars\n", encoding="utf-8")

    def broken():
        raise OSError(f"{tmp_path}/big.xlsx: no room")

    result = harness.run("speed", lambda name: broken)
    assert result.failure.startswith("OSError: ")

    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        harness.run("speed", lambda name: stopped)


def test_a_part_replaces_its_own_and_keeps_the_others(harness, tmp_path):
    path = tmp_path / "RESULTS.md"
    harness.write_results(path, [made(harness), made(harness, "size", title="Size")], DAY)
    harness.write_results(path, [made(harness, title="Speed again")], DAY)
    text = path.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Size", "## Speed again"]
    assert text.count("| ours | 1.0 |") == 2
    assert "| a\\|b | 2.0 |" in text
    assert "2026-01-02" in text
    assert "openpyxl 3.1" in text


def test_results_name_no_folder_of_this_machine(harness, tmp_path):
    failed = made(harness, failure=f"OSError: {harness.FOLDER.parent}/x.csv, {Path.home()}/y")
    text = harness.as_markdown(failed, DAY)
    assert "Did not finish: OSError: ./x.csv, ~/y" in text


def test_the_command_lists_and_refuses_unknown_names():
    def bench(*arguments):
        command = [sys.executable, "-m", "bench", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)

    listed = bench("--list")
    assert listed.returncode == 0
    assert "harness" not in listed.stdout.split()
    refused = bench("no_such_benchmark")
    assert refused.returncode == 2
    assert "no_such_benchmark" in refused.stderr
