"""Addresses of this step."""

from django.urls import URLPattern

app_name = "diagnose"
urlpatterns: list[URLPattern] = []
