"""Index of the admin pages of the app."""

from complaints.carriers.admin import CarrierAdmin
from complaints.places.admin import PlaceAdmin
from complaints.reports.admin import ReportAdmin

__all__ = ["CarrierAdmin", "PlaceAdmin", "ReportAdmin"]
