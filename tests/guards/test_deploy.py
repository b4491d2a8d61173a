"""The deployment kit names commands, variables and files that exist."""

import re

from django.core.management import get_commands

from maillon.web.env import Environment

#: Variables that are not the application's own: PostgreSQL's, and where everything lies.
OTHERS = {"MAILLON_HOME", "MAILLON_SETTINGS"}


def test_units_and_containers_run_commands_that_exist(root):
    said = "".join(
        path.read_text(encoding="utf-8") for path in (root / "deploy").rglob("*") if path.is_file()
    )
    ran = set(re.findall(r"-m maillon\.web ([a-z_]+)", said))
    ran |= set(re.findall(r"-m, maillon\.web, ([a-z_]+)", said))
    assert ran >= {"migrate", "worker", "periodic", "backup"}
    assert ran <= set(get_commands())


def test_every_variable_of_the_kit_and_of_the_settings_is_known_and_documented(root):
    known = {f"MAILLON_{name.upper()}" for name in Environment.model_fields} | OTHERS
    kit = [path for path in (root / "deploy").rglob("*") if path.is_file()]
    named = {
        name for path in kit for name in re.findall(r"\bMAILLON_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    assert named <= known
    pages = "".join(path.read_text(encoding="utf-8") for path in (root / "docs" / "admin").glob("*.md"))
    assert {name for name in known if name not in pages} == set()


def test_units_confine_what_they_run(root):
    for unit in (root / "deploy" / "systemd").glob("*.service"):
        lines = unit.read_text(encoding="utf-8").splitlines()
        assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077", "User=maillon"} <= set(lines), (
            unit
        )
