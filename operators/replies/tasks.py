"""Background work about answers."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from complaints.base.keys import key_for
from complaints.reports.models import Contact
from operators.replies.models import Answered

CHANGE = "change"
"""The purpose of the key that a reporter's links carry."""


@task()
def send_answer(answered: int) -> None:
    """Mails an answer to the address that was left for its report, if both are still there."""
    link = Answered.objects.standing().select_related("answer__carrier", "report__town").filter(pk=answered).first()
    contact = Contact.objects.filter(report=link.report_id).first() if link else None
    if link is None or contact is None or link.answer.hidden_at:
        return
    number = link.report_id
    with translation.override(contact.language):
        context = {
            "answer": link.answer,
            "report": link.report,
            "address": settings.SITE_URL + reverse("report", args=(number,)),
            "dispute": settings.SITE_URL + reverse("answer-dispute", args=(number, key_for(CHANGE, number))),
        }
        text = render_to_string("operators/replies/mail_answer.txt", context)
    subject, _, body = text.partition("\n\n")
    send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [contact.email])
