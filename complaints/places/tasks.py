"""Typed places that only the operator's geocoding service knows, asked in the background."""

import logging

from django.conf import settings
from django_tasks import task
from geopy.exc import GeopyError

from complaints.places import actions, queries

log = logging.getLogger(__name__)


def ask_later(text: str) -> None:
    """Has the service asked about a place that was not found; nothing happens where there is none.

    The visitor is answered from the gazetteer now; who types the same a moment later gets the service's answer.
    """
    if settings.GEOCODER[0] != queries.LOCAL and actions.note_lookup(text=text):
        ask_service.enqueue(text)


@task()
def ask_service(text: str) -> None:
    """Asks the service and keeps its answer if it lies in a covered Land."""
    limited = {"country_codes": "de"} if settings.GEOCODER[0] == "nominatim" else {}
    try:
        found = queries.geocoder().geocode(text, **limited)
    except GeopyError as error:
        log.warning("The geocoding service did not answer about a place: %s", error)
        return
    if found is not None:
        actions.keep_answer(text=text, label=found.address, latitude=found.latitude, longitude=found.longitude)
