"""A project whose lines are those of the example cobot, and its costs."""

import datetime as dt
from pathlib import Path

import pytest
from django_scopes import scopes_disabled

from factories.web_costs import clear_costs
from maillon.intake import read_file
from maillon.pipeline.costing import cost_lines
from maillon.web.cost.queries.material import material_of
from maillon.web.cost.services.runs import keep_costs
from maillon.web.follow.models import Project
from maillon.web.intake.models import Line, Version
from maillon.web.intake.queries.boms import rows_of

EXAMPLE = Path(__file__).parents[3] / "examples" / "cobot.xlsx"
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def cobot_lines():
    """The example file as it is read: once for all tests."""
    return read_file(EXAMPLE).bom.lines


@pytest.fixture
def cobot(territory, cobot_lines) -> Project:
    """The example as a project of our firm."""
    clear_costs()
    with scopes_disabled():
        project = Project.objects.create(
            organisation=territory.firm, name="Cobot", site={"departement": "90"}, per_year=25.0
        )
        version = Version.objects.create(
            organisation=territory.firm, project=project, number=1, name="cobot", key="k"
        )
        Line.objects.bulk_create(rows_of(cobot_lines, version))
    return project


@pytest.fixture
def costed(territory):
    """The three lines of our firm, costed: two are made in China."""
    clear_costs()
    with scopes_disabled():
        version = Version.objects.select_related("project").get(project=territory.project)
        Line.objects.filter(version=version).update(evidence="documented")
        bom, diagnosis = material_of(version)
        costs = cost_lines(bom, diagnosis, per_year=100.0, today=TODAY)
        return keep_costs(version, costs, TODAY, territory.owner.pk)
