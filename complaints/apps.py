from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("What customers do")

    def ready(self) -> None:
        for feature in ("reports", "threads", "echoes"):
            import_module(f"complaints.{feature}.rulings")
