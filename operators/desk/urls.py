"""Addresses of the dashboard, below /intern/lage/."""

from django.urls import path

from operators.desk import api, views

desk = [
    path("", views.overview, name="desk"),
    path("orte/", views.orders, name="desk-orders"),
    path("orte.csv", api.orders_csv, name="desk-orders-csv"),
]
