"""Index of the admin pages of the app."""

from operators.members.admin import MemberAdmin

__all__ = ["MemberAdmin"]
