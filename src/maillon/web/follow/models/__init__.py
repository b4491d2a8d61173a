"""Projects and what is due."""

from maillon.web.follow.models.project import Project, Stage
from maillon.web.follow.models.task import Task

__all__ = ["Project", "Stage", "Task"]
