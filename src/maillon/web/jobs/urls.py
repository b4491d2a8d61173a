"""Addresses of jobs."""

from django.urls import path

from maillon.web.jobs.views.jobs import again, cancel, job, job_list

app_name = "jobs"
urlpatterns = [
    path("jobs/", job_list, name="list"),
    path("jobs/<uuid:pk>/", job, name="job"),
    path("jobs/<uuid:pk>/cancel/", cancel, name="cancel"),
    path("jobs/<uuid:pk>/again/", again, name="again"),
]
