"""Backups: whole or not there, and an installation made again from one is the same."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django_scopes import scopes_disabled
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.web import make_territory
from maillon.web.backup.services import making, restoring
from maillon.web.backup.services.database import count_rows
from maillon.web.backup.services.manifest import NAME, RefusedBackup, check_files, read_manifest
from maillon.web.follow.models import Project
from maillon.web.intake.models import Upload

TESTS = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path, monkeypatch, settings):
    """A home of its own for the files of an installation."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setattr(making, "home", lambda: place)
    monkeypatch.setattr(restoring, "home", lambda: place)
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": place / "files", "base_url": None},
        }
    }
    (place / "secret-key").write_text("never in a backup" * 4)
    (place / "cache").mkdir()
    (place / "cache" / "words.bin").write_bytes(b"made again")
    (place / "corrections.jsonl").write_text('{"siret": "1"}\n')
    return place


def filled():
    territory = make_territory()
    with scopes_disabled():
        Upload.objects.create(
            organisation=territory.firm, project=territory.project, name="nomenclature.xlsx", size=9,
            file=ContentFile(b"les lignes", name="nomenclature.xlsx"), sha256="0" * 64,
        )  # fmt: skip
    return territory


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the database of a test is in memory on SQLite")
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not installed")
@pytest.mark.django_db(transaction=True)
def test_a_postgresql_installation_comes_back_as_it_was(home, tmp_path, client):
    territory = filled()
    client.force_login(territory.owner)
    backup = making.make_backup(tmp_path / "backups")
    before = count_rows()
    with scopes_disabled():
        Project.objects.all().delete()
        Project.objects.create(organisation=territory.firm, name="Since then")
    with pytest.raises(RefusedBackup):
        restoring.restore_backup(backup)
    restoring.restore_backup(backup, replace=True)
    with scopes_disabled():
        assert set(Project.objects.values_list("name", flat=True)) == {"Cobot", "Fauteuil"}
    after = count_rows()
    assert after.pop("django_session") == 0
    assert before.pop("django_session") == 1
    assert after == before
    assert Session.objects.count() == 0


class Installed:
    """A whole installation in a folder, driven by its own commands."""

    def __init__(self, home: Path) -> None:
        from browsing.application import _environment

        self.home = home
        home.mkdir(exist_ok=True)
        self.environment = _environment(home, "http://127.0.0.1:1", demo=True)

    def run(self, *words: object, limit: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "maillon.web", *map(str, words)]
        if limit:
            command = ["bash", "-c", f'{limit}; exec "$@"', "-", *command]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    def populate(self) -> None:
        assert self.run("migrate", "-v0").returncode == 0
        assert self.run("createcachetable").returncode == 0
        script = TESTS / "browsing" / "populate.py"
        subprocess.run([sys.executable, script], env=self.environment, check=True, capture_output=True)
        (self.home / "files").mkdir()
        (self.home / "files" / "a.xlsx").write_bytes(b"une nomenclature" * 1000)
        (self.home / "corrections.jsonl").write_text('{"siret": "1"}\n')

    @property
    def database(self) -> Path:
        return self.home / "maillon.sqlite3"

    def dump(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as opened:
            return [line for line in opened.iterdump() if "django_session" not in line]


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    if connection.vendor != "sqlite":
        pytest.skip("these installations have a SQLite file of their own: once is enough")
    made = Installed(tmp_path_factory.mktemp("origin"))
    made.populate()
    return made


@pytest.fixture(scope="module")
def backup(origin, tmp_path_factory):
    done = origin.run("backup", tmp_path_factory.mktemp("backups"))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest.mark.slow
def test_the_drill_an_installation_elsewhere_is_the_same(origin, backup, tmp_path):
    other = Installed(tmp_path / "other")
    done = other.run("restore", backup)
    assert done.returncode == 0, done.stderr
    assert "Restauré" in done.stdout
    assert other.dump() == origin.dump()
    for name in ("files/a.xlsx", "corrections.jsonl"):
        assert (other.home / name).read_bytes() == (origin.home / name).read_bytes()
    with closing(sqlite3.connect(other.database)) as opened:
        assert opened.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert other.run("check").returncode == 0


def test_a_backup_holds_no_secret_and_nothing_that_is_made_again(backup):
    names = {each.path for each in read_manifest(backup).files}
    assert names == {"database.sqlite3", "home/files/a.xlsx", "home/corrections.jsonl"}


@pytest.mark.slow
def test_what_is_not_empty_is_replaced_only_when_asked_and_kept_beside(backup, tmp_path):
    other = Installed(tmp_path / "other")
    other.populate()
    (other.home / "corrections.jsonl").write_text("mine\n")
    before = other.dump()
    refused = other.run("restore", backup)
    assert refused.returncode != 0
    assert "n’est pas vide" in refused.stderr
    assert other.dump() == before
    assert other.run("restore", backup, "--replace").returncode == 0
    (aside,) = other.home.glob("replaced-*")
    assert (aside / "corrections.jsonl").read_text() == "mine\n"
    kept = Installed(aside)
    assert kept.dump() == before


def test_a_backup_is_one_instant_while_others_write(origin, tmp_path):
    """Pairs of rows written together are never separated."""
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(origin.database, timeout=20)) as opened:
            opened.execute("CREATE TABLE IF NOT EXISTS pairs (n INTEGER, side INTEGER)")
            n = 0
            while not stop.is_set():
                with opened:
                    opened.executemany("INSERT INTO pairs VALUES (?, ?)", [(n, 0), (n, 1)])
                n += 1
            opened.execute("DROP TABLE pairs")
            opened.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = origin.run("backup", tmp_path)
    finally:
        stop.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    folder = Path(done.stdout.strip())
    with closing(sqlite3.connect(folder / "database.sqlite3")) as opened:
        sides = opened.execute("SELECT sum(side = 0), sum(side = 1) FROM pairs").fetchone()
    assert sides[0] == sides[1] > 0


def test_a_full_disk_leaves_nothing_that_looks_whole(origin, tmp_path):
    done = origin.run("backup", tmp_path, limit="ulimit -f 100")
    assert done.returncode != 0
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_one_byte_changed_anywhere_is_found(backup, data):
    manifest = read_manifest(backup)
    kept = data.draw(st.sampled_from(manifest.files))
    path = backup / kept.path
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    original = path.read_bytes()
    path.write_bytes(content)
    try:
        with pytest.raises(RefusedBackup):
            check_files(backup, manifest)
    finally:
        path.write_bytes(original)


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(format="other/1"),
        lambda told: told.update(engine="oracle"),
        lambda told: told["migrations"].append("people.9999_of_tomorrow"),
        lambda told: told["files"][0].update(path="../outside"),
        lambda told: told["files"][0].update(path="/etc/passwd"),
        lambda told: told["files"].pop(),
        lambda told: told.pop("rows"),
    ],
)
@pytest.mark.django_db
def test_a_manifest_that_says_otherwise_is_refused_before_anything_is_touched(backup, home, tmp_path, change):
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    told = json.loads((copy / NAME).read_text(encoding="utf-8")) | {"engine": connection.vendor}
    change(told)
    (copy / NAME).write_text(json.dumps(told), encoding="utf-8")
    before = sorted(home.rglob("*")), count_rows()
    with pytest.raises(RefusedBackup):
        restoring.restore_backup(copy, replace=True)
    assert (sorted(home.rglob("*")), count_rows()) == before


def test_a_folder_that_is_no_backup_is_refused(tmp_path):
    with pytest.raises(CommandError, match="sauvegarde entière"):
        call_command("restore", str(tmp_path))
