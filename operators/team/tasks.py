"""The mail with the link of an invitation."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from operators.team.models import Invitation


@task()
def send_invitation(number: int, sends: int) -> None:
    """Mails the link of an invitation, unless it was sent anew, taken or withdrawn meanwhile."""
    found = Invitation.objects.valid().select_related("carrier", "invited_by").filter(pk=number, sends=sends).first()
    if found is None:
        return
    with translation.override("de"):
        link = settings.SITE_URL + reverse("invitation", args=(number, found.key))
        text = render_to_string("operators/team/mail_invitation.txt", {"invitation": found, "link": link})
    subject, _, body = text.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [found.email])
