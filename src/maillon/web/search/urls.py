"""Addresses of this step: the public search, the needs of a project, lists and corrections."""

from django.urls import path, register_converter

from maillon.web.search.views.corrections import correction_queue, decide, report
from maillon.web.search.views.firms import compare, firm
from maillon.web.search.views.lists import firm_lists, remove_list
from maillon.web.search.views.needs import need, needs, search_all
from maillon.web.search.views.search import search
from maillon.web.search.views.shortlists import entry, keep, new_shortlist, shortlist


class Siret:
    """Fourteen digits in an address."""

    regex = r"\d{14}"

    def to_python(self, value: str) -> str:
        """Return the digits: a number of a firm is text."""
        return value

    def to_url(self, value: str) -> str:
        """Return the digits."""
        return value


register_converter(Siret, "siret")

app_name = "search"
urlpatterns = [
    path("search/", search, name="search"),
    path("search/firms/<siret:siret>/", firm, name="firm"),
    path("search/firms/<siret:siret>/report/", report, name="report"),
    path("search/compare/", compare, name="compare"),
    path("search/corrections/", correction_queue, name="corrections"),
    path("search/corrections/<uuid:pk>/", decide, name="decide"),
    path("search/lists/", firm_lists, name="firm_lists"),
    path("search/lists/<uuid:pk>/remove/", remove_list, name="remove_list"),
    path("projects/<uuid:pk>/needs/", needs, name="needs"),
    path("projects/<uuid:pk>/needs/search/", search_all, name="search_all"),
    path("projects/<uuid:pk>/needs/<int:line>/", need, name="need"),
    path("projects/<uuid:pk>/lists/new/", new_shortlist, name="new_shortlist"),
    path("projects/<uuid:pk>/lists/keep/", keep, name="keep"),
    path("projects/<uuid:pk>/lists/<uuid:shortlist>/", shortlist, name="shortlist"),
    path("projects/<uuid:pk>/lists/entries/<uuid:entry>/", entry, name="entry"),
]
