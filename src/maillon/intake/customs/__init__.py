"""Customs papers."""
