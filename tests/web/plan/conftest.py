"""A project of gears and housings bought in China, and a register that knows who could make them."""

import pytest
from django_scopes import scopes_disabled

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from factories.web_costs import clear_costs
from maillon.reference.register.index import build_index
from maillon.reference.register.names import build_names
from maillon.web.follow.models import Project
from maillon.web.intake.models import Line, Version
from maillon.web.jobs.models import Job
from maillon.web.jobs.services.run import run_job
from maillon.web.plan.models import PlanScenario

MAKER, OTHER = siret_of(11_000_001), siret_of(11_000_002)


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory):
    """Build the register once."""
    home = tmp_path_factory.mktemp("plan-home")
    firms = establishments_frame(
        {"siret": MAKER, "siren": MAKER[:9], "name": "TAILLAGE DU LION", "naf": "28.15Z"},
        {"siret": OTHER, "siren": OTHER[:9], "name": "ATELIERS DE LA SAVOUREUSE", "naf": "28.15Z"},
    )
    text = "taillage d'engrenages coniques"
    told = capabilities_frame({"siret": MAKER, "kind": "process", "code": "gear-cutting", "text": text})
    folder = write_snapshot(home / "snapshots" / "register-20261101-invented", firms, told)
    build_index(folder)
    build_names(folder)
    (home / "snapshots" / "register.current").write_text(folder.name, encoding="utf-8")
    return home


@pytest.fixture
def register(snapshots, monkeypatch):
    """Put the register into use."""
    monkeypatch.setenv("MAILLON_HOME", str(snapshots))


@pytest.fixture
def gears(territory, register) -> Project:
    """Four gears made in China, each of a supplier of its own, as a project of our firm."""
    clear_costs()
    with scopes_disabled():
        project = Project.objects.create(
            organisation=territory.firm, name="Réducteur", site={"departement": "90"}, per_year=100.0
        )
        version = Version.objects.create(
            organisation=territory.firm, project=project, number=1, name="CANARYOURS", key="k"
        )
        Line.objects.bulk_create(
            Line(
                organisation=territory.firm, version=version, line=n, item=n, level=1, quantity=4.0,
                designation=f"PIGNON CONIQUE 42CRMO4 MODULE {n} CANARYOURS", unit="piece",
                unit_price=50.0 * n, currency="EUR", supplier=f"Beta CANARYOURS {n}", supplier_country="CN",
                making_country="CN", evidence="documented",
            )
            for n in range(1, 5)
        )  # fmt: skip
    return project


WISHES = {"seconds": "10", "points": "0", "dual": ""}


@pytest.fixture
def planned(client, territory, gears):
    """Ask for a plan as somebody, and run what was asked."""

    def ask(name: str = "owner", **asked: str) -> PlanScenario:
        client.force_login(territory[name])
        answer = client.post(f"/projects/{gears.pk}/plan/", WISHES | asked)
        assert answer.status_code == 302, answer.context["form"].errors
        with scopes_disabled():
            run_job(Job.objects.filter(kind="plan").latest("created_at").pk)
            return PlanScenario.objects.select_related("job").latest("made_at")

    return ask
