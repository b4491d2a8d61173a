"""French and English: message catalogues, and numbers, money and dates as the reader writes them."""

from maillon.language.catalogue import render
from maillon.language.format import format_date, format_money, format_number, format_percent

__all__ = ["format_date", "format_money", "format_number", "format_percent", "render"]
