"""Atom feed of the answer board: an entry for each carrier and week."""

from datetime import datetime, timedelta

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from complaints.base.publicpage import public_page
from operators.board import queries
from operators.board.forms import DEFAULT
from operators.board.tags import duration, percent, percent_range

Entry = tuple[datetime, queries.BoardRow]


class BoardFeed(Feed[Entry, None]):
    """How fast each carrier answered in the last 90 days; a new entry each Monday, brought up to date once a day."""

    feed_type = Atom1Feed
    author_name = "Einzelfall"

    def title(self) -> str:
        return _t("Einzelfall: answer board")

    def subtitle(self) -> str:
        return _t("Who answers, and how fast; who is silent counts as still waiting.")

    def link(self) -> str:
        return reverse("answer-board")

    def items(self) -> list[Entry]:
        board = queries.board(DEFAULT)
        return [(board.as_of, row) for row in (*board.rows, *board.untold)]

    def item_title(self, item: Entry) -> str:
        row = item[1]
        share = row.speed.shares[2] if row.speed else None
        if share is None:
            return _t("%(carrier)s: too few reports for figures") % {"carrier": row.carrier.name}
        said = {"carrier": row.carrier.name, "share": percent(share.value)}
        return _t("%(carrier)s: %(share)s answered within a day") % said

    def item_description(self, item: Entry) -> str:
        row = item[1]
        base = ngettext("%(n)s report in 90 days", "%(n)s reports in 90 days", row.base) % {"n": row.base}
        lines = [base, _t("Still waiting: %(n)s") % {"n": row.waiting}]
        if row.speed and (share := row.speed.shares[2]):
            lines.append(_t("Answered within a day, 95 %% interval: %(range)s") % {"range": percent_range(share)})
        if row.speed and row.speed.median:
            lines.append(_t("Half had an answer after: %(time)s") % {"time": duration(row.speed.median.value)})
        return "\n".join(lines)

    def item_link(self, item: Entry) -> str:
        return reverse("carrier", args=(item[1].carrier.slug,))

    def item_guid(self, item: Entry) -> str:
        year, week, _day = timezone.localtime(item[0]).isocalendar()
        return f"tag:einzelfall,2011:answer-board-{item[1].carrier.slug}-{year}-{week:02}"

    def item_pubdate(self, item: Entry) -> datetime:
        midnight = self.item_updateddate(item)
        return midnight - timedelta(days=midnight.weekday())

    def item_updateddate(self, item: Entry) -> datetime:
        return timezone.localtime(item[0]).replace(hour=0, minute=0, second=0, microsecond=0)


board_feed = public_page(queries.version, max_age=300)(BoardFeed())
