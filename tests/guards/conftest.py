import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Folders that hold no part of the product, for a tree without version control.
_ASIDE = {".venv", ".git", ".home", "out", "build", "dist", "__pycache__", ".mypy_cache", ".ruff_cache",
          ".pytest_cache", ".hypothesis", ".import_linter_cache"}  # fmt: skip


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file of the repository; where there is no version control, every file but caches and outputs."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _ASIDE & set(path.relative_to(ROOT).parts)]
    return [path for path in found if path.is_file()]


@pytest.fixture(scope="session")
def texts(tracked: list[Path]) -> dict[Path, str]:
    """The text files of the repository by path; those that hold a NUL are data."""
    contents = {path: path.read_bytes() for path in tracked}
    return {
        path: content.decode("utf-8", errors="replace")
        for path, content in contents.items()
        if b"\0" not in content
    }


@pytest.fixture(scope="session")
def modules(texts: dict[Path, str]) -> dict[Path, str]:
    """Every Python module of the product, its tests and its benchmarks."""
    return {path: text for path, text in texts.items() if path.suffix == ".py"}
