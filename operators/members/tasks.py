"""Mails about one's own account."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from operators.members.models import User


@task()
def tell_of_reset(user: int) -> None:
    """Says that the second factor was reset, and what to do now; nothing where no address is known."""
    person = User.objects.filter(pk=user).exclude(email="").first()
    if person is None:
        return
    with translation.override("de"):
        link = settings.SITE_URL + reverse("account_login")
        text = render_to_string("operators/members/mail_reset.txt", {"person": person, "link": link})
    subject, _, body = text.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [person.email])
