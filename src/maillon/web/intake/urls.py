"""Addresses of this step."""

from django.urls import URLPattern

app_name = "intake"
urlpatterns: list[URLPattern] = []
