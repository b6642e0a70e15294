"""Text blocks in the admin of carrier staff."""

from django.contrib import admin

from operators.members.models import Role
from operators.replies.models import TextBlock
from operators.scoping import CarrierAdmin


@admin.register(TextBlock)
class TextBlockAdmin(CarrierAdmin[TextBlock]):
    editors = frozenset({Role.REPLIER.value, Role.MANAGER.value})
    viewers = editors
    list_display = ("title", "carrier")
    list_filter = ("carrier",)
    search_fields = ("title", "text")
