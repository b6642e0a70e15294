"""Index of the admin pages of the app."""

from complaints.places.admin import PlaceAdmin

__all__ = ["PlaceAdmin"]
