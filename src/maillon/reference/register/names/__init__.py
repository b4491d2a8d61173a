"""The names of the register, ready to be compared with what a firm calls its vendors."""

from maillon.reference.register.names.build import build_names
from maillon.reference.register.names.index import NameIndex, open_names

__all__ = ["NameIndex", "build_names", "open_names"]
