"""Run a command beside a PostgreSQL of its own: ``python tests/on_postgresql.py pytest tests/web``.

The cluster lies in a new folder, listens on the loopback address only, and ends with the command, which finds
it in ``MAILLON_TEST_DATABASE_URL``. PostgreSQL refuses to run as root: there the system's ``postgres`` runs
it. Without the programs nothing is run, and continuous integration (``MAILLON_CI``) fails.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER = "maillon"
#: Nothing of it outlives the command, so that nothing needs to reach the disk.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=127.0.0.1")


def programs() -> Path | None:
    """Return where PostgreSQL's programs are: on the path, or where Debian keeps each version's."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return kept[-1].parent if kept else None


@contextmanager
def running_cluster(binaries: Path) -> Iterator[str]:
    """Give the address of a new, empty database, whose server ends with the block."""
    user = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="maillon-postgresql-") as folder, socket.socket() as taken:
        if user is not None:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        data = f"{folder}/data"
        _run([binaries / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"], user)
        taken.close()
        options = [f"port={port}", f"unix_socket_directories={folder}", *QUICK]
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, *(part for each in options for part in ("-c", each))],
            user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=(Path(folder) / "log").open("wb"),
        )  # fmt: skip
        try:
            at = ["-h", "127.0.0.1", "-p", str(port), "-U", OWNER]
            _run([binaries / "pg_isready", "-t", "30", *at], user, tries=60)
            _run([binaries / "createdb", *at, OWNER], user)
            yield f"postgres://{OWNER}@127.0.0.1:{port}/{OWNER}"
        finally:
            server.send_signal(signal.SIGINT)  # at once, whoever is still connected
            server.wait(30)


def _run(command: list[str | Path], user: str | None, tries: int = 1) -> None:
    """Run one program, again while it fails and tries are left; its words are shown when it gave up."""
    for left in reversed(range(tries)):
        done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        if left == 0:
            raise SystemExit(f"{command[0]}: {done.stdout}{done.stderr}")
        time.sleep(0.5)


def main() -> int:
    """Run the command that the arguments name; return how it ended."""
    binaries = programs()
    if binaries is None:
        sys.stderr.write("PostgreSQL is not installed here (Debian: postgresql): nothing was run on it.\n")
        return 1 if os.environ.get("MAILLON_CI") else 0
    with running_cluster(binaries) as address:
        told = os.environ | {"MAILLON_TEST_DATABASE_URL": address}
        return subprocess.run(sys.argv[1:], env=told, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
