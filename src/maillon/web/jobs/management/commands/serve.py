"""``serve``: database, static files, web server, worker and periodic work, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

_PATIENCE = 10


class Command(BaseCommand):
    """Serves the application on one machine: what ``make serve`` and a small installation run."""

    help = "Prepare the database and serve the application with its worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what the command line may say."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--demo", action="store_true", help="Make the invented territory at first.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, serve until stopped, end every process."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        if options["demo"]:
            call_command("demo_territory", stdout=self.stdout)
        address = f"{options['host']}:{options['port']}"
        self.stdout.write(f"http://{address}/")
        self.stdout.flush()
        # a stop asked of this process ends its children too
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        processes = [subprocess.Popen(command) for command in _commands(address)]  # noqa: S603 - our own programs
        try:
            while all(process.poll() is None for process in processes):
                time.sleep(0.5)
        except KeyboardInterrupt:
            pass
        finally:
            _end(processes)


def _commands(address: str) -> list[list[str]]:
    ours = [sys.executable, "-m", "maillon.web"]
    server = [
        sys.executable,
        "-m",
        "gunicorn",
        "maillon.web.wsgi",
        "--bind",
        address,
        "--log-level",
        "warning",
    ]
    threads = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"]
    return [[*server, *threads], [*ours, "worker"], [*ours, "periodic"]]


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
