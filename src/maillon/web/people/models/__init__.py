"""Users, organisations, memberships, invitations, mandates."""

from maillon.web.people.models.invitation import Invitation
from maillon.web.people.models.mandate import Mandate
from maillon.web.people.models.organisation import Membership, Organisation
from maillon.web.people.models.owned import Owned, OwnedQuerySet
from maillon.web.people.models.user import User

__all__ = ["Invitation", "Mandate", "Membership", "Organisation", "Owned", "OwnedQuerySet", "User"]
