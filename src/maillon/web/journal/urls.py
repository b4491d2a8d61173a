"""Addresses of the journal."""

from django.urls import path

from maillon.web.journal.views.journal import export, journal

app_name = "journal"
urlpatterns = [
    path("journal/<uuid:pk>/", journal, name="journal"),
    path("journal/<uuid:pk>/journal.csv", export, name="export"),
]
