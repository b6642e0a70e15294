"""The addresses of the site: an index that only collects."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy as _p

from einzelfall import guide, health, pages, views
from operators.desk import views as desk_views
from operators.desk.urls import desk
from operators.members.urls import own_account
from operators.replies.urls import inbox
from operators.team.urls import entrance

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap, name="sitemap"),
    path("intern/", include(own_account)),
    path("intern/konto/", include("allauth.account.urls")),
    path("intern/mfa/", include("allauth.mfa.urls")),
    path("intern/postfach/", include(inbox)),
    path("intern/einladung/", include(entrance)),
    path("intern/lage/", include(desk)),
    path("intern/gestaltung/", guide.parts, name="guide-parts"),
    path("intern/tonfall/", guide.tone, name="guide-tone"),
    path("intern/", desk_views.start),
    path("intern/", admin.site.urls),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("complaints.urls")),
        path("", include("operators.urls")),
        path(_p("address", "help/"), pages.prose, {"page": "help"}, name="help"),
        path(_p("address", "method/"), pages.prose, {"page": "method"}, name="method"),
        path(_p("address", "privacy/"), pages.prose, {"page": "privacy"}, name="privacy"),
        path(_p("address", "imprint/"), pages.prose, {"page": "imprint"}, name="imprint"),
        path(_p("address", "accessibility/"), pages.prose, {"page": "accessibility"}, name="accessibility"),
        prefix_default_language=False,
    ),
]

handler400 = "einzelfall.views.bad_request"
handler403 = "einzelfall.views.forbidden"
handler404 = "einzelfall.views.not_found"
handler500 = "einzelfall.views.server_error"
