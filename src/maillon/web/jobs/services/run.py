"""Starting, running, cancelling and taking up jobs.

At least once by the lease, effectively once by the key and by the one transaction of each kind of work.
"""

from __future__ import annotations

import logging
import secrets
import time
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks import task

from maillon.core.errors import MaillonError
from maillon.web.jobs.kinds import Progress, kind_of
from maillon.web.jobs.models import Cancelled, Job
from maillon.web.jobs.models.job import HEARTBEAT, LEASE
from maillon.web.jobs.said import error_to_json
from maillon.web.people.queries.viewers import viewer_of

logger = logging.getLogger(__name__)
State = Job.State
#: A job whose runs died this often is given up: it takes its worker with it.
ATTEMPTS = 5


@transaction.atomic
def start_job(kind: str, organisation: UUID, user: UUID | None, key: str, **params: object) -> Job:
    """Return the job of this key, started if it is new or if its last run failed or was cancelled."""
    kind_of(kind)
    with scope(organisation=organisation):
        job, new = Job.objects.get_or_create(
            organisation_id=organisation,
            key=f"{kind}:{key}",
            defaults={"kind": kind, "params": params, "started_by_id": user},
        )
        if not new and job.state in (State.FAILED, State.CANCELLED):
            Job.objects.filter(pk=job.pk).update(
                state=State.WAITING, share=0, said={}, cancel_asked=False, attempts=0,
                params=params, started_by_id=user, ended_at=None,
            )  # fmt: skip
            job.refresh_from_db()
            new = True
    if new:
        transaction.on_commit(lambda: _enqueue(job.pk))
    return job


def _enqueue(job: UUID) -> None:
    run_queued_job.enqueue(str(job))


@task()
def run_queued_job(job: str) -> None:
    """Run a job: the one task of the queue, through which identifiers pass and never a firm's data."""
    run_job(UUID(job))


def run_job(pk: UUID) -> None:
    """Do the work of a waiting job; nothing where another run holds it or it is over."""
    with scopes_disabled():
        lease = secrets.token_hex(16)
        now = timezone.now()
        free = Q(state=State.WAITING) | Q(state=State.RUNNING, heartbeat_at__lt=now - LEASE)
        taken = Job.objects.filter(free, pk=pk).update(
            state=State.RUNNING, lease=lease, started_at=now, heartbeat_at=now, attempts=F("attempts") + 1
        )
        if not taken:
            return
        job = Job.objects.select_related("started_by").get(pk=pk)
    with scope(organisation=job.organisation_id):
        _run(job)


def _run(job: Job) -> None:
    kind, begun = kind_of(job.kind), time.monotonic()
    if job.started_by is None or not viewer_of(job.started_by).may(kind.right, job.organisation_id):
        _end(job, State.CANCELLED)  # the right was withdrawn while the job was waiting
        return
    try:
        url = kind.work(job, _progress(job))
    except Cancelled:
        _end(job, State.CANCELLED)
    except MaillonError as error:
        _end(job, State.FAILED, said=error_to_json(error))
    except Exception:
        logger.exception("job failed", extra={"job": str(job.pk), "kind": job.kind})
        _end(job, State.FAILED)
    else:
        _end(job, State.DONE, result_url=url, share=1.0)
        logger.info(
            "job done", extra={"job": str(job.pk), "kind": job.kind, "seconds": time.monotonic() - begun}
        )


def _end(job: Job, state: State, **values: object) -> None:
    held = Job.objects.filter(pk=job.pk, lease=job.lease)
    held.update(state=state, ended_at=timezone.now(), heartbeat_at=timezone.now(), **values)


def _progress(job: Job) -> Progress:
    """Return what the work calls: it keeps the lease, shows the share, and stops a cancelled job."""
    last, shown = 0.0, -1.0

    def tell(share: float) -> None:
        nonlocal last, shown
        now = time.monotonic()
        if (now - last < 0.5 and share < 1) or (now - last < HEARTBEAT.seconds and abs(share - shown) < 0.01):
            return
        last, shown = now, share
        held = Job.objects.filter(pk=job.pk, lease=job.lease, cancel_asked=False)
        if not held.update(share=share, heartbeat_at=timezone.now()):
            raise Cancelled

    return tell


def cancel_job(job: Job) -> None:
    """Ask a job to stop; one that waits is over at once."""
    Job.objects.filter(pk=job.pk).update(cancel_asked=True)
    Job.objects.filter(pk=job.pk, state=State.WAITING).update(
        state=State.CANCELLED, ended_at=timezone.now(), lease=""
    )


def take_up_lost_jobs() -> int:
    """Queue again the jobs whose worker died; give up those that killed several. Return how many."""
    with scopes_disabled():
        silent = Job.objects.filter(state=State.RUNNING, heartbeat_at__lt=timezone.now() - LEASE)
        silent.filter(attempts__gte=ATTEMPTS).update(state=State.FAILED, ended_at=timezone.now())
        lost = list(silent.filter(state=State.RUNNING).values_list("pk", flat=True))
        for pk in lost:
            _enqueue(pk)
    return len(lost)
