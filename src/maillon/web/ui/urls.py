"""Addresses of the layout and of the pages about the application itself."""

from django.urls import path

from maillon.web.ui.public_views import accessibility, sources, suggest
from maillon.web.ui.views import reading

urlpatterns = [
    path("reading/", reading, name="reading"),
    path("suggest/", suggest, name="suggest"),
    path("accessibility/", accessibility, name="accessibility"),
    path("sources/", sources, name="sources"),
]
