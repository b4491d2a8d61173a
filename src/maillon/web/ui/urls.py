"""Addresses of the layout."""

from django.urls import path

from maillon.web.ui.views import reading

urlpatterns = [path("reading/", reading, name="reading")]
