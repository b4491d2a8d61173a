"""Firms, suppliers, startups, schools, chambers and their offices; and who belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.identifiers import new_id

if TYPE_CHECKING:
    from maillon.web.people.viewer import Viewer


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations by who may see their card."""

    def visible_to(self, viewer: Viewer) -> OrganisationQuerySet:
        """Return one's own organisations, those one has rights on, and the firms of one's territory."""
        seen = models.Q(pk__in=[*viewer.rights, *viewer.members_of, *viewer.offices, *viewer.regions])
        if viewer.territory:
            # an adviser may invite any firm of the territory: its name and town come from the register
            seen |= models.Q(departement__in=viewer.territory) & ~models.Q(kind=Organisation.Kind.CHAMBER)
        if viewer.platform:
            seen |= models.Q(kind=Organisation.Kind.CHAMBER)
        return self.filter(seen)


class Organisation(models.Model):
    """A firm or a body. Only chambers have a parent (their region) and a territory."""

    class Kind(models.TextChoices):
        """What it is to the scheme."""

        FIRM = "firm", _("industrial firm")
        SUPPLIER = "supplier", _("supplier")
        STARTUP = "startup", _("startup or designer")
        SCHOOL = "school", _("school")
        CHAMBER = "chamber", _("chamber of commerce")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.FIRM)
    name = models.CharField(_("name"), max_length=200)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    commune = models.CharField(_("town"), max_length=120, blank=True)
    #: INSEE code of the town and of its département, empty while unknown.
    commune_code = models.CharField(max_length=5, blank=True)
    departement = models.CharField(max_length=3, blank=True, db_index=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="offices"
    )
    #: Départements of an office, as a list of codes.
    territory = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        """Sorted by name."""

        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by who may see them."""

    def visible_to(self, viewer: Viewer) -> MembershipQuerySet:
        """Return one's own, those of one's organisations, and the advisers of one's region."""
        led = models.Q(organisation__in=viewer.regions) | models.Q(organisation__parent__in=viewer.regions)
        mine = models.Q(user=viewer.user) | models.Q(organisation__in=viewer.members_of | viewer.offices)
        return self.filter(models.Q(pk__isnull=False) if viewer.platform else led | mine)


class Membership(models.Model):
    """A person's place in an organisation; lines, prices and files of a firm are granted one by one."""

    class Role(models.TextChoices):
        """What the person does there. The last two only in a chamber."""

        OWNER = "owner", _("owner")
        MEMBER = "member", _("member")
        ADVISER = "adviser", _("adviser")
        MANAGER = "manager", _("regional manager")

    class Lines(models.TextChoices):
        """What a member may do with the lines."""

        NONE = "", _("no access")
        READ = "read", _("read")
        WRITE = "write", _("read and change")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role)
    lines = models.CharField(_("lines"), max_length=5, choices=Lines, default=Lines.NONE, blank=True)
    prices = models.BooleanField(_("prices and volumes"), default=False)
    files = models.BooleanField(_("original files"), default=False)
    since = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        """One place a person and an organisation."""

        ordering = ("organisation", "role", "id")
        constraints = (models.UniqueConstraint(fields=("user", "organisation"), name="one_membership_each"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"
