"""Customs papers: EMEBI answers and import declarations, whose origins are documented."""

from maillon.intake.customs.headers import recognise
from maillon.intake.customs.read import read_customs

__all__ = ["read_customs", "recognise"]
