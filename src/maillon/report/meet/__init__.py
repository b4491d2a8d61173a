"""What an event's organiser and its firms receive: tables, agendas, calendars, the hall plan, badges."""

from maillon.report.meet.outcome import Outcome
from maillon.report.meet.write import FORMATS, write_outcome

__all__ = ["FORMATS", "Outcome", "write_outcome"]
