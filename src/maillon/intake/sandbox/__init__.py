"""The sandbox: a stranger's file is only ever read in a confined process (see docs/developer/sandbox.md)."""

from maillon.intake.sandbox.launch import run_in_sandbox
from maillon.intake.sandbox.limits import Limits
from maillon.intake.sandbox.sheets import read_sheets
from maillon.intake.sandbox.source import describe_source, safe_name

__all__ = ["Limits", "describe_source", "read_sheets", "run_in_sandbox", "safe_name"]
