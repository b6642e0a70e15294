"""Signed links to posts that are not public yet; whoever holds one may read, for a week."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

LIFE = timedelta(days=7)
_signer = signing.TimestampSigner(salt="operators.posts.preview")


def preview_address(number: int) -> str:
    """A path that shows the post for a week from now."""
    return reverse("post-preview", args=(_signer.sign(str(number)),))


def post_of(key: str) -> int:
    """The number of the post of a link. Raises signing.SignatureExpired and signing.BadSignature."""
    return int(_signer.unsign(key, max_age=LIFE))
