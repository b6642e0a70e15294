"""Gunicorn's configuration, read by `gunicorn -c python:einzelfall.webserver`; the environment says the rest.

Reading the settings here refuses wrong ones once, before any worker starts.
"""

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


def post_fork(server: object, worker: object) -> None:
    end_with_parent()
