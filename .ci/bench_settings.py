"""Production settings with one address more: a bare view, to measure the site's pages beside. For bench_site.py."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "bench_urls"
