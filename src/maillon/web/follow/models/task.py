"""What is due in a project: something to do, an answer awaited, a call, a date."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class Task(Owned):
    """One thing that is due, and whose move it is."""

    read_right = Right.RESULTS
    write_right = Right.RESULTS

    class Kind(models.TextChoices):
        """What it is."""

        TASK = "task", _("to do")
        ANSWER = "answer", _("answer awaited")
        CALL = "call", _("call")
        DATE = "date", _("date")

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TASK)
    title = models.CharField(_("what is due"), max_length=200)
    #: Whom it concerns outside the firm: a supplier that should answer, say.
    about = models.CharField(_("with whom"), max_length=200, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    assigned_to = models.ForeignKey(
        "people.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """What is due first comes first; what has no date comes last."""

        ordering = (models.F("due").asc(nulls_last=True), "made_at", "id")

    def __str__(self) -> str:
        return self.title
