"""A project's shortlists: who is to be asked, what became of it, who was struck out and why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Owned
from maillon.web.people.rights import Right


class Shortlist(Owned):
    """A list of a project, by family or by part as people see fit."""

    read_right = Right.RANKING
    write_right = Right.RANKING

    project = models.ForeignKey("follow.Project", on_delete=models.CASCADE, related_name="shortlists")
    name = models.CharField(_("name"), max_length=120)
    made_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By name."""

        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("project", "name"), name="one_shortlist_a_name"),)

    def __str__(self) -> str:
        return self.name


class ListEntry(Owned):
    """One establishment on a list. Striking out and declining keep their reason: the list is a memory."""

    read_right = Right.RANKING
    write_right = Right.RANKING

    class Status(models.TextChoices):
        """What became of it."""

        TO_CONTACT = "contact", _("to contact")
        SENT = "sent", _("need sheet sent")
        TAKEN = "taken", _("taken up")
        DECLINED = "declined", _("declined")
        STRUCK = "struck", _("struck out")

    #: States that a person must give a reason for.
    REASONED = frozenset({Status.DECLINED, Status.STRUCK})

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="entries")
    siret = models.CharField("SIRET", max_length=14)
    name = models.CharField(_("firm"), max_length=200, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    #: The line it is for; None where it is for the project as a whole.
    line = models.ForeignKey(
        "intake.Line", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.TO_CONTACT)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    added_by = models.ForeignKey("people.User", on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        """In the order in which they were added; one firm stands once on a list."""

        ordering = ("added_at", "id")
        constraints = (models.UniqueConstraint(fields=("shortlist", "siret"), name="one_entry_a_firm"),)

    def __str__(self) -> str:
        return self.name or self.siret
