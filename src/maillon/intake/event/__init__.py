"""Reading a business event from the organiser's own files."""

from maillon.intake.event.read import EventReading, read_event

__all__ = ["EventReading", "read_event"]
