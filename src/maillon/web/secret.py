"""The secret that signs sessions: set by the administrator, else made once and kept beside the data."""

from __future__ import annotations

import os
import secrets

from maillon.home import home

VARIABLE = "MAILLON_SECRET_KEY"


def keep_secret() -> None:
    """Set the variable from the file of this installation, made at the first start for its user only."""
    if os.environ.get(VARIABLE):
        return
    path = home() / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    os.environ[VARIABLE] = path.read_text(encoding="ascii")
