"""One object of each kind that an address of the application names, for both firms of the territory."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django_scopes import scopes_disabled

from factories.web import Territory, make_mandate
from maillon.web.diagnose.models import DiagnosisRun, Document
from maillon.web.follow.models import Project, Task
from maillon.web.intake.models import Import, VendorMatch, Version
from maillon.web.jobs.models import Job
from maillon.web.people.models import Membership, Organisation
from maillon.web.search.models import FirmList, ListEntry, ProposedCorrection, Shortlist

SIRET = "73282932000074"
SHOWN = {
    "name": "", "date": "", "lead": "", "findings": [], "actions": [], "bars": [], "unweighed": [],
    "indices": [],
    "territories": {"headers": [], "rows": []}, "evidence": [], "questions": {"caption": "", "rows": []},
    "label": {"bars": [], "verdict": "", "reasons": [], "statement": ""}, "assumptions": [],
    "suppliers": {"caption": "", "unit": "", "svg": "", "headers": ["?"], "rows": []},
}  # fmt: skip
UNDERSTOOD = {"files": [], "joining": [], "changes": {"lines": 0, "created": 0, "kept": 0, "gone": 0}}


def make_objects(territory: Territory) -> dict[str, Any]:
    """Return the territory with what its addresses name; the other firm's after ``other_``."""
    found = dict(territory) | {"other_firm": territory.other}
    with scopes_disabled():
        for prefix in ("", "other_"):
            found |= {f"{prefix}{name}": it for name, it in _of(found[f"{prefix}project"]).items()}
    found["siret"] = SIRET
    found["correction"] = ProposedCorrection.objects.create(
        siret=SIRET, departement="90", column="active", value="false", note="vu"
    )
    return found


def _of(project: Project) -> dict[str, Any]:
    firm = {"organisation": project.organisation}
    version = Version.objects.get(project=project)
    Version.objects.filter(pk=version.pk).update(account=UNDERSTOOD)
    shown = {"fr": SHOWN, "en": SHOWN}
    run = DiagnosisRun.objects.create(
        **firm, project=project, version=version, revision=0, engine="0", priced=shown, unpriced=shown
    )
    document = Document(**firm, run=run, form="pdf", language="fr")
    document.file.save("d.pdf", ContentFile(b"%PDF-1.7"), save=False)
    document.save()
    understood = UNDERSTOOD | {"mapping": None}
    shortlist = Shortlist.objects.create(**firm, project=project, name="Fraisage")
    return {
        "shortlist": shortlist,
        "entry": ListEntry.objects.create(**firm, shortlist=shortlist, siret=SIRET, name="Atelier"),
        "firm_list": FirmList.objects.create(**firm, name="Exclus", numbers=[SIRET]),
        "line_number": 1,
        "diagnosis": run,
        "document": document,
        "importing": Import.objects.create(**firm, project=project, understood=understood, version=version),
        "vendor_match": VendorMatch.objects.create(
            **firm, version=version, name="V", key="v", lines_count=1, said=VendorMatch.Said.REVIEW
        ),
        "task": Task.objects.create(**firm, project=project, title="Relancer"),
        "mandate": make_mandate(
            project.organisation, Organisation.objects.get(name="Antenne"), revoked_at=timezone.now()
        ),
        "membership": Membership.objects.filter(organisation=project.organisation).order_by("role").first(),
        "job": Job.objects.create(**firm, kind="read_files", key="k"),
    }
