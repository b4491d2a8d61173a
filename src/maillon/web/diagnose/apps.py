"""The application as Django registers it."""

from django.apps import AppConfig


class DiagnoseConfig(AppConfig):
    """What was found of a version: origins, fragilities, documents to print."""

    name = "maillon.web.diagnose"
    label = "diagnose"
