"""A small question that a person answers at once, signed, for one report and one time."""

from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from uuid import UUID, uuid4

from django.core import signing

LIFETIME = timedelta(hours=24)
TRIES = 3
_SALT = "einzelfall.puzzle"
_random = SystemRandom()


@dataclass(frozen=True)
class Puzzle:
    """How much is `left` plus `right`, both from 2 to 9; `nonce` is spent with the first answer."""

    report: int
    left: int
    right: int
    nonce: UUID

    @property
    def sealed(self) -> str:
        """The question as the form carries it."""
        return signing.dumps([self.report, self.left, self.right, self.nonce.hex], salt=_SALT)

    def is_right(self, answer: str) -> bool:
        return answer.strip().isdecimal() and answer.strip() == str(self.left + self.right)


def new_puzzle(report: int) -> Puzzle:
    return Puzzle(report, _random.randint(2, 9), _random.randint(2, 9), uuid4())


def opened(sealed: str) -> Puzzle | None:
    """The question of a form; None where it is forged or older than a day."""
    try:
        report, left, right, nonce = signing.loads(sealed, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return Puzzle(report, left, right, UUID(nonce))
