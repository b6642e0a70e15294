"""The mails to followers: a job sends what other features left behind as rows."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import timezone, translation

from complaints.base.keys import key_for
from complaints.follows.models import Follow, Letter

log = logging.getLogger("einzelfall.follows")
CONFIRM, END = "follow-confirm", "follow-end"
AT_ONCE = 200
"""Mails of one run, so that other jobs get their turn."""
IN_ONE_MAIL = 20
"""Pieces of news in a mail; of more it says how many."""


def send_all() -> int:
    """Sends what waits, oldest first; returns how many. What the mail server refuses stays for the next run."""
    sent = 0
    try:
        while sent < AT_ONCE and (_ask_next() or _send_next()):
            sent += 1
    except (SMTPException, OSError):
        log.exception("The mail server took no letter; the next run tries again.")
    return sent


def _ask_next() -> bool:
    """Mails the link to confirm to one new address; the row is locked, so that two runs never send it twice."""
    with transaction.atomic():
        unasked = Follow.objects.filter(confirmed_at=None, asked_at=None).order_by("pk")
        follow = unasked.select_for_update(skip_locked=True).first()
        if follow is None:
            return False
        with translation.override(follow.language):
            context = {"follow": follow, "link": _link(follow, CONFIRM)}
            _mail(follow, render_to_string("complaints/follows/mail_confirm.txt", context))
        follow.asked_at, follow.asks = timezone.now(), follow.asks + 1
        follow.save(update_fields=["asked_at", "asks"])
    return True


def _send_next() -> bool:
    """Mails one follower everything that waits for it; the row is locked, so that two runs never send it twice."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Follow.objects.with_news(now).order_by("pk")
        follow = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if follow is None:
            return False
        letters = list(follow.letters.order_by("pk"))
        for letter in letters:
            letter.address = _page(letter.address, follow.language)
        with translation.override(follow.language):
            context = {"follow": follow, "letters": letters[:IN_ONE_MAIL], "count": len(letters)}
            context |= {"more": len(letters) - IN_ONE_MAIL, "end": _link(follow, END)}
            _mail(follow, render_to_string("complaints/follows/mail_news.txt", context))
        Letter.objects.filter(pk__in=[letter.pk for letter in letters]).delete()
        follow.told_at = now
        follow.save(update_fields=["told_at"])
    return True


def _mail(follow: Follow, text: str) -> None:
    """Sends a rendered mail whose first line is its subject; mail programs show a button to unsubscribe (RFC 8058)."""
    subject, _, body = text.strip().partition("\n")
    headers = {"List-Unsubscribe": f"<{_link(follow, END)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(subject, body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [follow.email], headers=headers).send()


def _link(follow: Follow, purpose: str) -> str:
    return settings.SITE_URL + reverse(purpose, args=(follow.pk, key_for(purpose, follow.pk)))


def _page(address: str, language: str) -> str:
    """The page of a letter in the follower's language; the address itself where it has only one."""
    other = "de" if language == "en" else "en"
    with translation.override(other):
        return settings.SITE_URL + translate_url(address, language)
