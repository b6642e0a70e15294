"""The addresses of the site: an index that only collects."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from einzelfall import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("intern/konto/", include("allauth.account.urls")),
    path("intern/mfa/", include("allauth.mfa.urls")),
    path("intern/", admin.site.urls),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("complaints.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "einzelfall.views.bad_request"
handler403 = "einzelfall.views.forbidden"
handler404 = "einzelfall.views.not_found"
handler500 = "einzelfall.views.server_error"
