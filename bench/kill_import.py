"""An import whose worker is killed again and again (SIGKILL) at random moments: nothing may be half there.

A real worker process (``python -m maillon.web db_worker``) reads and writes invented bills of materials in a
database of its own: SQLite, or the PostgreSQL of ``MAILLON_TEST_DATABASE_URL``, whose tables it fills. After
each kill every version must hold all its lines or not exist; then the clock of the lost job is put back by
more than its lease, it is taken up, and the next worker runs. An import ends by itself after three kills.
``KILLS`` sets another number of kills than a hundred, ``SEED`` other moments.
"""

# ruff: noqa: PLC0415 - Django is set up before what needs it is imported
from __future__ import annotations

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PEERS = ("django", "django-tasks")
LINES = 400
#: Kills of one import: a job that killed five workers is given up, as it should be.
_A_JOB = 3
_WORKER = ["-m", "maillon.web", "db_worker", "--interval", "0.05", "--no-reload", "--no-startup-delay"]


@dataclass(slots=True)
class Seen:
    """What was counted."""

    kills: int = 0
    after_the_write: int = 0
    imports: int = 0
    half_imported: int = 0
    lost: int = 0
    twice: int = 0
    seconds: float = 0.0


def table() -> tuple[str, list[str], list[list[str]]]:
    seen = measure(int(os.environ.get("KILLS", "100")), int(os.environ.get("SEED", "1")))
    where = "PostgreSQL" if os.environ.get("MAILLON_TEST_DATABASE_URL") else "SQLite"
    row = [
        where, str(seen.kills), str(seen.after_the_write), str(seen.imports),
        str(seen.half_imported), str(seen.lost), str(seen.twice), f"{seen.seconds:.0f}",
    ]  # fmt: skip
    header = [
        "database", "kills of a worker at work", "of these: version already written", "imports completed",
        "half imported", "lost", "imported twice", "seconds",
    ]  # fmt: skip
    return f"Imports of {LINES} lines whose worker is killed", header, [row]


def measure(kills: int, seed: int) -> Seen:
    """Kill that many workers and return what was seen; the database is left behind, the files are not."""
    with tempfile.TemporaryDirectory(prefix="kill-") as home:
        os.environ["MAILLON_HOME"] = home
        os.environ["MAILLON_SECRET_KEY"] = secrets.token_urlsafe(64)
        os.environ["MAILLON_EMAIL_URL"] = "memory://"
        os.environ["MAILLON_DATABASE_URL"] = os.environ.get(
            "MAILLON_TEST_DATABASE_URL", f"sqlite:///{home}/kill.sqlite3"
        )
        os.environ["DJANGO_SETTINGS_MODULE"] = "maillon.web.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("createcachetable")
        return _Killing(random.Random(seed)).run(kills)


