"""An installation from a backup: all is checked before anything is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from maillon.home import home
from maillon.web.backup.services.database import FILES, count_rows, is_empty, load_database
from maillon.web.backup.services.making import installed_files
from maillon.web.backup.services.manifest import Manifest, RefusedBackup, check_files, read_manifest

#: Files that an empty installation may have already.
_OWN = {"secret-key"}


def restore_backup(folder: Path, *, replace: bool = False) -> Manifest:
    """Put a backup in the place of this installation and return its manifest.

    Files that were there are kept beside, in ``replaced-…`` of the home. Nobody stays signed in. Raises
    ``RefusedBackup`` before anything is touched where the backup is not whole, comes from a newer program or
    another kind of database, or, without ``replace``, where this installation holds something.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    _check_place(manifest, replace=replace)
    aside = home() / f"replaced-{timezone.now():%Y%m%dT%H%M%S}"
    for path in list(installed_files()) if replace else []:
        _move(path, aside / path.relative_to(home()))
    if replace and connection.vendor == "sqlite" and not is_empty():
        _set_aside_database(aside)
    for kept in manifest.files:
        if kept.path.startswith("home/"):
            _copy(folder / kept.path, home() / kept.path.removeprefix("home/"))
    load_database(folder / FILES[connection.vendor])
    if count_rows() != manifest.rows:
        raise RefusedBackup(_("The database that was made again does not have the rows of the backup."))
    call_command("migrate", verbosity=0, interactive=False)
    Session.objects.all().delete()
    return manifest


def _check_place(manifest: Manifest, *, replace: bool) -> None:
    if manifest.engine != connection.vendor:
        raise RefusedBackup(
            _("The backup is of a %(theirs)s database, this installation has %(ours)s.")
            % {"theirs": manifest.engine, "ours": connection.vendor}
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise RefusedBackup(
            _(
                "The backup comes from a newer Maillon (%(version)s): this one does not know"
                " %(migration)s. Update first."
            )
            % {"version": manifest.version, "migration": newer[0]}
        )
    held = [path for path in installed_files() if path.name not in _OWN]
    if not replace and (held or not is_empty()):
        raise RefusedBackup(
            _(
                "This installation is not empty. With --replace the backup takes its place;"
                " its files are kept beside."
            )
        )


def _set_aside_database(aside: Path) -> None:
    """Keep the database that is replaced, whole with what was not yet written into its file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    name = Path(str(connection.settings_dict["NAME"]))
    _copy(name, aside / name.name)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source.replace(target)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copyfile(source, target)
    target.chmod(0o600)
