"""Addresses of projects and tasks."""

from django.urls import path

from maillon.web.follow.views.projects import new, project, project_list

app_name = "follow"
urlpatterns = [
    path("projects/", project_list, name="projects"),
    path("projects/new/", new, name="new"),
    path("projects/<uuid:pk>/", project, name="project"),
]
