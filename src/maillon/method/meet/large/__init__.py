"""Timetables of large events: annealing over chains of exchanged slots, any time the best so far."""

from maillon.method.meet.large.schedule import schedule_large

__all__ = ["schedule_large"]
