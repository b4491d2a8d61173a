"""Addresses of imports."""

from django.urls import path

from maillon.web.intake.views.import_back import redo, rejects, rejects_workbook, undo
from maillon.web.intake.views.import_steps import check, columns, files, imported

urlpatterns = [
    path("projects/<uuid:pk>/import/", files, name="import"),
    path("projects/<uuid:pk>/import/<uuid:importing>/columns/", columns, name="columns"),
    path("projects/<uuid:pk>/import/<uuid:importing>/check/", check, name="check"),
    path("projects/<uuid:pk>/import/<uuid:importing>/", imported, name="imported"),
    path("projects/<uuid:pk>/versions/<int:number>/undo/", undo, name="version_undo"),
    path("projects/<uuid:pk>/versions/<int:number>/redo/", redo, name="version_redo"),
    path("projects/<uuid:pk>/versions/<int:number>/rejects.csv", rejects, name="rejects"),
    path("projects/<uuid:pk>/versions/<int:number>/rejects.xlsx", rejects_workbook, name="rejects_workbook"),
]
