from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperatorsConfig(AppConfig):
    name = "operators"
    verbose_name = _("What carriers do")

    def ready(self) -> None:
        for feature in ("posts", "replies"):
            import_module(f"operators.{feature}.rulings")
