"""Addresses of this step."""

from django.urls import path

from maillon.web.plan.views import plan as one
from maillon.web.plan.views.plans import plans

app_name = "plan"
_ONE = "projects/<uuid:pk>/plan/<uuid:scenario>/"
urlpatterns = [
    path("projects/<uuid:pk>/plan/", plans, name="plans"),
    path(_ONE, one.plan, name="plan"),
    path(f"{_ONE}stop/", one.stop, name="stop"),
    path(f"{_ONE}cancel/", one.cancel, name="cancel"),
    path(f"{_ONE}again/", one.again, name="again"),
    path(f"{_ONE}why-not/", one.why_not, name="why_not"),
    path(f"{_ONE}name/", one.rename, name="rename"),
    path(f"{_ONE}remove/", one.remove, name="remove"),
    path(f"{_ONE}plan.json", one.plan_json, name="json"),
    path(f"{_ONE}plan.xlsx", one.plan_workbook, name="workbook"),
]
