"""Which events of a journal: by whom, what, from when to when; everything lives in the address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillon.web.journal.queries.events import Wanted
from maillon.web.journal.words import ACTIONS


def _day(label: object) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class EventFilter(forms.Form):
    """What is asked of the journal."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    what = forms.ChoiceField(label=_("What"), required=False)
    since = _day(_("From"))
    until = _day(_("To"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], actions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("anybody")), *people]
        named = ((code, ACTIONS.get(code, code)) for code in actions)
        self.fields["what"].choices = [("", _("anything")), *named]

    def wanted(self) -> Wanted:
        """Return what was asked; a field that is wrong asks for nothing."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(
            who=found.get("who") or "",
            what=found.get("what") or "",
            since=_midnight(found.get("since")),
            until=_midnight(found.get("until"), days=1),
        )


def _midnight(day: dt.date | None, days: int = 0) -> dt.datetime | None:
    """Return the beginning of a day, in the time of Paris; of the one after for an end."""
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=days), dt.time()))
