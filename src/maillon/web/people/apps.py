"""The application as Django registers it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who uses the application, and what each may see."""

    name = "maillon.web.people"
    label = "people"
