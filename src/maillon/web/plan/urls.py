"""Addresses of this step."""

from django.urls import URLPattern

app_name = "plan"
urlpatterns: list[URLPattern] = []
