#!/usr/bin/env python
"""The command line of the site; starts the embedded database where none is configured."""

import os
import signal
import sys

from django.core.management import execute_from_command_line

from einzelfall import embedded


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "einzelfall.settings")
    # So that a command ended by `kill` still leaves the embedded database in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    embedded.ensure_database_url()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
