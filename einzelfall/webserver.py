"""Gunicorn's configuration, read by `gunicorn -c python:einzelfall.webserver`; the environment says the rest.

Reading the settings here refuses wrong ones once, before any worker starts.
"""

import socket
from typing import Any

from einzelfall import settings
from einzelfall.kinship import end_with_parent

wsgi_app = "einzelfall.wsgi:application"
# Sync workers: on two cores they beat threads by a quarter to a half.
workers = settings.WEB_CONCURRENCY
bind = f"{settings.BIND}:{settings.PORT}"
timeout = 30
graceful_timeout = 5
max_requests = 10_000
max_requests_jitter = 2_000
# Every process says once why it does not start; three lines of gunicorn about each request would drown it.
loglevel = "warning"
control_socket_disable = True


DEFER_SECONDS = 25


def when_ready(server: Any) -> None:
    """Leaves connections that say nothing to the kernel, where it can keep them (Linux).

    Browsers open some in advance; a sync worker that takes one waits for its request and serves nobody meanwhile.
    """
    if hasattr(socket, "TCP_DEFER_ACCEPT"):
        for listener in server.LISTENERS:
            if listener.sock.family in (socket.AF_INET, socket.AF_INET6):
                listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, DEFER_SECONDS)


def post_fork(server: object, worker: object) -> None:
    end_with_parent()
