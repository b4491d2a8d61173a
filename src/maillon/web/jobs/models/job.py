"""A piece of long work of a firm: what it does, how far it is, how it ended."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right

#: A worker says at least this often that it is alive; a job silent for LEASE is taken up by another.
HEARTBEAT = dt.timedelta(seconds=5)
LEASE = dt.timedelta(seconds=45)


class Cancelled(Exception):
    """Raised inside a job whose cancelling was asked: its transaction is undone."""


class Job(Owned):
    """One run of a registered kind of work. ``key`` makes it effectively once: the same key, the same job."""

    read_right = Right.UPLOAD
    write_right = Right.UPLOAD

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    share = models.FloatField(default=0.0)
    #: The sentence of an error and its hint, as ``{"what": {...}, "hint": {...}}``; see ``jobs.said``.
    said = models.JSONField(default=dict)
    #: Where the result is shown, once done.
    result_url = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    #: A random word of the run that holds the lease; another run's late write is refused.
    lease = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)

    class Meta:
        """Newest first."""

        ordering = ("-created_at", "id")
        constraints = (models.UniqueConstraint(fields=("organisation", "key"), name="one_job_a_key"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def over(self) -> bool:
        """Whether it ended, well or not."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)
