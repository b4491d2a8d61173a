"""Jobs."""

from maillon.web.jobs.models.job import Cancelled, Job

__all__ = ["Cancelled", "Job"]
