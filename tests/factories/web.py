"""An invented territory in the database: every persona of the permission matrix, on two firms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django_scopes import scopes_disabled

from factories.web_costs import make_costs, make_plan, make_quotation
from maillon.web.follow.models import Project
from maillon.web.intake.models import Line, Version
from maillon.web.people.models import Mandate, Membership, Organisation, User

PASSWORD = "un mot de passe assez long"
Role, Lines, Kind = Membership.Role, Membership.Lines, Organisation.Kind


class Territory(dict[str, Any]):
    """People, firms and projects of a test by name; ``territory.adviser`` is ``territory["adviser"]``."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def make_user(name: str, **values: Any) -> User:
    """Create a person; the account's address is ``name@example.invalid``."""
    return User.objects.create_user(f"{name}@example.invalid", PASSWORD, name=name, **values)


def give_second_factor(user: User) -> None:
    """Let an adviser, manager or administrator past the page that asks for a second factor."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "invented"})


def make_firm(name: str, **values: Any) -> Organisation:
    """Create a firm of Belfort, unless told otherwise."""
    given = {"commune": "Belfort", "commune_code": "90010", "departement": "90", **values}
    return Organisation.objects.create(name=name, **given)


def make_project(firm: Organisation, name: str = "Produit", lines: int = 3, canary: str = "") -> Project:
    """Create a project with one version of ``lines`` lines; ``canary`` marks every text that is secret."""
    with scopes_disabled():
        project = Project.objects.create(organisation=firm, name=name, site={"departement": "90"})
        version = Version.objects.create(
            organisation=firm,
            project=project,
            number=1,
            name=f"{name} {canary}".strip(),
            key="k",
            lines_count=lines,
        )
        Line.objects.bulk_create(
            Line(
                organisation=firm, version=version, line=n, item=n, level=1, reference=f"R{n}{canary}",
                designation=f"carter aluminium {n} {canary}".strip(), quantity=1.0, unit="piece",
                unit_price=10.0 * n, amount=10.0 * n, currency="EUR",
                supplier=f"Fournisseur {n} {canary}".strip(),
                supplier_country="FR", making_country="CN" if n % 2 else "FR", evidence="declared",
            )
            for n in range(1, lines + 1)
        )  # fmt: skip
    return project


def make_mandate(firm: Organisation, office: Organisation, **values: Any) -> Mandate:
    """Give an office access to a firm, confirmed and for a year unless told otherwise."""
    now = timezone.now()
    given = {"purpose": "diagnostic", "ends_at": now + dt.timedelta(days=365), "confirmed_at": now, **values}
    with scopes_disabled():
        return Mandate.objects.create(organisation=firm, office=office, **given)


def make_territory() -> Territory:
    """Create two firms (ours has a mandate), their people, an office of Belfort and its region."""
    found = Territory()
    region = Organisation.objects.create(name="Région", kind=Kind.CHAMBER)
    office = Organisation.objects.create(name="Antenne", kind=Kind.CHAMBER, parent=region, territory=["90"])
    firm, other = make_firm("Valtrenne"), make_firm("Cressanges")
    supplier = make_firm("Ormelune", kind=Kind.SUPPLIER)
    startup = make_firm("Portefaix", kind=Kind.STARTUP)
    found.update(
        region=region, office=office, firm=firm, other=other, supplier_firm=supplier, startup_firm=startup
    )
    people = {
        "owner": (firm, Role.OWNER, {}),
        "member": (firm, Role.MEMBER, {}),
        "reader": (firm, Role.MEMBER, {"lines": Lines.READ}),
        "buyer": (firm, Role.MEMBER, {"lines": Lines.WRITE, "prices": True, "files": True}),
        "other_owner": (other, Role.OWNER, {}),
        "supplier": (supplier, Role.OWNER, {}),
        "startup": (startup, Role.OWNER, {}),
        "adviser": (office, Role.ADVISER, {}),
        "adviser_prices": (office, Role.ADVISER, {}),
        "adviser_unconfirmed": (office, Role.ADVISER, {}),
        "adviser_without": (office, Role.ADVISER, {}),
        "manager": (region, Role.MANAGER, {}),
    }
    for name, (organisation, role, rights) in people.items():
        found[name] = make_user(name)
        Membership.objects.create(user=found[name], organisation=organisation, role=role, **rights)
    found["platform"] = make_user("platform", platform=True)
    for name in ("manager", "platform", *(name for name in people if name.startswith("adviser"))):
        give_second_factor(found[name])
    make_mandate(firm, office, adviser=found["adviser"])
    make_mandate(firm, office, adviser=found["adviser_prices"], prices=True, files=True)
    make_mandate(firm, office, adviser=found["adviser_unconfirmed"], confirmed_at=None)
    found["project"] = make_project(firm, "Cobot", canary="CANARYOURS")
    found["other_project"] = make_project(other, "Fauteuil", canary="CANARYOTHER")
    for before, project, canary in (
        ("", "project", "CANARYOURS"),
        ("other_", "other_project", "CANARYOTHER"),
    ):
        _run, found[f"{before}cost_scenario"] = make_costs(found[project], canary)
        found[f"{before}quotation"] = make_quotation(found[f"{before}project"])
        found[f"{before}plan"] = make_plan(found[project], canary)
    found["cost_line"] = found["other_cost_line"] = 1
    return found
