"""Index of the addresses of the app."""

from django.urls import include, path

urlpatterns = [
    path("", include("complaints.maps.urls")),
    path("", include("complaints.reports.urls")),
    path("", include("complaints.echoes.urls")),
    path("", include("complaints.threads.urls")),
    path("", include("complaints.follows.urls")),
    path("", include("complaints.moderation.urls")),
    path("", include("complaints.places.urls")),
    path("", include("complaints.figures.urls")),
    path("", include("complaints.opendata.urls")),
    path("", include("complaints.offline.urls")),
]
