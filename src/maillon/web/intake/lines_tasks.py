"""Long work on lines: vendors compared with the register, large workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.temp import NamedTemporaryFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillon.web.intake.models import Line, Version
from maillon.web.intake.queries.lines_columns import columns_of
from maillon.web.intake.queries.lines_export import write_xlsx
from maillon.web.intake.queries.lines_filter import lines_of, read_filter
from maillon.web.intake.services.vendors_resolve import resolve_version
from maillon.web.jobs.kinds import Progress, job_kind
from maillon.web.jobs.models import Job
from maillon.web.people.queries.viewers import viewer_of
from maillon.web.people.rights import Right


@job_kind("vendors", _("Vendors compared with the company register"), Right.BOM_WRITE)
def compare_vendors(job: Job, progress: Progress) -> str:
    """Compare the vendors of a version with the register."""
    version = Version.objects.get(pk=UUID(job.params["version"]))
    progress(0.0)
    resolve_version(version, progress)
    return f"{reverse('intake:vendors', args=[version.project_id])}?version={version.number}"


@job_kind("lines-export", _("Workbook of the lines"), Right.BOM)
def export_lines(job: Job, progress: Progress) -> str:
    """Write the workbook of a filter; prices only where the asker may still see them."""
    version = Version.objects.get(pk=UUID(job.params["version"]))
    prices = viewer_of(job.started_by).may(Right.PRICES, version.organisation_id)
    lines = lines_of(version, read_filter(QueryDict(job.params["query"]), prices))
    total = max(lines.count(), 1)

    def counted() -> Iterator[Line]:
        for place, line in enumerate(lines.iterator(2000)):
            progress(place / total)
            yield line

    with NamedTemporaryFile(suffix=".xlsx") as file:
        write_xlsx(counted(), list(columns_of(version, prices).values()), file)
        file.seek(0)
        name = f"{version.organisation_id}/exports/{job.pk}{'-prices' if prices else ''}.xlsx"
        default_storage.delete(name)
        default_storage.save(name, File(file))
    return reverse("intake:bom_file", args=[version.project_id, job.pk])
