"""Keys in links: whoever holds one may do one thing with one numbered row, without an account."""

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare


def key_for(purpose: str, number: int) -> str:
    """The key of a row for a purpose; always the same, so that a repeated answer is the same answer."""
    return Signer(salt=f"einzelfall.{purpose}").signature(str(number))


def is_key(key: str, purpose: str, number: int) -> bool:
    """Whether a key from a link is the one of this row and purpose."""
    return constant_time_compare(key, key_for(purpose, number))
