"""Index of the admin pages of the app."""

from operators.ads.admin import CampaignAdmin, CreativeAdmin, PayerAdmin, StatementAdmin
from operators.members.admin import MemberAdmin
from operators.posts.admin import PostAdmin, PromiseAdmin
from operators.replies.admin import TextBlockAdmin
from operators.team.admin import InvitationAdmin, TeamAdmin

__all__ = [
    "CampaignAdmin",
    "CreativeAdmin",
    "InvitationAdmin",
    "MemberAdmin",
    "PayerAdmin",
    "PostAdmin",
    "PromiseAdmin",
    "StatementAdmin",
    "TeamAdmin",
    "TextBlockAdmin",
]
