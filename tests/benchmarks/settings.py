"""The site's settings with the benchmarks' addresses."""

from einzelfall.settings import *  # noqa: F403

TRUSTED_PROXIES = 1  # every filing comes from an address of its own, as its X-Forwarded-For says
ROOT_URLCONF = "tests.benchmarks.urls"
