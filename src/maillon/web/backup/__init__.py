"""Copies of an installation, and an installation from a copy."""
