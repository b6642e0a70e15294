"""Index of the tables of the app."""

from operators.members.models import Membership, User

__all__ = ["Membership", "User"]
