"""Addresses of diagnoses."""

from django.urls import path

from maillon.web.diagnose.views.diagnosis import compute, diagnosis, document, print_out
from maillon.web.diagnose.views.lines import behind, table

app_name = "diagnose"
urlpatterns = [
    path("projects/<uuid:pk>/diagnosis/", diagnosis, name="diagnosis"),
    path("projects/<uuid:pk>/diagnosis/compute/", compute, name="compute"),
    path("projects/<uuid:pk>/diagnosis/<uuid:run>/lines/", behind, name="lines"),
    path("projects/<uuid:pk>/diagnosis/<uuid:run>/<slug:form>/", print_out, name="print"),
    path("projects/<uuid:pk>/diagnosis/<uuid:run>/tables/<slug:name>.csv", table, name="table"),
    path("projects/<uuid:pk>/documents/<uuid:document>/", document, name="document"),
]
