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
            text = render_to_string("complaints/follows/mail_confirm.txt", {"link": _link(follow, CONFIRM)})
            _mail(follow, text)
        follow.asked_at = timezone.now()
        follow.save(update_fields=["asked_at"])
    return True


def _send_next() -> bool:
    with transaction.atomic():
        letters = Letter.objects.select_related("follow").order_by("pk")
        letter = letters.select_for_update(skip_locked=True, of=("self",)).first()
        if letter is None:
            return False
        follow = letter.follow
        with translation.override(follow.language):
            context = {"letter": letter, "page": _page(letter.address, follow.language), "end": _link(follow, END)}
            _mail(follow, render_to_string("complaints/follows/mail_news.txt", context))
        letter.delete()
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
