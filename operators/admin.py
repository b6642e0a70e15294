"""Index of the admin pages of the app."""

from operators.members.admin import MemberAdmin
from operators.posts.admin import PostAdmin, PromiseAdmin
from operators.replies.admin import TextBlockAdmin
from operators.team.admin import InvitationAdmin, TeamAdmin

__all__ = ["InvitationAdmin", "MemberAdmin", "PostAdmin", "PromiseAdmin", "TeamAdmin", "TextBlockAdmin"]
