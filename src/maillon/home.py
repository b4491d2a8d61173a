"""Where snapshots and caches live."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "MAILLON_HOME"


def home() -> Path:
    """Return the folder of snapshots and caches: ``MAILLON_HOME``, else the platform's user data folder.

    It may not exist yet: who writes creates it.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415 - a command that names its folder needs it not

    return user_data_path("maillon", appauthor=False)
