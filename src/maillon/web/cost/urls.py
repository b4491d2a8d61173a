"""Addresses of this step."""

from django.urls import URLPattern

app_name = "cost"
urlpatterns: list[URLPattern] = []
