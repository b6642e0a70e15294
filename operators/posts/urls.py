"""Addresses of guest posts and their pictures."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from operators.posts import feeds, views

urlpatterns = [
    path("bild/<uuid:key>-<int:width>.webp", views.picture, name="post-picture"),
    path(_p("address", "posts/"), views.post_list, name="post-list"),
    path(_p("address", "posts/feed/"), feeds.post_feed, name="post-feed"),
    path(_p("address", "posts/preview/<str:key>/"), views.preview, name="post-preview"),
    path(_p("address", "posts/<slug:slug>/"), views.post, name="post"),
    path(_p("address", "network/<slug:slug>/posts/feed/"), feeds.carrier_feed, name="carrier-post-feed"),
    path(_p("address", "promises/"), views.promise_list, name="promise-list"),
    path(_p("address", "promises/feed/"), feeds.promise_feed, name="promise-feed"),
]
