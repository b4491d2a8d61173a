"""Who holds which right on whose data: memberships and mandates, at this very moment."""

import datetime as dt

import pytest
from django.utils import timezone
from django_scopes import ScopeError, scopes_disabled

from maillon.web.follow.models import Project
from maillon.web.people.models import Mandate, Membership
from maillon.web.people.rights import MANDATE, MEMBER, OWNER, UNCONFIRMED, Right

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("owner", OWNER),
        ("member", MEMBER),
        ("reader", MEMBER | {Right.BOM}),
        (
            "buyer",
            MEMBER
            | {Right.BOM, Right.PRICES, Right.FILES, Right.BOM_WRITE, Right.UPLOAD, Right.RESULTS_WRITE},
        ),
        ("adviser", MANDATE),
        ("adviser_prices", MANDATE | {Right.PRICES, Right.FILES}),
        ("adviser_unconfirmed", UNCONFIRMED),
        ("adviser_without", None),
        ("manager", None),
        ("platform", None),
        ("other_owner", None),
        ("supplier", None),
    ],
)
def test_rights_on_our_firm(territory, viewer, name, held):
    assert viewer(name).rights.get(territory.firm.pk) == held


def test_a_revoked_mandate_ends_at_the_next_request(territory, viewer):
    with scopes_disabled():
        Mandate.objects.filter(adviser=territory.adviser).update(revoked_at=timezone.now())
    assert viewer("adviser").rights == {}


def test_an_ended_mandate_gives_nothing(territory, viewer):
    with scopes_disabled():
        Mandate.objects.filter(adviser=territory.adviser).update(
            ends_at=timezone.now() - dt.timedelta(seconds=1)
        )
    assert viewer("adviser").rights == {}


def test_a_firm_that_moves_away_is_not_followed(territory, viewer):
    territory.firm.departement = "21"
    territory.firm.save()
    assert viewer("adviser").rights == {}


def test_an_adviser_who_leaves_sees_nothing(territory, viewer):
    Membership.objects.filter(user=territory.adviser).delete()
    assert viewer("adviser").rights == {}


def test_a_query_without_a_scope_raises(territory):
    with pytest.raises(ScopeError):
        list(Project.objects.all())
