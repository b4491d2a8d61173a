"""The company register: SIRENE and what other sources say of each establishment."""

from maillon.reference.register.build import build_register
from maillon.reference.register.snapshot import Register, open_register

__all__ = ["Register", "build_register", "open_register"]
