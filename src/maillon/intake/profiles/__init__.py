"""Exports of Sage, Odoo and Cegid, recognised by their headers."""

from maillon.intake.profiles.match import Profile, mapping_for, match_profile

__all__ = ["Profile", "mapping_for", "match_profile"]
