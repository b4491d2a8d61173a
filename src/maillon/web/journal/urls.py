"""Addresses of the journal."""

from django.urls import path

from maillon.web.journal.views.journal import journal

app_name = "journal"
urlpatterns = [path("journal/<uuid:pk>/", journal, name="journal")]
