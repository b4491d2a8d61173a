"""A database written to a file as it stands at one instant, and made again from it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from maillon.web.backup.services.manifest import RefusedBackup

#: The database in a backup, by engine.
FILES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def write_database(folder: Path) -> tuple[Path, dict[str, int]]:
    """Write the database into a folder while others go on writing; return the file and its rows by table."""
    file = folder / FILES[connection.vendor]
    return file, _write_sqlite(file) if connection.vendor == "sqlite" else _write_postgresql(file)


def _write_sqlite(file: Path) -> dict[str, int]:
    name = connection.settings_dict["NAME"]
    with (
        closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(file)) as copy,
    ):
        source.backup(copy)  # in one go: one instant, and writers are not held up
        copy.execute("PRAGMA journal_mode=DELETE")
        (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise RefusedBackup(_("The database is damaged: %(what)s.") % {"what": verdict})
        asked = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        )
        names = [name for (name,) in copy.execute(asked)]
        count = 'SELECT count(*) FROM "{}"'.format  # the database's own names
        return {name: copy.execute(count(name)).fetchone()[0] for name in names}


def _write_postgresql(file: Path) -> dict[str, int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (instant,) = cursor.fetchone()
        rows = count_rows()
        _run(["pg_dump", "--format=custom", "--no-owner", f"--snapshot={instant}", f"--file={file}"])
    return rows


def count_rows() -> dict[str, int]:
    """Return the rows of each table of the database."""
    with connection.cursor() as cursor:
        counted = {}
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - the database's own name
            counted[name] = int(cursor.fetchone()[0])
    return counted


def is_empty() -> bool:
    """Return whether the database has no table yet."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def load_database(file: Path) -> None:
    """Make the database from the file of a backup; what was there is gone."""
    connection.close()
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        for rest in ("-wal", "-shm"):
            target.with_name(target.name + rest).unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = target.with_name(target.name + ".restored")
        shutil.copyfile(file, staged)
        staged.chmod(0o600)
        staged.replace(target)
        return
    _run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--exit-on-error", "--single-transaction",
          f"--dbname={connection.settings_dict['NAME']}", str(file)])  # fmt: skip


def _run(command: list[str]) -> None:
    """Run one of PostgreSQL's programs on the database of the settings; its password is in no argument."""
    told = connection.settings_dict
    where = {
        "PGHOST": told["HOST"] or told["OPTIONS"].get("host"),
        "PGPORT": told["PORT"],
        "PGUSER": told["USER"],
        "PGPASSWORD": told["PASSWORD"],
        "PGDATABASE": told["NAME"],
    }
    environment = os.environ | {name: str(value) for name, value in where.items() if value}
    try:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
            command, env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise RefusedBackup(
            _("%(program)s is not installed: install PostgreSQL's client programs.") % {"program": command[0]}
        ) from error
    if done.returncode:
        raise RefusedBackup(f"{command[0]}: {done.stderr.strip()}")
