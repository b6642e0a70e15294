"""Index of the admin pages of the app."""

from complaints.carriers.admin import CarrierAdmin
from complaints.echoes.admin import EchoAdmin
from complaints.moderation.admin import DecisionAdmin, FlagAdmin
from complaints.places.admin import PlaceAdmin
from complaints.reports.admin import ReportAdmin
from complaints.threads.admin import CommentAdmin

__all__ = ["CarrierAdmin", "CommentAdmin", "DecisionAdmin", "EchoAdmin", "FlagAdmin", "PlaceAdmin", "ReportAdmin"]
