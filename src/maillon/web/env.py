"""What an administrator sets: typed, from the environment or a TOML file, refused at start with its name.

The variables are named ``MAILLON_…``; ``MAILLON_SETTINGS`` names a TOML file of the same names in lower case
without the prefix. The environment wins over the file.
"""

from __future__ import annotations

import os
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from maillon.home import home


class Environment(BaseSettings):
    """The settings of one installation. See ``docs/admin/settings.md``."""

    model_config = SettingsConfigDict(env_prefix="MAILLON_", extra="ignore")

    secret_key: SecretStr = Field(min_length=50)
    #: ``sqlite:////path`` or ``postgres://user:password@host/name``; by default a file of MAILLON_HOME.
    database_url: str = Field(default_factory=lambda: f"sqlite:///{home() / 'maillon.sqlite3'}")
    #: The address that people type, without a final slash.
    origin: str = "http://127.0.0.1:8000"
    hosts: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "localhost")
    debug: bool = False
    #: An invented territory: a banner says so, and a second factor is offered instead of required.
    demo: bool = False
    #: Who hosts and answers for the data, as the privacy page names them.
    host_name: str = "Installation sans nom"
    host_address: str = ""
    contact_email: str = "contact@example.invalid"
    email_url: str = "console://"
    email_from: str = "Maillon <maillon@example.invalid>"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_secret: SecretStr = SecretStr("")
    #: ``proconnect`` verifies the signed userinfo that ProConnect answers; ``plain`` takes a JSON answer.
    oidc_kind: Literal["proconnect", "plain"] = "proconnect"
    #: Whether a second factor that the identity provider asked for stands for one set here.
    oidc_second_factor: bool = True
    #: Days before an upload that no representative has confirmed is erased.
    sealed_days: int = 7
    #: Days that an import begun and not finished is kept with its files.
    draft_days: int = 30
    #: Days that the journals of the firms are kept: three years, the most that internal control calls for.
    journal_days: int = Field(default=1095, ge=180)
    #: Days during which an import can be undone in one click.
    rollback_days: int = 30

    @field_validator("hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        """Take ``a.fr,b.fr`` from the environment and a list from the file."""
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @field_validator("oidc_issuer")
    @classmethod
    def _guard_issuer(cls, value: str) -> str:
        """Refuse an identity provider that is not reached by TLS, but on this very machine."""
        where = urlsplit(value)
        here = where.scheme == "http" and where.hostname in {"127.0.0.1", "localhost"}
        if value and where.scheme != "https" and not here:
            raise ValueError("the address of an identity provider begins with https://")
        return value

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment first, then the file that MAILLON_SETTINGS names."""
        named = os.environ.get("MAILLON_SETTINGS")
        file = (TomlConfigSettingsSource(settings_cls, named),) if named else ()
        return (sources["init_settings"], sources["env_settings"], *file)

    @property
    def secure(self) -> bool:
        """Whether people reach the application by TLS, so that cookies may be bound to it."""
        return self.origin.startswith("https://")
