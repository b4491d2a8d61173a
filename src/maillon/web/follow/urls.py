"""Addresses of projects and tasks."""

from django.urls import path

from maillon.web.follow.views.example import load, remove
from maillon.web.follow.views.projects import close, new, project, project_list, stage
from maillon.web.follow.views.tasks import add, due, finish, postpone

app_name = "follow"
urlpatterns = [
    path("projects/", project_list, name="projects"),
    path("projects/due/", due, name="due"),
    path("projects/new/", new, name="new"),
    path("projects/example/", load, name="load_example"),
    path("projects/<uuid:pk>/remove/", remove, name="remove_example"),
    path("projects/<uuid:pk>/", project, name="project"),
    path("projects/<uuid:pk>/stage/", stage, name="stage"),
    path("projects/<uuid:pk>/close/", close, name="close"),
    path("projects/<uuid:pk>/tasks/", add, name="add_task"),
    path("tasks/<uuid:pk>/done/", finish, name="finish_task"),
    path("tasks/<uuid:pk>/postpone/", postpone, name="postpone_task"),
]
