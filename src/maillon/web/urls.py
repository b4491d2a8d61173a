"""Every address of the application; those of a step of the method lie below the project they belong to."""

from django.urls import include, path

from maillon.web.ui.views import health, home

urlpatterns = [
    path("", home, name="home"),
    path("health/", health, name="health"),
    path("", include("maillon.web.ui.urls")),
    path("", include("maillon.web.people.urls")),
    path("", include("maillon.web.jobs.urls")),
    path("", include("maillon.web.journal.urls")),
    path("", include("maillon.web.follow.urls")),
    path("", include("maillon.web.intake.urls")),
    path("", include("maillon.web.diagnose.urls")),
    path("", include("maillon.web.search.urls")),
    path("", include("maillon.web.cost.urls")),
    path("", include("maillon.web.plan.urls")),
    path("accounts/", include("allauth.urls")),
]
