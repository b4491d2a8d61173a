"""Rights as they come and go: hundreds of steps in any order, each compared with an oracle of the matrix.

``MAILLON_RIGHTS_STEPS=10000`` makes it long: 10,000 steps took 237 s on 2 cores (load 1.8, 2026-11-23),
without a difference.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from factories.rights_oracle import Access, Oracle, Place
from maillon.core.errors import InvalidRequest
from maillon.web.people.models import Mandate, Membership, Organisation, User
from maillon.web.people.queries.viewers import viewer_of
from maillon.web.people.rights import Right
from maillon.web.people.services.mandates import give_mandate, revoke_mandate
from maillon.web.people.services.members import grant, remove_member

pytestmark = pytest.mark.django_db
STEPS = 40
WANTED = int(os.environ.get("MAILLON_RIGHTS_STEPS", "320"))
FIRMS = ("firm", "other", "supplier_firm", "startup_firm")
ADVISERS = ("adviser", "adviser_prices", "adviser_unconfirmed", "adviser_without")
OF_FIRMS = ("owner", "member", "reader", "buyer", "other_owner", "supplier", "startup")
PERSONS = (*OF_FIRMS, *ADVISERS, "manager", "platform")
#: Page of a project → the right that opens it.
PAGES = {
    "intake:bom": "bom",
    "intake:vendors": "bom",
    "diagnose:diagnosis": "results",
    "cost:costs": "results",
    "plan:plans": "results",
    "search:needs": "ranking",
    "journal:journal": "journal",
}
NOW = timezone.now
of_a_firm = st.sampled_from(["owner", "member"])
grants = st.sets(st.sampled_from(["prices", "files"]))


class RightsOverTime(RuleBasedStateMachine):
    """The territory and its oracle, changed together."""

    territory: dict
    seen = 0

    def __init__(self) -> None:
        super().__init__()
        self.began, self.space = NOW(), transaction.atomic()
        self.space.__enter__()
        self.objects = scopes_disabled()
        self.objects.__enter__()
        self.oracle = Oracle(where=dict.fromkeys(FIRMS, "90"))
        names = {self.territory[name].pk: name for name in (*FIRMS, "office", "region")}
        people = {self.territory[name].pk: name for name in PERSONS}
        for place in Membership.objects.all():
            given = {place.lines, *(n for n in ("prices", "files") if getattr(place, n))} - {""}
            self.oracle.places.append(
                Place(people[place.user_id], names[place.organisation_id], place.role, frozenset(given))
            )
        for each in Mandate.objects.filter(revoked_at=None):
            extra = frozenset(n for n in ("prices", "files") if getattr(each, n))
            end = (each.ends_at - self.began) / dt.timedelta(days=1)
            confirmed = each.confirmed_at is not None
            self.oracle.mandates[each.pk] = Access("firm", people.get(each.adviser_id), extra, confirmed, end)

    def teardown(self) -> None:
        timezone.now = NOW
        self.objects.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.space.__exit__(None, None, None)

    def _place(self, person: str, body: str) -> Membership | None:
        found = Membership.objects.filter(user=self.territory[person], organisation=self.territory[body])
        return found.first()

    @rule(firm=st.sampled_from(["firm", "other"]), who=st.sampled_from([None, *ADVISERS]), extra=grants)
    def give(self, firm, who, extra):
        ends = timezone.now() + dt.timedelta(days=90)
        mandate = Mandate(
            organisation=self.territory[firm], office=self.territory["office"], purpose="p", ends_at=ends,
            adviser=self.territory[who] if who else None, **dict.fromkeys(extra, True),
        )  # fmt: skip
        give_mandate(mandate, self.territory["owner"].pk)
        end = self.oracle.day + 90
        self.oracle.mandates[mandate.pk] = Access(firm, who, frozenset(extra), True, end)

    @rule(which=st.integers(0, 30))
    def confirm(self, which):
        waiting = [pk for pk, m in self.oracle.mandates.items() if not m.confirmed]
        if waiting:
            pk = waiting[which % len(waiting)]
            Mandate.objects.filter(pk=pk).update(confirmed_at=timezone.now())
            self.oracle.mandates[pk] = replace(self.oracle.mandates[pk], confirmed=True)

    @rule(firm=st.sampled_from(["firm", "other"]), who=st.sampled_from(ADVISERS), extra=grants)
    def ask(self, firm, who, extra):
        ends = timezone.now() + dt.timedelta(days=7)
        mandate = Mandate.objects.create(
            organisation=self.territory[firm], office=self.territory["office"], ends_at=ends,
            adviser=self.territory[who], starts_at=timezone.now(), **dict.fromkeys(extra, True),
        )  # fmt: skip
        end = self.oracle.day + 7
        self.oracle.mandates[mandate.pk] = Access(firm, who, frozenset(extra), False, end)

    @rule(which=st.integers(0, 30))
    def revoke(self, which):
        alive = [pk for pk, m in self.oracle.mandates.items() if not m.revoked]
        if alive:
            pk = alive[which % len(alive)]
            revoke_mandate(Mandate.objects.get(pk=pk), self.territory["owner"].pk)
            self.oracle.mandates[pk] = replace(self.oracle.mandates[pk], revoked=True)

    @rule(days=st.sampled_from([0.5, 3, 7, 30, 90, 300]))
    def wait(self, days):
        self.oracle.day += days
        shift = dt.timedelta(days=self.oracle.day)
        timezone.now = lambda: NOW() + shift

    @rule(firm=st.sampled_from(FIRMS), to=st.sampled_from(["90", "25", "21"]))
    def move_firm(self, firm, to):
        Organisation.objects.filter(pk=self.territory[firm].pk).update(departement=to)
        self.oracle.where[firm] = to

    @rule(covered=st.sets(st.sampled_from(["90", "25", "21"])))
    def change_territory(self, covered):
        Organisation.objects.filter(pk=self.territory["office"].pk).update(territory=sorted(covered))
        self.oracle.covered = covered

    @rule(
        person=st.sampled_from(OF_FIRMS),
        lines=st.sampled_from(["", "read", "write"]),
        prices=st.booleans(),
        files=st.booleans(),
    )
    def grant(self, person, lines, prices, files):
        for place in [p for p in self.oracle.places if p.person == person and p.role == "member"]:
            row = self._place(person, place.body)
            row.lines, row.prices, row.files = lines, prices, files
            grant(row, self.territory["owner"].pk)
            given = {lines, *(n for n, on in (("prices", prices), ("files", files)) if on)} - {""}
            self.oracle.change(person, place.body, granted=frozenset(given))

    @rule(person=st.sampled_from(PERSONS), which=st.integers(0, 3))
    def leave(self, person, which):
        mine = [p for p in self.oracle.places if p.person == person]
        if not mine:
            return
        place = mine[which % len(mine)]
        owners = [p for p in self.oracle.places if (p.body, p.role) == (place.body, "owner")]
        row = self._place(person, place.body)
        if place.role == "owner" and len(owners) == 1:
            with pytest.raises(InvalidRequest):
                remove_member(row, None)
            return
        remove_member(row, None)
        self.oracle.places.remove(place)

    @rule(
        person=st.sampled_from(OF_FIRMS),
        firm=st.sampled_from(FIRMS),
        role=of_a_firm,
    )
    def join_firm(self, person, firm, role):
        if self._place(person, firm) is None:
            self._join(person, firm, role)

    @rule(person=st.sampled_from([*ADVISERS, "manager"]), role=st.sampled_from(["adviser", "manager"]))
    def join_chamber(self, person, role):
        body = "office" if role == "adviser" else "region"
        if self._place(person, body) is None:
            self._join(person, body, role)

    def _join(self, person, body, role):
        Membership.objects.create(user=self.territory[person], organisation=self.territory[body], role=role)
        self.oracle.places.append(Place(person, body, role))

    @rule(person=st.sampled_from(OF_FIRMS), role=of_a_firm)
    def change_role(self, person, role):
        for place in [p for p in self.oracle.places if p.person == person]:
            Membership.objects.filter(pk=self._place(person, place.body).pk).update(role=role)
            self.oracle.change(person, place.body, role=role)

    @rule(person=st.sampled_from(PERSONS))
    def close_or_open_account(self, person):
        closed = person not in self.oracle.closed
        User.objects.filter(pk=self.territory[person].pk).update(is_active=not closed)
        (self.oracle.closed.add if closed else self.oracle.closed.discard)(person)

    @rule(
        person=st.sampled_from(PERSONS),
        page=st.sampled_from(list(PAGES)),
        project=st.sampled_from(["project", "other_project"]),
    )
    def open_page(self, person, page, project):
        firm = "firm" if project == "project" else "other"
        pk = self.territory[firm].pk if page == "journal:journal" else self.territory[project].pk
        client = Client()
        client.force_login(User.objects.get(pk=self.territory[person].pk))
        status = client.get(reverse(page, kwargs={"pk": pk})).status_code
        if person in self.oracle.closed:
            assert status == 302, (person, page)
        else:
            allowed = PAGES[page] in self.oracle.may(person, firm)
            assert status == (200 if allowed else 404), (person, page, project, status)

    @invariant()
    def everybody_holds_what_the_matrix_says(self):
        type(self).seen += 1
        for person in PERSONS:
            viewer = viewer_of(User.objects.get(pk=self.territory[person].pk))
            for name in FIRMS:
                firm, expected = self.territory[name].pk, self.oracle.may(person, name)
                held = {right.value for right in Right if viewer.may(right, firm)}
                assert held == expected, (person, name, held ^ expected)
                assert {r for r in Right if firm in viewer.firms(r)} == {Right(r) for r in expected}


def test_rights_follow_every_change_at_the_next_request(territory):
    RightsOverTime.territory, RightsOverTime.seen = territory, 0
    run_state_machine_as_test(
        RightsOverTime,
        settings=settings(
            max_examples=max(1, WANTED // STEPS),
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="MAILLON_RIGHTS_STEPS" not in os.environ,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    assert RightsOverTime.seen >= WANTED // 2
