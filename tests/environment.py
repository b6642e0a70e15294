"""Loaded before anything else of a test run: sets the environment and starts the database."""

import os

os.environ["EINZELFALL_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "einzelfall.settings"

from einzelfall import embedded

embedded.ensure_database_url()
