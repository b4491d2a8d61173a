"""The application as Django registers it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Who can make a part: the register searched, candidates kept in lists."""

    name = "maillon.web.search"
    label = "search"
