"""The signed mark of a form: when it was made. No cookie, no session; a missing one is a sign, not a gate."""

import time

from django.core import signing

FIELD = "token"
TRAP = "website"
"""A field that people never see; programs that fill in everything fill it in."""
QUICKEST = 2.0
"""Seconds a person needs at least."""
OLDEST = 6 * 3600
_signer = signing.TimestampSigner(salt="einzelfall.form")


def new_token(*, kept: bool = False) -> str:
    """A mark made now; one for a `kept` report, written long before it is sent, may be used at once."""
    return _signer.sign("k" if kept else "f")


def is_doubtful(token: str, now: float | None = None) -> bool:
    """Whether a form's token is missing, forged, older than six hours or younger than two seconds."""
    try:
        purpose = _signer.unsign(token, max_age=OLDEST)
        made = signing.b62_decode(token.split(":")[1])
    except (signing.BadSignature, ValueError, IndexError):
        return True
    return purpose != "k" and (time.time() if now is None else now) - made < QUICKEST
