"""The journal is only appended to; whatever is done to it behind the application's back shows."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from maillon.web.journal.faults import Fault
from maillon.web.journal.logs import JsonLine
from maillon.web.journal.models import Event, Head
from maillon.web.journal.queries.chain import Break, breaks_of
from maillon.web.journal.services.record import record
from maillon.web.journal.services.retention import forget_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(territory):
    """A firm with five events."""
    with scopes_disabled():
        assert not Event.objects.filter(organisation=territory.firm).exists()
    for number in range(5):
        record("opened", territory.firm.pk, territory.owner.pk, territory.project, count=number)
    return territory.firm


def behind(*statements: str) -> None:
    """Write to the database as somebody who has taken the triggers away."""
    with connection.cursor() as cursor:
        for name in ("journal_event_unchanged", "journal_event_kept"):
            table = " ON journal_event" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")
        for statement in statements:
            cursor.execute(statement)


def verify() -> str:
    told = io.StringIO()
    try:
        call_command("journal", "verify", stdout=told)
    except CommandError as error:
        return f"{told.getvalue()}{error}"
    return told.getvalue()


def test_a_journal_is_whole(firm):
    assert breaks_of(firm.pk) == []
    assert "1 journals are as they were written." in verify()


@pytest.mark.parametrize(
    "change",
    [
        "action = 'opene_'", "params = '{\"count\": 3}'", "object_id = ''", "kind = 'x'", "actor_id = NULL",
        "at = '2026-01-01 00:00:00+00:00'", "before = 'g' || substr(before, 2)",
        "digest = 'g' || substr(digest, 2)",
    ],
)  # fmt: skip
def test_one_byte_changed_is_found(firm, change):
    behind(f"UPDATE journal_event SET {change} WHERE number = 3")  # noqa: S608 - the attack
    assert breaks_of(firm.pk)[0] == Break(3, Fault.CHANGED)
    assert f"{firm.pk}: 3: changed" in verify()


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        ("number = 5", [Break(4, Fault.CUT)]),
        ("number >= 3", [Break(2, Fault.CUT)]),
        ("number = 3", [Break(4, Fault.MISSING)]),
        ("number = 1", [Break(2, Fault.MISSING)]),
        ("number > 0", [Break(0, Fault.CUT)]),
    ],
)
def test_what_is_taken_out_is_found(firm, gone, found):
    behind(f"DELETE FROM journal_event WHERE {gone}")  # noqa: S608 - the attack
    assert breaks_of(firm.pk) == found
    assert "breaks in the journals of" in verify()


def test_a_chain_made_anew_without_our_key_is_found(firm):
    """Somebody who can write the tables takes the last event away and lets the head say so."""
    with scopes_disabled():
        fourth = Event.objects.get(organisation=firm, number=4)
    behind(
        "DELETE FROM journal_event WHERE number = 5",
        f"UPDATE journal_head SET number = 4, digest = '{fourth.digest}'",  # noqa: S608 - the attack
    )
    assert breaks_of(firm.pk) == [Break(4, Fault.UNSEALED)]


def test_a_journal_without_its_head_is_found(firm):
    behind("DELETE FROM journal_head")
    assert breaks_of(firm.pk) == [Break(5, Fault.UNSEALED)]


def test_a_whole_journal_replaced_is_found_by_what_was_noted_outside(firm, tmp_path, caplog):
    with caplog.at_level(logging.INFO, "maillon.web.journal.anchor"):
        call_command("journal", "anchor")
    log = tmp_path / "maillon.log"
    lines = ["not json", '{"logger": "other"}', *(JsonLine().format(r) for r in caplog.records)]
    log.write_text("\n".join(lines), encoding="utf-8")
    call_command("journal", "verify", anchors=log, stdout=io.StringIO())
    assert json.loads(lines[-1])["event"] == 5
    behind("DELETE FROM journal_event", "DELETE FROM journal_head")
    for _again in range(6):
        record("opened", firm.pk, None)
    assert breaks_of(firm.pk) == []
    with pytest.raises(CommandError, match="1 breaks"):
        call_command("journal", "verify", anchors=log, stdout=io.StringIO())


@pytest.mark.parametrize("statement", ["UPDATE journal_event SET action = 'x'", "DELETE FROM journal_event"])
def test_the_database_refuses_to_change_or_delete(firm, statement):
    with pytest.raises(DatabaseError, match="only appended to"), transaction.atomic():
        connection.cursor().execute(statement)
    assert breaks_of(firm.pk) == []


def test_a_firm_that_leaves_takes_its_journal_along(firm):
    with scopes_disabled():
        Head.objects.filter(organisation=firm).delete()
        Event.objects.filter(organisation=firm).delete()
        assert not Event.objects.filter(organisation=firm).exists()


def test_old_events_are_forgotten_and_the_rest_still_holds(firm, monkeypatch):
    later = timezone.now() + dt.timedelta(days=settings.ENVIRONMENT.journal_days, minutes=1)
    assert forget_before(timezone.now() - dt.timedelta(days=1)) == 0
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: later)
        told = io.StringIO()
        call_command("journal", "forget", stdout=told)
    assert told.getvalue().strip() == "5"
    with scopes_disabled():
        left = list(Event.objects.filter(organisation=firm).values_list("number", "action", "params"))
    assert left == [(6, "journal_forgotten", {"events": 5})]
    assert breaks_of(firm.pk) == []
    behind("UPDATE journal_head SET forgotten = 3")
    assert breaks_of(firm.pk) != []


def test_a_part_is_forgotten(firm):
    with scopes_disabled():
        fourth = Event.objects.get(organisation=firm, number=4)
    assert forget_before(fourth.at) == 3
    assert breaks_of(firm.pk) == []
    behind("DELETE FROM journal_event WHERE number = 4")
    assert breaks_of(firm.pk) == [Break(5, Fault.MISSING)]


def test_a_new_key_is_said_and_sealed_anew_only_where_all_else_is_whole(firm, settings):
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key of the installation" * 2
    assert breaks_of(firm.pk) == [Break(5, Fault.UNSEALED)]
    settings.SECRET_KEY_FALLBACKS = [former]
    assert breaks_of(firm.pk) == []
    settings.SECRET_KEY_FALLBACKS = []
    call_command("journal", "seal")
    assert breaks_of(firm.pk) == []
    behind("DELETE FROM journal_event WHERE number = 5")
    settings.SECRET_KEY = "a third key" * 6
    call_command("journal", "seal")
    assert breaks_of(firm.pk) == [Break(4, Fault.CUT)]


def test_the_last_events_alone_are_checked_as_well(firm):
    assert breaks_of(firm.pk, 2) == []
    behind("UPDATE journal_event SET action = 'x' WHERE number IN (2, 4)")
    assert breaks_of(firm.pk, 2) == [Break(4, Fault.CHANGED)]
    assert breaks_of(firm.pk, 4) == [Break(2, Fault.CHANGED), Break(4, Fault.CHANGED)]


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    victim=st.integers(1, 5),
    field=st.sampled_from(["action", "kind", "object_id", "before", "digest"]),
    at=st.integers(0, 63),
)
def test_any_byte_of_any_event(firm, victim, field, at):
    with scopes_disabled(), transaction.atomic():
        value = str(Event.objects.values_list(field, flat=True).get(organisation=firm, number=victim))
        at %= len(value) or 1
        changed = f"{value[:at]}{'~' if value[at : at + 1] != '~' else '!'}{value[at + 1 :]}"
        behind()
        connection.cursor().execute(
            f"UPDATE journal_event SET {field} = %s WHERE number = %s",  # noqa: S608 - the attack
            [changed, victim],
        )
        assert victim in {found.number for found in breaks_of(firm.pk)}
        transaction.set_rollback(True)


HANDS, EACH = 4, 15
WRITE = """
import sys, uuid
from pathlib import Path
import django
django.setup()
from maillon.web.journal.services.record import record
firm, hand, start = uuid.UUID(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
while not start.exists():
    pass
for count in range(int(sys.argv[4])):
    record("opened", firm, None, hand=hand, count=count)
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file for several processes: SQLite")
@pytest.mark.django_db(transaction=True)
def test_many_hands_at_once_leave_one_chain(territory, tmp_path):
    """Processes of their own on one file, as a server and its workers are."""
    file, start = tmp_path / "shared.sqlite3", tmp_path / "start"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "maillon.web.settings",
        "MAILLON_HOME": str(tmp_path),
        "MAILLON_DATABASE_URL": f"sqlite:///{file}",
    }
    firm = str(territory.firm.pk)
    hands = [
        subprocess.Popen([sys.executable, "-c", WRITE, firm, str(n), str(start), str(EACH)], env=environment)
        for n in range(HANDS)
    ]
    start.touch()
    assert [hand.wait(timeout=60) for hand in hands] == [0] * HANDS
    verified = subprocess.run(
        [sys.executable, "-m", "maillon.web", "journal", "verify"],
        env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert verified.stdout.strip() == "1 journals are as they were written."
    with sqlite3.connect(file) as rows:
        told = rows.execute("SELECT number, params FROM journal_event ORDER BY number").fetchall()
    assert [number for number, _params in told] == list(range(1, HANDS * EACH + 1))
    written = sorted((params["hand"], params["count"]) for params in (json.loads(p) for _n, p in told))
    assert written == [(hand, count) for hand in range(HANDS) for count in range(EACH)]
