"""Where state, snapshots and caches live on this machine: ``MAILLON_HOME``."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """Return the folder named by ``MAILLON_HOME``, or the platform's for user data; it may not exist yet."""
    named = os.environ.get("MAILLON_HOME")
    return Path(named).expanduser() if named else Path(platformdirs.user_data_dir("maillon", appauthor=False))
