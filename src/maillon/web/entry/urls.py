"""Addresses of the identity provider, below ``accounts/``, where allauth looks for them."""

from django.urls import path

from maillon.web.entry.views.identity import begin, callback, leave, left

urlpatterns = [
    path("identity/login/", begin, name="entry_begin"),
    path("identity/login/callback/", callback, name="entry_callback"),
    path("identity/leave/", leave, name="entry_leave"),
    path("identity/left/", left, name="entry_left"),
]
