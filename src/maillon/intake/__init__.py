"""A messy file → a bill of materials or a ledger, and the doubts that remain."""

from maillon.intake.account import reading_to_json
from maillon.intake.read import read_file
from maillon.intake.reading import ColumnGuess, Reading, RowAccount, TableReading
from maillon.intake.understand import understand

__all__ = [
    "ColumnGuess",
    "Reading",
    "RowAccount",
    "TableReading",
    "read_file",
    "reading_to_json",
    "understand",
]
