"""The application as Django registers it."""

from django.apps import AppConfig


class FollowConfig(AppConfig):
    """The projects and what is due next."""

    name = "maillon.web.follow"
    label = "follow"
