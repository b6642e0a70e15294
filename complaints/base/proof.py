"""A small calculation that a browser does by itself instead of the question, signed, for one report and one time.

altcha's second protocol: a counter is drawn, its key derived, and half of the key told; the browser derives the key of
0, 1, 2, … until that half fits. The whole key is the proof. Checking it costs two HMACs, no derivation.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from uuid import UUID, uuid4

from altcha import Payload, create_challenge, verify_solution
from django.utils import timezone
from django.utils.crypto import salted_hmac

COST, COUNTERS = 10_000, 300
"""A phone takes one to two seconds, and at most twice its average: the counter is drawn evenly, from 0."""
LIFETIME = timedelta(hours=1)
LONGEST = 4_000
_random = SystemRandom()


@dataclass(frozen=True)
class Proof:
    """A right proof: the report it is for, and the `nonce` that is spent with it."""

    report: int
    nonce: UUID


def new_challenge(report: int) -> str:
    """The work for a report as JSON, as altcha's worker wants it; costs one derivation."""
    challenge = create_challenge(
        "PBKDF2/SHA-256",
        COST,
        counter=_random.randrange(COUNTERS),
        expires_at=timezone.now() + LIFETIME,
        data={"report": report, "nonce": uuid4().hex},
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("key"),
    )
    return json.dumps(challenge.to_dict(), separators=(",", ":"))


def opened(sent: str) -> Proof | None:
    """The proof that a form carries; None where it is wrong, forged, older than an hour or no proof at all."""
    if len(sent) > LONGEST:
        return None
    try:
        payload = Payload.from_base64(sent)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    checked = verify_solution(payload, _secret("challenge"), hmac_key_secret=_secret("key"))
    told = payload.challenge.parameters.data
    return Proof(told["report"], UUID(told["nonce"])) if checked.verified and told else None


def _secret(purpose: str) -> bytes:
    return salted_hmac("einzelfall.proof", purpose, algorithm="sha256").digest()
