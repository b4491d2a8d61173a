"""A person with an account: known by an e-mail address, never by a user name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from maillon.web.people.identifiers import new_id


class Accounts(BaseUserManager["User"]):
    """Makes accounts; addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> User:
        """Create an account; without a password it can only be opened by a link or a passkey."""
        user = self.model(email=email.lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """A person. What he or she may see comes from memberships and mandates, never from this row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = None  # the address is the name
    first_name = None  # one name, as the person writes it
    last_name = None
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, default="fr")
    legible = models.BooleanField(_("legible font"), default=False)
    #: Runs the installation; sees no firm's data.
    platform = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Accounts] = Accounts()

    class Meta:
        """Sorted by address."""

        ordering = ("email",)

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """Return the name as the person writes it, else the address."""
        return str(self)
