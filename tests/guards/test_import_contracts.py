"""The contracts of the house hold, and can break."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run(
        [str(program), "--no-cache"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_every_contract_of_the_house_is_kept(root):
    result = lint(root)
    assert result.returncode == 0, result.stdout
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert f"{len(contracts['contracts'])} kept, 0 broken" in result.stdout


def test_every_step_of_the_method_is_bound_to_independence(root):
    tool = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    independent = next(c["modules"] for c in tool["contracts"] if c["type"] == "independence")
    folders = sorted(path.parent.name for path in (root / "src/maillon/method").glob("*/__init__.py"))
    assert sorted(independent) == [f"maillon.method.{name}" for name in folders]


def test_the_library_opens_no_address(modules, root):
    """``urllib.request`` cannot stand in a contract, which knows only whole packages."""
    opening = [
        str(path.relative_to(root))
        for path, text in modules.items()
        if path.is_relative_to(root / "src")
        and re.search(r"urllib\.request|from urllib import .*request", text)
    ]
    assert not opening, opening


def test_a_broken_contract_is_seen(tmp_path):
    package = tmp_path / "maillon"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "cli.py").write_text("", encoding="utf-8")
    (package / "core.py").write_text("import maillon.cli\n", encoding="utf-8")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = maillon\n[importlinter:contract:1]\nname = layers\ntype = layers\n"
        "layers =\n    cli\n    core\ncontainers = maillon\n",
        encoding="utf-8",
    )
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "0 kept, 1 broken" in result.stdout
