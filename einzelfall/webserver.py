"""Gunicorn's configuration, read by `gunicorn -c python:einzelfall.webserver`; the environment says the rest."""

from einzelfall import environment
from einzelfall.kinship import end_with_parent

wsgi_app = "einzelfall.wsgi:application"
# Sync workers: on two cores they beat threads by a quarter to a half.
workers = environment.whole_number("WEB_CONCURRENCY", 2, 1, 256)
bind = f"{environment.ip_address('BIND', '127.0.0.1')}:{environment.whole_number('PORT', 8000, 1, 65535)}"
timeout = 30
graceful_timeout = 5
max_requests = 10_000
max_requests_jitter = 2_000
# Every process says once why it does not start; three lines of gunicorn about each request would drown it.
loglevel = "warning"
control_socket_disable = True


def post_fork(server: object, worker: object) -> None:
    end_with_parent()
