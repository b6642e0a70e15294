"""Index of the addresses of the app."""

from django.urls import include, path

urlpatterns = [
    path("", include("operators.ads.urls")),
    path("", include("operators.board.urls")),
    path("", include("operators.posts.urls")),
    path("", include("operators.replies.urls")),
]
