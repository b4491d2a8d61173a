"""Addresses of people and their rights."""

from django.urls import path

from maillon.web.people.views.invitations import invitation, start, take
from maillon.web.people.views.mandates import ask, confirm, give, remove, revoke, rights
from maillon.web.people.views.opening import open_organisation
from maillon.web.people.views.organisations import account, organisation, send_invitation
from maillon.web.people.views.privacy import privacy
from maillon.web.people.views.room import room

app_name = "people"
urlpatterns = [
    path("people/", account, name="account"),
    path("people/organisations/new/", open_organisation, name="open"),
    path("people/organisations/<uuid:pk>/", organisation, name="organisation"),
    path("people/organisations/<uuid:pk>/invite/", send_invitation, name="invite"),
    path("people/organisations/<uuid:pk>/mandates/give/", give, name="give"),
    path("people/organisations/<uuid:pk>/mandates/<uuid:mandate>/revoke/", revoke, name="revoke"),
    path("people/organisations/<uuid:pk>/mandates/ask/", ask, name="ask"),
    path("people/organisations/<uuid:pk>/mandates/confirm/", confirm, name="confirm"),
    path("people/organisations/<uuid:pk>/members/<uuid:member>/rights/", rights, name="rights"),
    path("people/organisations/<uuid:pk>/members/<uuid:member>/remove/", remove, name="remove"),
    path("people/invitations/<str:token>/", invitation, name="invitation"),
    path("people/invitations/<str:token>/start/", start, name="start"),
    path("people/invitations/<str:token>/accept/", take, name="accept"),
    path("people/room/<str:token>/", room, name="room"),
    path("privacy/", privacy, name="privacy"),
]
