"""Background work about reports."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from complaints.base.keys import key_for
from complaints.reports.models import Contact


@task()
def send_key(number: int) -> None:
    """Mails the signed link of a report to the address that was left for it, if it is still there."""
    contact = Contact.objects.select_related("report__carrier", "report__town").filter(report=number).first()
    if contact is None:
        return
    with translation.override(contact.language):
        context = {
            "report": contact.report,
            "receipt": settings.SITE_URL + reverse("receipt", args=(number,)),
            "change": settings.SITE_URL + reverse("report-change", args=(number, key_for("change", number))),
        }
        text = render_to_string("complaints/reports/mail_filed.txt", context)
    subject, _, body = text.partition("\n\n")
    send_mail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [contact.email])
