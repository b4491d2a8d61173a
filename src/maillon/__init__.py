"""Maillon: from a firm's own spreadsheet to local sources of supply."""

__version__ = "0.1.0"
