"""Addresses of reports: file one, read it, list and download them."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.reports import api, authors, feeds, views

urlpatterns = [
    path(_p("address", "report/"), views.file, name="report-new"),
    path(_p("address", "case/<int:number>/"), views.report, name="report"),
    path(_p("address", "case/<int:number>/receipt/"), views.receipt, name="receipt"),
    path(_p("address", "case/<int:number>/picture.png"), views.picture, name="report-picture"),
    path(_p("address", "case/<int:number>/change/<str:key>/"), views.change, name="report-change"),
    path(_p("address", "case/<int:number>/withdraw/<str:key>/"), views.withdraw, name="report-withdraw"),
    path(_p("address", "case/<int:number>/answer/<str:key>/"), authors.answer, name="report-answer"),
    path(_p("address", "case/<int:number>/export/<str:key>.json"), authors.export, name="report-export"),
    path(_p("address", "cases/"), views.report_list, name="report-list"),
    path(_p("address", "cases.csv"), api.csv_file, name="report-csv"),
    path(_p("address", "cases.geojson"), api.geojson_file, name="report-geojson"),
    path(_p("address", "cases/feed/"), feeds.selection_feed, name="report-feed"),
]
