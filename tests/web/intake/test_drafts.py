"""Imports that nobody finished are erased in time, with the files that nothing else holds."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from django_scopes import scopes_disabled

from maillon.web.intake.models import Import, Upload, Version
from maillon.web.intake.services.drafts import erase_drafts
from maillon.web.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }


def begun(territory, days, *uploads, version=None):
    draft = Import.objects.create(organisation=territory.firm, project=territory.project, version=version)
    draft.uploads.set(uploads)
    Import.objects.filter(pk=draft.pk).update(begun_at=timezone.now() - dt.timedelta(days=days))
    return draft


def given_file(territory, name):
    return Upload.objects.create(
        organisation=territory.firm, project=territory.project, name=name, sha256=name.ljust(64, "0"), size=3,
        file=ContentFile(b"abc", name=name),
    )  # fmt: skip


@pytest.mark.usefixtures("no_scope")
def test_drafts_go_in_time_with_files_that_nothing_else_holds(
    territory, settings, tmp_path, django_capture_on_commit_callbacks
):
    alone, shared, kept = (given_file(territory, f"{name}.csv") for name in ("alone", "shared", "kept"))
    version = Version.objects.get(project=territory.project)
    version.uploads.set([kept])
    old = settings.ENVIRONMENT.draft_days + 1
    begun(territory, old, alone, shared, kept)
    recent = begun(territory, 1, shared)
    done = begun(territory, old, kept, version=version)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase_drafts")
    assert set(Import.objects.all()) == {recent, done}
    assert set(Upload.objects.all()) == {shared, kept}
    assert not (tmp_path / alone.file.name).exists()
    assert (tmp_path / shared.file.name).exists()
    (told,) = Event.objects.filter(action="draft_erased")
    assert told.organisation_id == territory.firm.pk
    assert erase_drafts(timezone.now() - dt.timedelta(days=old)) == 0


@pytest.mark.usefixtures("no_scope")
def test_each_draft_is_of_its_own_firm(territory):
    with scopes_disabled():
        Import.objects.create(organisation=territory.other, project=territory.other_project)
        begun(territory, 3)
    assert erase_drafts(timezone.now()) == 2
    assert set(Event.objects.filter(action="draft_erased").values_list("organisation", flat=True)) == {
        territory.firm.pk, territory.other.pk,
    }  # fmt: skip
