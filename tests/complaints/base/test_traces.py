from datetime import date, timedelta

import pytest
from django.core import signing
from pytest_django import Settings

from complaints.base import formtoken
from complaints.base.puzzle import Puzzle, new_puzzle, opened
from complaints.base.traces import client_address, connection, letters, mark

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("", 0, "9.9.9.9"),
        ("1.1.1.1", 0, "9.9.9.9"),
        ("", 1, "9.9.9.9"),
        ("6.6.6.6, 1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1, 10.0.0.1", 2, "1.1.1.1"),
        ("1.1.1.1", 2, "1.1.1.1"),
    ],
)
def test_only_our_own_proxies_are_believed(forwarded: str, proxies: int, expected: str) -> None:
    assert client_address("9.9.9.9", forwarded, proxies) == expected


def test_an_address_is_another_value_the_next_day_but_yesterday_can_be_asked_for() -> None:
    today, tomorrow = connection("91.0.0.1", TODAY), connection("91.0.0.1", TODAY + timedelta(days=1))
    assert today.address != tomorrow.address
    assert tomorrow.address_yesterday == today.address
    assert tomorrow.network_yesterday == today.network


def test_neighbours_share_a_network_and_ipv6_counts_by_customer() -> None:
    one, two, far = (connection(address, TODAY) for address in ("91.0.0.1", "91.0.0.2", "91.0.1.1"))
    assert one.address != two.address
    assert one.network == two.network != far.network
    six = [connection(f"2003:1:2:{tail}", TODAY) for tail in ("3::1", "3:ffff::2", "4::1")]
    assert six[0].address == six[1].address != six[2].address
    assert len({found.network for found in six}) == 1
    assert connection("::ffff:91.0.0.1", TODAY) == one


def test_what_is_no_public_address_says_so() -> None:
    known = {text: connection(text, TODAY).known for text in ("91.0.0.1", "127.0.0.1", "10.1.2.3", "", "unix:")}
    assert known == {"91.0.0.1": True, "127.0.0.1": False, "10.1.2.3": False, "": False, "unix:": False}


def test_hashes_fit_a_bigint_and_change_daily() -> None:
    here = mark("text", TODAY)
    assert -(1 << 63) <= here < 1 << 63
    assert here != mark("text", TODAY + timedelta(days=1))


def test_numbers_and_signs_do_not_make_another_text() -> None:
    assert letters("Kein Netz!! 17") == letters("kein  netz 23") == "keinnetz"


def test_a_token_is_doubtful_when_missing_forged_too_old_or_too_young(monkeypatch: pytest.MonkeyPatch) -> None:
    token = formtoken.new_token()
    made = signing.b62_decode(token.split(":")[1])
    assert [formtoken.is_doubtful(token, made + age) for age in (0, 1.9, 2.1, 600)] == [True, True, False, False]
    assert formtoken.is_doubtful("")
    assert formtoken.is_doubtful("f:1:x")
    assert formtoken.is_doubtful(token + "x", made + 60)
    assert not formtoken.is_doubtful(formtoken.new_token(kept=True)), "a kept report is sent as soon as it has one"
    monkeypatch.setattr("time.time", lambda: made + formtoken.OLDEST + 5)
    assert formtoken.is_doubtful(token)


def test_a_question_cannot_be_forged_and_is_answered_in_digits() -> None:
    question = Puzzle(7, 3, 4, new_puzzle(7).nonce)
    assert question.is_right(" 7 ")
    assert not question.is_right("8")
    assert not question.is_right("²")
    assert opened(question.sealed) == question
    assert opened(question.sealed[:-1] + "x") is None
    assert opened("") is None


def test_loopback_is_a_visitor_only_where_no_proxy_can_be_meant(settings: Settings) -> None:
    for named in ("127.0.0.1", "::1"):
        assert not connection(named, TODAY).known
        settings.LOOPBACK_IS_A_VISITOR = True
        assert connection(named, TODAY).known
        assert not connection("10.0.0.1", TODAY).known
        settings.LOOPBACK_IS_A_VISITOR = False
