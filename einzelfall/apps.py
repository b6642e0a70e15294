from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.translation import gettext_lazy as _


class EinzelfallConfig(AppConfig):
    name = "einzelfall"
    verbose_name = "Einzelfall"

    def ready(self) -> None:
        import_module("einzelfall.checks")


class EinzelfallAdminConfig(SimpleAdminConfig):
    """Finds the admins of our own apps only: `leaflet.admin` would ask for GDAL (django-leaflet #299)."""

    default_site = "operators.members.site.StaffSite"

    def ready(self) -> None:
        super().ready()
        apps.get_app_config("auth").verbose_name = _("Rights")
        for app in ("complaints", "operators"):
            import_module(f"{app}.admin")


class SlimStaticFilesConfig(StaticFilesConfig):
    """Leaves out what no page loads: the readable twins of minified scripts; compressing them took half the time."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *("leaflet-src*", "leaflet.draw-src*", "jquery.js", "xregexp.js", "select2.full.js"),
    ]
