"""Events."""

from maillon.web.journal.models.event import Event

__all__ = ["Event"]
