"""Events, and where each journal ends."""

from maillon.web.journal.models.event import Event
from maillon.web.journal.models.head import FIRST, Head

__all__ = ["FIRST", "Event", "Head"]
