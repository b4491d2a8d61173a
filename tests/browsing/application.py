"""The whole application as it is installed: collected files, gunicorn, a worker, signed-in people."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
#: The logs of both processes, in the home of the application.
LOGS = "logs.txt"


@dataclass(frozen=True)
class Application:
    """Where it answers, the session of each person by name, and the objects that addresses name."""

    url: str
    sessions: dict[str, str]
    objects: dict[str, str]
    home: Path


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _environment(home: Path, url: str, demo: bool) -> dict[str, str]:
    return {
        **os.environ,
        "MAILLON_HOME": str(home),
        "MAILLON_SECRET_KEY": "browser-tests-" + "0123456789abcdef" * 4,
        "MAILLON_DATABASE_URL": f"sqlite:///{home / 'maillon.sqlite3'}",
        "MAILLON_ORIGIN": url,
        "MAILLON_DEMO": str(int(demo)),
        "MAILLON_EMAIL_URL": "console://",
        "DJANGO_SETTINGS_MODULE": "maillon.web.settings",
        "PYTHONPATH": str(TESTS),
    }


def _run(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done.stdout


@contextlib.contextmanager
def running_application(
    home: Path, snapshots: Path | None = None, *, demo: bool = True, host: str = "127.0.0.1"
) -> Iterator[Application]:
    """Give a running application with an invented territory; both processes end with the block.

    Without ``demo`` a second factor is compulsory; keys are bound to a name of host, never to a number.
    """
    home.mkdir(parents=True, exist_ok=True)
    if snapshots is not None:
        (home / "snapshots").symlink_to(snapshots)
    port = _free_port()
    url = f"http://{host}:{port}"
    environment = _environment(home, url, demo)
    for command in (["migrate", "-v0"], ["createcachetable"], ["collectstatic", "-v0", "--noinput"]):
        _run(["-m", "maillon.web", *command], environment)
    told = json.loads(_run([str(Path(__file__).with_name("populate.py"))], environment).splitlines()[-1])
    serve = ["-m", "gunicorn", "maillon.web.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "4"]
    with (home / LOGS).open("wb") as logs, contextlib.ExitStack() as stack:
        for arguments in (serve, ["-m", "maillon.web", "db_worker", "--interval", "0.2"]):
            started = subprocess.Popen(
                [sys.executable, *arguments], env=environment, stdout=logs, stderr=logs
            )
            stack.callback(_end, started)
        _wait(url, home)
        yield Application(url, told["sessions"], told["objects"], home)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def _wait(url: str, home: Path) -> None:
    for _ in range(150):
        with (
            contextlib.suppress(OSError),
            contextlib.closing(HTTPConnection(url[7:].replace("localhost", "127.0.0.1"), timeout=2)) as asked,
        ):
            asked.request("GET", "/health/")
            if asked.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise AssertionError("the application does not answer:\n" + (home / LOGS).read_text()[-3000:])


def browser_program() -> str | None:
    """Return the system's browser, None where there is none."""
    return shutil.which("chromium") or shutil.which("google-chrome")
