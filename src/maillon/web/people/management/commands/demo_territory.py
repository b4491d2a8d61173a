"""``demo_territory``: an invented territory, once; prints the accounts and where they are kept."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from maillon.web.people.models import User
from maillon.web.people.services.demo import Account, make_people, make_project


class Command(BaseCommand):
    """Makes the invented territory where there is nobody yet."""

    help = "Make an invented territory with accounts of every role."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it unless somebody is there, and say how to sign in."""
        path = settings.HOME / "demo-accounts.txt"
        if not User.objects.exists():
            accounts, firm = make_people()
            make_project(firm, User.objects.get(email="acheteur@example.invalid").pk)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in map(_line, accounts))
        if path.exists():
            self.stdout.write(path.read_text(encoding="utf-8"))


def _line(account: Account) -> str:
    return f"{account.role:<22} {account.email:<40} {account.password}"
