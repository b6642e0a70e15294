"""The WSGI entrance for gunicorn."""

import os
import sys

from django.core.wsgi import get_wsgi_application

GUNICORN_GIVES_UP = 4  # any other exit code and it tries again for ever

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "einzelfall.settings")
try:
    application = get_wsgi_application()
except SystemExit as refused:
    sys.stderr.write(f"{refused}\n")
    raise SystemExit(GUNICORN_GIVES_UP) from None
