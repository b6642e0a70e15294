"""Adds up views and clicks by day, each exactly once, and deletes the rows when nobody needs them any more."""

from django.db import connection
from django.utils import timezone

from complaints.base import retention
from operators.ads.deliveries import Click, View

AT_ONCE = 20_000

_FOLD = """
WITH taken AS (
  UPDATE {table} SET folded = true
  WHERE {key} IN (SELECT {key} FROM {table} WHERE NOT folded LIMIT %s FOR UPDATE SKIP LOCKED)
  RETURNING day, campaign_id, creative_id, slot, page_kind, reason
), added AS (
  INSERT INTO operators_dailycount (day, campaign_id, creative_id, slot, page_kind, reason, views, clicks)
  SELECT day, campaign_id, creative_id, slot, page_kind, reason, {views}, {clicks} FROM taken
  GROUP BY day, campaign_id, creative_id, slot, page_kind, reason
  ORDER BY campaign_id, day, creative_id, slot, page_kind, reason
  ON CONFLICT (campaign_id, day, creative_id, slot, page_kind, reason) DO UPDATE
  SET views = operators_dailycount.views + EXCLUDED.views, clicks = operators_dailycount.clicks + EXCLUDED.clicks
)
SELECT count(*) FROM taken
"""
_VIEWS = _FOLD.format(table="operators_view", key="key", views="count(*)", clicks="0")
_CLICKS = _FOLD.format(table="operators_click", key="view", views="0", clicks="count(*)")


def fold_all() -> int:
    """Adds every new row to the count of its day; returns how many. May run several times at once.

    A row is marked and added by one statement: both happen or neither does, also when the process dies.
    """
    return sum(_fold(sql) for sql in (_VIEWS, _CLICKS))


def _fold(sql: str) -> int:
    done: int = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(sql, [AT_ONCE])
            (taken,) = cursor.fetchone()
            done += int(taken)
            if taken < AT_ONCE:
                return done


def forget_deliveries() -> int:
    """Deletes folded rows that are older than the retention table says; returns how many.

    A click's row must outlive its token (counting.TOKEN_LIFE), or it could be counted again.
    """
    before = timezone.now() - retention.DELIVERIES
    views, _rows = View.objects.filter(folded=True, happened_at__lt=before).delete()
    clicks, _rows = Click.objects.filter(folded=True, happened_at__lt=before).delete()
    return views + clicks
