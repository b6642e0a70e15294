"""Carrier staff and the rows of another carrier, at the base class; members stand in for any scoped table."""

import pytest
from django.contrib import admin
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from complaints.carriers.models import Carrier
from operators.members.models import Membership, User
from operators.scoping import CarrierAdmin

pytestmark = pytest.mark.django_db
SCOPED = CarrierAdmin(Membership, admin.site)


def a_member(carrier: str, role: str) -> Membership:
    user = User.objects.create_user(f"{role}@{carrier}")
    return Membership.objects.create(user=user, carrier=Carrier.objects.get(slug=carrier), role=role)


def test_it_shows_and_offers_only_own_rows(rf: RequestFactory) -> None:
    own, other = a_member("o2", "manager"), a_member("telekom", "author")
    request = rf.get("/")
    request.user = own.user
    assert list(SCOPED.get_queryset(request)) == [own]
    assert SCOPED.has_change_permission(request, own)
    assert not SCOPED.has_view_permission(request, other)
    offered = SCOPED.get_field_queryset(None, Membership._meta.get_field("carrier"), request)
    assert offered is not None
    assert list(offered) == [own.carrier]
    with pytest.raises(Http404):
        SCOPED.own(request, str(other.pk))


def test_an_ended_membership_shows_nothing(rf: RequestFactory) -> None:
    ended = a_member("o2", "manager")
    Membership.objects.update(ends_at=timezone.now())
    request = rf.get("/")
    request.user = ended.user
    assert not SCOPED.has_view_permission(request)
    assert not SCOPED.get_queryset(request).exists()
