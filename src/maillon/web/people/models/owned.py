"""What belongs to a firm: found inside a scope only, and shown only to who holds the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django_scopes import ScopedManager

from maillon.web.people.identifiers import new_id
from maillon.web.people.rights import Right

if TYPE_CHECKING:
    from maillon.web.people.viewer import Viewer


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows of firms, by who may see or change them."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Return the rows whose firm gave ``viewer`` the right to read them."""
        return self.filter(organisation__in=viewer.firms(self.model.read_right))

    def changeable_by(self, viewer: Viewer) -> Self:
        """Return the rows whose firm gave ``viewer`` the right to change them."""
        return self.filter(organisation__in=viewer.firms(self.model.write_right))


class Owned(models.Model):
    """A row of a firm. A query outside a scope raises ``ScopeError``: nobody forgets the firm."""

    read_right: ClassVar[Right] = Right.RESULTS
    write_right: ClassVar[Right] = Right.RESULTS_WRITE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")

    objects = ScopedManager(
        organisation="organisation", _manager_class=models.Manager.from_queryset(OwnedQuerySet)
    )

    class Meta:
        """A base, no table."""

        abstract = True