class _Killing:
    """One run: a firm, its project, and a worker at a time."""

    def __init__(self, chance: random.Random) -> None:
        from maillon.web.follow.models import Project
        from maillon.web.people.models import Membership, Organisation, User

        self.chance, self.seen, self.duration = chance, Seen(), 3.0
        self.firm = Organisation.objects.create(name="Killed")
        self.user = User.objects.create_user(f"{secrets.token_hex(6)}@example.invalid", secrets.token_hex(16))
        Membership.objects.create(user=self.user, organisation=self.firm, role=Membership.Role.OWNER)
        with self._scope():
            self.project = Project.objects.create(organisation=self.firm, name="Killed")

    def _scope(self) -> Any:
        from django_scopes import scope

        return scope(organisation=self.firm.pk)

    def run(self, kills: int) -> Seen:
        begun = time.monotonic()
        self._import_once(0)  # also tells how long an import takes undisturbed
        self._import_side_by_side()
        while self.seen.kills < kills:
            self._import_once(min(_A_JOB, kills - self.seen.kills))
        self.seen.seconds = time.monotonic() - begun
        return self.seen

    def _import_once(self, kills: int) -> None:
        number = self.seen.imports + 1
        with self._scope():
            importing = self._begin(number)
            job = self._start(importing)
        for _ in range(kills):
            if not self._kill_one(job, importing):
                break
            self._take_up(job)
        worker = self._worker()
        begun = self._wait(job, lambda: self._state(job) != "waiting") or time.monotonic()
        self._wait(job, lambda: self._state(job) in ("done", "failed", "cancelled"))
        if not kills:
            self.duration = time.monotonic() - begun
        self._stop(worker)
        self.seen.imports += 1
        self._look(number, complete=True)

    def _import_side_by_side(self) -> None:
        """Import one file twice with two workers at the same time: one version must come of it."""
        number = self.seen.imports + 1
        with self._scope():
            jobs = [self._start(importing) for importing in (self._begin(number), self._begin(number))]
        workers = [self._worker(), self._worker()]
        for job in jobs:
            self._wait(job, lambda job=job: self._state(job) == "done")
        for worker in workers:
            self._stop(worker)
        self.seen.imports += 1
        self._look(number, complete=True)

    def _begin(self, number: int) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        from maillon.web.intake.services.imports import begin_import, understand_import
        from maillon.web.intake.services.uploads import store_upload
        from maillon.web.people.queries.viewers import viewer_of

        rows = (f"P{number}-{n};carter aluminium {n};2;10,50;Fonderie;FR" for n in range(1, LINES + 1))
        text = "Réf.;Désignation;Qté;Prix unitaire HT;Fournisseur;Pays\n" + "\n".join(rows) + "\n"
        viewer = viewer_of(self.user)
        file = store_upload(self.project, SimpleUploadedFile(f"{number}.csv", text.encode()), viewer)
        importing = begin_import(self.project, [file], viewer)
        understand_import(importing, lambda share: None)
        return importing

    def _start(self, importing: Any) -> Any:
        from maillon.web.jobs.services.run import start_job

        key = str(importing.pk)
        return start_job("import_files", self.firm.pk, self.user.pk, key, importing=key)

    def _worker(self) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, *_WORKER], stdout=quiet, stderr=quiet, start_new_session=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"}, cwd=Path(__file__).parents[1],
        )  # fmt: skip

    def _stop(self, worker: subprocess.Popen[bytes]) -> None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def _kill_one(self, job: Any, importing: Any) -> bool:
        """Kill a worker at work; False where it was done before: such a kill is not counted."""
        worker = self._worker()
        self._wait(job, lambda: self._state(job) != "waiting")
        time.sleep(self.chance.uniform(0, self.duration))
        self._stop(worker)
        if self._state(job) == "done":
            return False
        self.seen.kills += 1
        with self._scope():
            from maillon.web.intake.models import Import

            self.seen.after_the_write += Import.objects.get(pk=importing.pk).version_id is not None
        self._look(self.seen.imports + 1, complete=False)
        return True

    def _take_up(self, job: Any) -> None:
        from django.utils import timezone

        from maillon.web.jobs.models import Job
        from maillon.web.jobs.models.job import LEASE
        from maillon.web.jobs.services.run import take_up_lost_jobs

        with self._scope():
            silent = Job.objects.filter(pk=job.pk, state="running")
            if silent.update(heartbeat_at=timezone.now() - 2 * LEASE):
                silent.update(attempts=1)  # the limit of attempts is a matter of its own
                take_up_lost_jobs()

    def _state(self, job: Any) -> str:
        from maillon.web.jobs.models import Job

        with self._scope():
            return str(Job.objects.values_list("state", flat=True).get(pk=job.pk))

    def _wait(self, job: Any, over: Any, most: float = 120) -> float:
        end = time.monotonic() + most
        while not over():
            if time.monotonic() > end:
                raise TimeoutError(f"job {self._state(job)}")
            time.sleep(0.02)
        return time.monotonic()

    def _look(self, imports: int, *, complete: bool) -> None:
        """Count versions with other lines than theirs, and, once all is over, imports without one."""
        from maillon.web.intake.models import Import, Line, Version

        with self._scope():
            versions = list(Version.objects.filter(project=self.project))
            held = [Line.objects.filter(version=version).count() for version in versions]
            orphans = Line.objects.exclude(version__in=versions).count()
            self.seen.half_imported += sum(count != LINES for count in held) + (orphans > 0)
            self.seen.twice += max(0, len(versions) - imports)
            if complete:
                begun = Import.objects.filter(project=self.project)
                self.seen.lost += begun.filter(version=None).count() + (len(versions) < imports)


if __name__ == "__main__":
    print(json.dumps(asdict(measure(int(os.environ.get("KILLS", "5")), int(os.environ.get("SEED", "1"))))))
