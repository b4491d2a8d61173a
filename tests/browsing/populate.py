"""Fill a new database with the invented territory and sign its people in; what tests need is printed as JSON.

A process of its own: the application under test keeps its database to itself.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def session_of(user: object) -> str:
    """Return the key of a new session in which ``user`` is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def add_tasks(project: object) -> object:
    """Give the project something late, something soon and something without a date; return the first."""
    from django.utils import timezone

    from maillon.web.follow.models import Task

    today = timezone.localdate()
    told = [
        ("Relancer la fonderie", "answer", -2),
        ("Appeler l'acheteuse", "call", 3),
        ("Trier", "task", None),
    ]
    made = [
        Task.objects.create(
            organisation_id=project.organisation_id,
            project=project,
            title=title,
            kind=kind,
            due=None if days is None else today + dt.timedelta(days=days),
        )
        for title, kind, days in told
    ]
    return made[0]


def main() -> None:
    """Print ``sessions`` by person and ``objects`` by the names that permission rows use."""
    django.setup()
    from django.db import models
    from django_scopes import scopes_disabled

    from factories.web import make_territory
    from maillon.web.people.models import User

    with scopes_disabled():
        territory = make_territory()
        territory.setdefault("task", add_tasks(territory.project))
        sessions = {name: session_of(it) for name, it in territory.items() if isinstance(it, User)}
        objects = {
            name: str(it.pk if isinstance(it, models.Model) else it)
            for name, it in territory.items()
            if isinstance(it, models.Model | str | int)
        }
    sys.stdout.write(json.dumps({"sessions": sessions, "objects": objects}) + "\n")


if __name__ == "__main__":
    main()
