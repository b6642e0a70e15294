"""Index of the admin pages of the app."""

from operators.members.admin import MemberAdmin
from operators.posts.admin import PostAdmin, PromiseAdmin
from operators.replies.admin import TextBlockAdmin

__all__ = ["MemberAdmin", "PostAdmin", "PromiseAdmin", "TextBlockAdmin"]
