"""What all tests share: no network beyond this machine."""

import socket
from typing import Any

import pytest
from django.core.cache import cache

from complaints.base import memo
from tests.committed import transactional_db

__all__ = ["transactional_db"]

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise OSError(f"tests must not reach the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """No test sees what another one kept."""
    cache.clear()
    memo.clear_all()


@pytest.fixture
def second_factor_demanded() -> None:
    """For tests of the second factor itself; elsewhere everybody counts as having one."""


@pytest.fixture(autouse=True)
def second_factors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "second_factor_demanded" not in request.fixturenames:
        monkeypatch.setattr("operators.members.queries.lacks_second_factor", lambda _user: False)
