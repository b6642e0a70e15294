"""Addresses of the answer board."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from operators.board import api, feeds, views

urlpatterns = [
    path(_p("address", "answers/"), views.answers, name="answer-board"),
    path(_p("address", "answers.csv"), api.answers_csv, name="answer-board-csv"),
    path(_p("address", "answers/feed/"), feeds.board_feed, name="answer-board-feed"),
]
