"""An invented territory in the database: an office, firms, people of every role, a project with its lines."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from maillon.web.diagnose.services.runs import diagnose_version
from maillon.web.follow.models import Project, Stage, Task
from maillon.web.follow.services.example import import_example, open_example
from maillon.web.people.models import Mandate, Membership, Organisation, User
from maillon.web.people.queries.viewers import viewer_of

Role, Lines, Kind = Membership.Role, Membership.Lines, Organisation.Kind
INVENTED = "(inventé)"
BELFORT = {"commune": "Belfort", "commune_code": "90010", "departement": "90"}
#: Belfort's town hall, from the register of communes (INSEE).
SITE = {
    "country": "FR",
    "region": "27",
    "departement": "90",
    "commune": "90010",
    "lat": 47.6397,
    "lon": 6.8638,
}


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the territory: what the person does, the address, the password."""

    role: str
    email: str
    password: str


@transaction.atomic
def make_people() -> tuple[list[Account], Organisation]:
    """Create the region, the office, the firms and an account of every role; return the accounts."""
    region = Organisation.objects.create(name=f"CCI de région {INVENTED}", kind=Kind.CHAMBER)
    office = Organisation.objects.create(
        name=f"Antenne de Belfort {INVENTED}", kind=Kind.CHAMBER, parent=region, territory=["90", "25", "70"]
    )
    firm = Organisation.objects.create(name="Valtrenne Robotique (entreprise inventée)", **BELFORT)
    supplier = Organisation.objects.create(
        name="Fonderie Ormelune (entreprise inventée)", kind=Kind.SUPPLIER, **BELFORT
    )
    startup = Organisation.objects.create(name="Portefaix (projet inventé)", kind=Kind.STARTUP, **BELFORT)
    places = [
        ("conseiller", office, Role.ADVISER, {}),
        ("responsable-regional", region, Role.MANAGER, {}),
        ("acheteur", firm, Role.OWNER, {}),
        ("collegue", firm, Role.MEMBER, {"lines": Lines.READ}),
        ("sous-traitant", supplier, Role.OWNER, {}),
        ("startup", startup, Role.OWNER, {}),
    ]
    accounts = []
    for name, organisation, role, rights in places:
        user, account = _account(name)
        Membership.objects.create(user=user, organisation=organisation, role=role, **rights)
        accounts.append(account)
    _, account = _account("administration", platform=True)
    _give_mandate(firm, office)
    return [*accounts, account], firm


def _account(name: str, **values: object) -> tuple[User, Account]:
    from allauth.account.models import EmailAddress  # noqa: PLC0415 - its tables load after this module

    address, password = f"{name}@example.invalid", secrets.token_urlsafe(15)
    user = User.objects.create_user(address, password, name=f"{name.capitalize()} {INVENTED}", **values)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user, Account(name, address, password)


def _give_mandate(firm: Organisation, office: Organisation) -> None:
    now = timezone.now()
    with scope(organisation=firm.pk):
        Mandate.objects.create(
            organisation=firm, office=office, purpose="Diagnostic et recherche de sources", prices=True,
            files=True, ends_at=now + dt.timedelta(days=365), confirmed_at=now,
        )  # fmt: skip


def make_project(firm: Organisation, owner: UUID) -> Project:
    """Import the invented cobot through the same services as a person, and diagnose it."""
    viewer = viewer_of(User.objects.get(pk=owner))
    with scope(organisation=firm.pk):
        project = open_example(firm, viewer)
        version = import_example(project, viewer, _nothing)
        Project.objects.filter(pk=project.pk).update(stage=Stage.SEARCH, site=SITE)
        version.project.refresh_from_db()
        diagnose_version(version, owner, _nothing)
        today = timezone.localdate()
        for days, kind, title in (
            (-2, Task.Kind.ANSWER, "Relancer la fonderie"),
            (3, Task.Kind.CALL, "Appeler l’acheteur : volumes de 2027"),
            (12, Task.Kind.DATE, "Jury de la promotion"),
        ):
            due = today + dt.timedelta(days=days)
            Task.objects.create(organisation=firm, project=project, kind=kind, title=title, due=due)
    return project


def _nothing(_share: float) -> None:
    """Take progress for nobody."""
