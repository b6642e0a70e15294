"""Where the link of an invitation leads, below /intern/einladung/."""

from django.urls import path

from operators.team import views

entrance = [
    path("<int:number>/<str:key>/", views.invitation, name="invitation"),
]
