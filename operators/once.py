"""A form that was sent twice, by a double tap or an impatient reload, does its work once."""

from collections.abc import Callable
from hashlib import blake2b

from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _t

SENT, REMEMBERED = "sent", 5


def once(request: HttpRequest, work: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `work`; where the same showing of a form was answered with a redirect before, that redirect again.

    Each time a form is shown its token is masked anew (django.middleware.csrf), so that one token is one showing. The
    second of two at the same time waits for the first.
    """
    token = request.POST.get("csrfmiddlewaretoken", "")
    if request.method != "POST" or not token:
        return work()
    digest = blake2b(token.encode(), digest_size=8).digest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest, "big", signed=True)])
        sent = request.session.load().get(SENT, {})
        if address := sent.get(digest.hex()):
            request.session[SENT] = sent
            messages.info(request, _t("This was saved already."))
            return HttpResponseRedirect(address)
        answer = work()
        if answer.status_code in (302, 303):
            request.session[SENT] = dict([*sent.items(), (digest.hex(), answer["Location"])][-REMEMBERED:])
            request.session.save()
    return answer
