"""The application as Django registers it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layout and components."""

    name = "maillon.web.ui"
    label = "ui"
