"""Addresses of this step."""

from django.urls import path

from maillon.web.cost.views import quotations as offers
from maillon.web.cost.views.costs import costs, costs_json, run
from maillon.web.cost.views.line import choose, likely, line, remove, workbook
from maillon.web.cost.views.quick import quick, quick_workbook

app_name = "cost"
urlpatterns = [
    path("cost/", quick, name="quick"),
    path("cost/workbook/", quick_workbook, name="quick_workbook"),
    path("projects/<uuid:pk>/cost/", costs, name="costs"),
    path("projects/<uuid:pk>/cost/run/", run, name="run"),
    path("projects/<uuid:pk>/cost/costs.json", costs_json, name="json"),
    path("projects/<uuid:pk>/cost/<int:line>/", line, name="line"),
    path("projects/<uuid:pk>/cost/<int:line>/likely/", likely, name="likely"),
    path("projects/<uuid:pk>/cost/<int:line>/cost.xlsx", workbook, name="workbook"),
    path("projects/<uuid:pk>/cost/<int:line>/quotations/", offers.quotations, name="quotations"),
    path("projects/<uuid:pk>/cost/<int:line>/quotations/type/", offers.type_in, name="quotation_type"),
    path("projects/<uuid:pk>/cost/<int:line>/quotations/read/", offers.read_in, name="quotation_read"),
    path(
        "projects/<uuid:pk>/cost/quotations/<uuid:quotation>/remove/", offers.remove, name="quotation_remove"
    ),
    path("projects/<uuid:pk>/cost/scenarios/<uuid:scenario>/choose/", choose, name="choose"),
    path("projects/<uuid:pk>/cost/scenarios/<uuid:scenario>/remove/", remove, name="remove"),
]
