"""Index of the tables of the app."""

from operators.board.models import Snapshot
from operators.members.models import Membership, User
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

__all__ = [
    "Answer",
    "Answered",
    "Assignment",
    "Correction",
    "Membership",
    "Note",
    "OfficialComment",
    "Picture",
    "PictureSize",
    "Post",
    "Promise",
    "PromiseChange",
    "Snapshot",
    "TextBlock",
    "TickerEntry",
    "User",
]
