"""Atom feeds of reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _t

from complaints.base.plaintext import readable
from complaints.base.publicpage import public_page
from complaints.base.selection import Selection
from complaints.reports import queries
from complaints.reports.filters import SelectionError, parse_selection
from complaints.reports.models import Report

LENGTH = 50


class GeoAtomFeed(Atom1Feed):
    """Atom with a GeoRSS point an entry."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:georss": "http://www.georss.org/georss"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("georss:point", item["point"])


@dataclass(frozen=True)
class Channel:
    """What a feed is about: its reports, a name for its title ("" for all), and the page it belongs to."""

    selection: Selection
    name: str
    link: str


class ReportFeed(Feed[Report, Channel]):
    """The newest reports of a channel; subclasses say which."""

    feed_type = GeoAtomFeed
    author_name = "Einzelfall"

    def title(self, obj: Channel) -> str:
        return f"Einzelfall: {obj.name}" if obj.name else _t("Einzelfall: newest reports")

    def subtitle(self, obj: Channel) -> str:
        return _t("Mobile network problems as customers report them.")

    def link(self, obj: Channel) -> str:
        return obj.link

    def items(self, obj: Channel) -> list[Report]:
        return queries.newest(obj.selection, LENGTH)

    def item_title(self, item: Report) -> str:
        place = item.town or item.district or item.land
        problems = ", ".join(str(problem.label) for problem in item.problem_list)
        return f"Nr. {item.number}: {item.carrier}, {place}: {problems}"

    def item_description(self, item: Report) -> str:
        return readable(item.text)

    def item_link(self, item: Report) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Report) -> datetime:
        return item.received_at

    def item_updateddate(self, item: Report) -> datetime:
        return item.edited_at or item.received_at

    def item_categories(self, item: Report) -> list[str]:
        return [problem.value for problem in item.problem_list]

    def item_extra_kwargs(self, item: Report) -> dict[str, Any]:
        return {"point": f"{item.latitude} {item.longitude}"}


class SelectionFeed(ReportFeed):
    """The newest reports of the filters in the address."""

    def get_object(self, request: HttpRequest) -> Channel:
        try:
            selection = parse_selection(request.GET)
        except SelectionError as error:
            raise Http404(str(error)) from error
        query = f"?{selection.query}" if selection.query else ""
        return Channel(selection, unquote_plus(selection.query), reverse("report-list") + query)


selection_feed = public_page(queries.version)(SelectionFeed())
