"""The site's settings with the benchmarks' addresses."""

from einzelfall.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
