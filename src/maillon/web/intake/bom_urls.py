"""Addresses of lines and vendors."""

from django.urls import path

from maillon.web.intake.views.bom_bulk import change, search
from maillon.web.intake.views.bom_cells import cell, line, undo
from maillon.web.intake.views.bom_pages import bom, bom_export, bom_file
from maillon.web.intake.views.bom_versions import versions
from maillon.web.intake.views.vendors_queue import accept, answer, resolve, vendors

urlpatterns = [
    path("projects/<uuid:pk>/bom/", bom, name="bom"),
    path("projects/<uuid:pk>/bom/lines.<slug:form>", bom_export, name="bom_export"),
    path("projects/<uuid:pk>/bom/files/<uuid:job>/", bom_file, name="bom_file"),
    path("projects/<uuid:pk>/bom/change/", change, name="bom_change"),
    path("projects/<uuid:pk>/bom/search/", search, name="bom_search"),
    path("projects/<uuid:pk>/bom/undo/<uuid:batch>/", undo, name="bom_undo"),
    path("projects/<uuid:pk>/bom/versions/", versions, name="bom_versions"),
    path("projects/<uuid:pk>/bom/<int:number>/", line, name="line"),
    path("projects/<uuid:pk>/bom/<int:number>/<slug:name>/", cell, name="cell"),
    path("projects/<uuid:pk>/vendors/", vendors, name="vendors"),
    path("projects/<uuid:pk>/vendors/resolve/", resolve, name="vendors_resolve"),
    path("projects/<uuid:pk>/vendors/accept/", accept, name="vendors_accept"),
    path("projects/<uuid:pk>/vendors/<uuid:match>/", answer, name="vendors_answer"),
]
