"""What the server takes for each page when the database holds 5,000 firms and a million lines.

The invented territory of the tests is grown: 5,000 firms, each with an owner, a project of 199 lines and two
tasks, fifty of them with a mandate to one adviser; the measured project has 5,000 lines, amounts, and a
journal of 200 entries. Each page goes through Django's whole stack of middleware in one process, as the
person of its permission row; pages that search the register are measured by ``web_search``. Environment:
``LOAD_FIRMS`` (default 5000), ``LOAD_TIMES`` (requests a page, default 30), and
``MAILLON_TEST_DATABASE_URL`` for a PostgreSQL database of its own instead of SQLite.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIRMS, TIMES = int(os.environ.get("LOAD_FIRMS", "5000")), int(os.environ.get("LOAD_TIMES", "30"))
LINES, LARGE, MANDATES, EVENTS = 199, 5000, 50, 200
WORDS = ("carter", "vis", "moteur", "joint")
COUNTRIES = ("FR", "CN", "DE", "IT", "PL", None)
TESTS = Path(__file__).parents[1] / "tests"
PEERS = ("django",)
WARM = 3
#: Asked of the table of lines beside its first page.
BOM = ("page=50", "making=CN", "text=carter", "sort=-amount", "supplier=Fournisseur+7", "unpriced=on")


def table() -> tuple[str, list[str], list[list[str]]]:
    with tempfile.TemporaryDirectory() as scratch:
        _start_django(Path(scratch))
        territory, held = _grown()
        rows = sorted(_measured(territory), key=lambda row: -float(row[3]))
    from django.db import connection  # noqa: PLC0415 - after the settings

    title = f"Server time of each page on {connection.vendor}: {held}; the slowest first"
    return title, ["page", "person", "p50 ms", "p95 ms", "worst ms", "queries"], rows


def _start_django(home: Path) -> None:
    """Read the settings of production on a new database, without the pause of password hashing."""
    os.environ |= {
        "MAILLON_SECRET_KEY": secrets.token_hex(32),
        "MAILLON_HOME": str(home),
        "MAILLON_EMAIL_URL": "memory://",
        "MAILLON_DEMO": "1",  # no second factor is asked of the people of the tests
        "MAILLON_DATABASE_URL": os.environ.get("MAILLON_TEST_DATABASE_URL", f"sqlite:///{home}/load.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "maillon.web.settings",
    }
    sys.path.insert(0, str(TESTS))
    import django  # noqa: PLC0415 - its settings are read from the environment set above
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.core.management import call_command  # noqa: PLC0415 - as above

    (home / "static").mkdir()
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def _grown() -> tuple[Any, str]:
    """Return the territory and what the database holds, in words."""
    from django.db import connection, transaction  # noqa: PLC0415 - after the settings
    from django_scopes import scopes_disabled  # noqa: PLC0415 - as above

    from factories.web import make_territory  # noqa: PLC0415 - path set above
    from maillon.web.intake.models import Line  # noqa: PLC0415 - as above
    from maillon.web.people.models import Organisation  # noqa: PLC0415 - as above

    with scopes_disabled(), transaction.atomic():
        territory = make_territory()
        _enlarge(territory)
        for first in range(0, FIRMS, 250):
            _add_firms(territory, range(first, min(first + 250, FIRMS)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with scopes_disabled():
        held = f"{Organisation.objects.count():,} organisations, {Line.objects.count():,} lines"
    return territory, held


def _lines(version: Any, first: int, count: int, draw: random.Random) -> Iterator[Any]:
    from maillon.web.intake.models import Line  # noqa: PLC0415 - after the settings

    for n in range(first, first + count):
        supplier, country = draw.randrange(60), draw.choice(COUNTRIES)
        yield Line(
            organisation_id=version.organisation_id, version=version, line=n, item=n, level=1 + n % 3,
            parent=None if n % 3 == 0 else n - n % 3, reference=f"R{n}", quantity=1.0, unit="piece",
            designation=f"{draw.choice(WORDS)} {n}", family=f"F{n % 12}", unit_price=draw.random() * 90,
            amount=draw.random() * 900 if n % 10 else None, currency="EUR",
            supplier=f"Fournisseur {supplier}", supplier_country="FR",
            making_country=country, evidence="declared" if country else None,
        )  # fmt: skip


def _enlarge(territory: Any) -> None:
    """Give the measured project its lines, and its firm a journal."""
    from maillon.web.intake.models import Line  # noqa: PLC0415 - after the settings
    from maillon.web.intake.queries.versions import current_version  # noqa: PLC0415 - as above
    from maillon.web.journal.services.record import record  # noqa: PLC0415 - as above

    version = current_version(territory.project)
    Line.objects.bulk_create(_lines(version, 10, LARGE, random.Random(1)), batch_size=2000)
    version.lines_count += LARGE
    version.save()
    for _ in range(EVENTS):
        record("document_read", territory.firm.pk, territory.owner.pk, version)


def _add_firms(territory: Any, numbers: range) -> None:
    """Add firms with all that is theirs, by the hundred."""
    from django.utils import timezone  # noqa: PLC0415 - after the settings

    from maillon.web.follow.models import Project, Task  # noqa: PLC0415 - as above
    from maillon.web.intake.models import Line, Version  # noqa: PLC0415 - as above
    from maillon.web.people.models import Mandate, Membership, Organisation, User  # noqa: PLC0415 - as above

    now, draw = timezone.now(), random.Random(numbers[0])
    firms = Organisation.objects.bulk_create(
        Organisation(
            name=f"Entreprise {n}", departement="90" if n < 2 * MANDATES else f"{1 + n % 95:02}", commune="X"
        )
        for n in numbers
    )
    users = User.objects.bulk_create(User(email=f"owner{n}@example.invalid", name=f"O{n}") for n in numbers)
    Membership.objects.bulk_create(
        Membership(user=user, organisation=firm, role=Membership.Role.OWNER)
        for user, firm in zip(users, firms, strict=True)
    )
    Mandate.objects.bulk_create(
        Mandate(
            organisation=firm, office=territory.office, adviser=territory.adviser_prices,
            purpose="diagnostic", ends_at=now + dt.timedelta(days=300), confirmed_at=now, prices=True,
        )
        for n, firm in zip(numbers, firms, strict=True) if n < MANDATES
    )  # fmt: skip
    projects = Project.objects.bulk_create(
        Project(organisation=firm, name=f"Produit {n}", site={"departement": firm.departement})
        for n, firm in zip(numbers, firms, strict=True)
    )
    Task.objects.bulk_create(
        Task(
            organisation=project.organisation, project=project, title="Rappeler",
            due=now.date() + dt.timedelta(days=days),
        )
        for project in projects for days in (-3, 8)
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        Version(organisation=each.organisation, project=each, number=1, name="v", key="k", lines_count=LINES)
        for each in projects
    )
    Line.objects.bulk_create(
        (line for version in versions for line in _lines(version, 1, LINES, draw)), batch_size=2000
    )


def _measured(territory: Any) -> Iterator[list[str]]:
    from django.test import Client  # noqa: PLC0415 - after the settings

    clients: dict[str | None, Any] = {}
    for name, address, person in _pages(territory):
        if person not in clients:
            clients[person] = Client(headers={"host": "127.0.0.1"})
            if person is not None:
                clients[person].force_login(territory[person])
        yield _timed(clients[person], name, address, person or "-")


def _pages(territory: Any) -> Iterator[tuple[str, str, str | None]]:
    """Yield name, address and person of each page: the rows of the permission matrix, and what is heavy."""
    from django.db.models import Model  # noqa: PLC0415 - after the settings
    from django.urls import reverse  # noqa: PLC0415 - as above

    from browsing.routes import page_rows  # noqa: PLC0415 - path set above

    for row in page_rows():
        named = {key: territory.get(str(value)) for key, value in row.params.items()}
        if None not in named.values():
            keys = {key: value.pk if isinstance(value, Model) else value for key, value in named.items()}
            yield row.name, reverse(row.name, kwargs=keys), row.person
    lines = reverse("intake:bom", args=[territory.project.pk])
    yield from ((f"intake:bom?{asked}", f"{lines}?{asked}", "owner") for asked in BOM)
    for person in ("adviser_prices", "manager", "platform"):
        yield "home", "/", person
        yield "follow:due", reverse("follow:due"), person


def _timed(client: Any, name: str, address: str, person: str) -> list[str]:
    from django.db import connection  # noqa: PLC0415 - after the settings

    asked = list[str]()

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(address)
    assert answer.status_code == 200, (name, person, answer.status_code, answer.get("Location"))
    times = []
    for _ in range(WARM + TIMES):
        begun = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - begun))
    kept = sorted(times[WARM:])
    shown = [statistics.median(kept), kept[int(0.95 * len(kept))], kept[-1]]
    return [name, person, *(f"{value:.0f}" for value in shown), str(len(asked))]
