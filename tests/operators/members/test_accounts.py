"""What the site's own staff do with accounts, and what happens to forms of people who were let go."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from complaints.carriers.models import Carrier
from operators.members.models import Membership, StaffSession, User
from tests.builders import a_member, site_staff
from tests.operators.members.test_lockout import tries
from tests.operators.members.test_second_factor import SECRET
from tests.operators.plants import a_draft

pytestmark = pytest.mark.django_db
USERS = "/intern/operators/user/"
TEXT = "Ein langer Text, an dem jemand eine Stunde schrieb."


@pytest.fixture
def staff(client: Client) -> User:
    user = site_staff()
    client.force_login(user)
    return user


def an_editor_of_users() -> User:
    """Somebody of the site who may change accounts but is no superuser."""
    user = User.objects.create_user("helferin", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="operators"))
    return user


def fields(client: Client, user: User, **change: object) -> dict[str, object]:
    """The account form as the page shows it, with changes."""
    form = client.get(f"{USERS}{user.pk}/change/").context["adminform"].form
    data: dict[str, object] = {
        name: value for name, value in form.initial.items() if isinstance(value, str | int) and value
    }
    data |= {"date_joined_0": "26.11.2026", "date_joined_1": "12:00:00"}
    for prefix in ("memberships", "seats"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {name: value for name, value in (data | change).items() if value is not None}


def test_a_reset_asks_then_forgets_and_mails(
    client: Client, staff: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    max_, his = a_member("o2", "replier"), Client()
    User.objects.filter(pk=max_.pk).update(email="max@example.org")
    TOTP.activate(max_, SECRET)
    his.force_login(max_)
    data = {"action": "reset_second_factor", "_selected_action": max_.pk}
    assert "ruf sie an" in client.post(USERS, data).content.decode()
    assert Authenticator.objects.filter(user=max_).exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(USERS, data | {"confirm": "1"})
    assert not Authenticator.objects.filter(user=max_).exists()
    assert not StaffSession.objects.filter(user=max_).exists()
    [letter] = mail.outbox
    assert (letter.to, "zurückgesetzt" in letter.subject) == (["max@example.org"], True)


def test_it_unlocks(client: Client, staff: User) -> None:
    max_ = a_member("o2", "replier")
    tries(max_.username, "falsch", times=5)
    client.post(USERS, {"action": "unlock", "_selected_action": max_.pk})
    assert not AccessAttempt.objects.exists()


def test_site_staff_without_all_rights_do_not_touch_superusers(client: Client) -> None:
    boss = site_staff()
    TOTP.activate(boss, SECRET)
    client.force_login(an_editor_of_users())
    client.post(USERS, {"action": "reset_second_factor", "_selected_action": boss.pk, "confirm": "1"})
    assert Authenticator.objects.filter(user=boss).exists()
    assert client.post(f"{USERS}{boss.pk}/password/", {"password1": "x", "password2": "x"}).status_code == 403


def test_nobody_makes_themselves_a_superuser(client: Client) -> None:
    helper = an_editor_of_users()
    client.force_login(helper)
    client.post(f"{USERS}{helper.pk}/change/", fields(client, helper, is_superuser="on", deliberate="on"))
    assert not User.objects.get(pk=helper.pk).is_superuser


def test_making_somebody_site_staff_takes_a_second_tick(client: Client, staff: User) -> None:
    new = User.objects.create_user("neu")
    answer = client.post(f"{USERS}{new.pk}/change/", fields(client, new, is_staff="on"))
    assert "Meinst du das wirklich?" in answer.content.decode()
    assert not User.objects.get(pk=new.pk).is_staff
    assert (
        client.post(f"{USERS}{new.pk}/change/", fields(client, new, is_staff="on", deliberate="on")).status_code == 302
    )
    assert User.objects.get(pk=new.pk).is_site_staff
    assert client.post(f"{USERS}{new.pk}/change/", fields(client, new, first_name="Nora")).status_code == 302


def test_a_former_member_does_not_become_site_staff(client: Client, staff: User) -> None:
    max_ = a_member("o2", "replier")
    max_.memberships.update(ends_at=timezone.now())
    data = fields(client, max_, is_staff="on", deliberate="on")
    row = max_.memberships.get()
    data |= {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 1, "memberships-0-id": row.pk}
    data |= {"memberships-0-user": max_.pk, "memberships-0-carrier": row.carrier_id, "memberships-0-role": row.role}
    answer = client.post(f"{USERS}{max_.pk}/change/", data)
    assert "kommt durch dieses Häkchen nicht ins Team" in answer.content.decode()


def test_the_list_says_to_whom_everybody_belongs(client: Client, staff: User) -> None:
    a_member("o2", "replier")
    page = client.get(USERS).content.decode()
    assert "Team dieser Seite" in page
    assert "O2" in page


def test_a_form_sent_after_the_end_comes_back_with_the_words(client: Client) -> None:
    author = a_member("o2", "author")
    client.force_login(author)
    draft = a_draft("o2")
    author.memberships.update(ends_at=timezone.now())
    StaffSession.objects.all().delete()
    address = f"/intern/operators/post/{draft.pk}/change/"
    answer = client.post(address, {"title": "Neu", "body": TEXT, "password": "ganz geheim"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Deine Mitgliedschaft ist beendet" in page
    assert TEXT in page
    assert "ganz geheim" not in page
    assert draft.title not in page
    draft.refresh_from_db()
    assert draft.body != TEXT


def test_one_of_another_carrier_too_learns_nothing_of_the_row(client: Client) -> None:
    author = a_member("o2", "author")
    Membership.objects.create(user=author, carrier=Carrier.objects.get(slug="telekom"), role="author")
    client.force_login(author)
    draft = a_draft("o2")
    author.memberships.filter(carrier__slug="o2").update(ends_at=timezone.now())
    there, nowhere = (
        client.post(f"/intern/operators/post/{number}/change/", {"body": TEXT}) for number in (draft.pk, 999_999)
    )
    assert there.status_code == nowhere.status_code == 404
    assert TEXT in there.content.decode()
    assert draft.title not in there.content.decode()
