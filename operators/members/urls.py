"""Addresses of one's own account that allauth does not have, and those of its pages that stay shut."""

from django.urls import path

from operators.members import views

SHUT = ("email/", "confirm-email/", "password/set/", "login/code/confirm/")
"""Addresses are the site's and the managers' to know; nobody logs in by a code from a mail."""

own_account = [
    path("sitzungen/", views.sessions_page, name="sessions"),
    *(path(f"konto/{page}", views.shut) for page in SHUT),
    path("konto/confirm-email/<path:key>/", views.shut),
]
