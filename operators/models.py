"""Index of the tables of the app."""

from operators.ads.bills import Statement, StatementCorrection
from operators.ads.deliveries import Click, DailyCount, View
from operators.ads.models import Campaign, CampaignChange, Creative, CreativePicture
from operators.board.models import Snapshot
from operators.members.advertisers import Advertiser, Seat
from operators.members.models import Membership, StaffSession, User
from operators.posts.models import (
    Correction,
    Picture,
    PictureSize,
    Post,
    Promise,
    PromiseChange,
    TickerEntry,
)
from operators.replies.models import Answer, Answered, Assignment, Note, OfficialComment, TextBlock
from operators.team.models import Invitation

__all__ = [
    "Advertiser",
    "Answer",
    "Answered",
    "Assignment",
    "Campaign",
    "CampaignChange",
    "Click",
    "Correction",
    "Creative",
    "CreativePicture",
    "DailyCount",
    "Invitation",
    "Membership",
    "Note",
    "OfficialComment",
    "Picture",
    "PictureSize",
    "Post",
    "Promise",
    "PromiseChange",
    "Seat",
    "Snapshot",
    "StaffSession",
    "Statement",
    "StatementCorrection",
    "TextBlock",
    "TickerEntry",
    "User",
    "View",
]
