"""Addresses of this step."""

from django.urls import include, path

app_name = "intake"
urlpatterns = [
    path("", include("maillon.web.intake.import_urls")),
    path("", include("maillon.web.intake.bom_urls")),
]
