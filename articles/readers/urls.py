"""Every public address. The pages stand twice: at the root in the site's own language, and under ``/ar/`` in Arabic."""

import re

from django.conf import settings
from django.urls import include, path, re_path

from . import addresses, http, sitemaps
from .api.views import page as programs
from .api.views import urlpatterns as api
from .feeds import views as feeds
from .views import archive, corrections, fixed, front, indexes, keeping, lists, machines, searching, stories

_ID = r"(?P<public_id>[0-9a-z]{4,16})"
_SLUG = r"[\w-]{1,100}"
_PATH = r"[\w-]+(?:/[\w-]+){0,7}"
_FEED = rf"(?P<format>{'|'.join(re.escape(name) for name in addresses.FEEDS)})"

pages = [
    path("", front.home, name="home"),
    re_path(rf"^{_FEED}$", feeds.home, name="home_feed"),
    re_path(rf"^stories/{_ID}/$", stories.story, name="story_by_id"),
    re_path(rf"^stories/{_ID}/(?P<slug>[^/]{{1,200}})/$", stories.story, name="story"),
    path("latest/", lists.latest, name="latest"),
    re_path(rf"^latest/{_FEED}$", feeds.latest, name="latest_feed"),
    path("regions/", indexes.regions, name="regions"),
    re_path(rf"^regions/(?P<name>{_PATH})/{_FEED}$", feeds.place, {"kind": "region"}, name="region_feed"),
    re_path(rf"^regions/(?P<path>{_PATH})/$", lists.region, name="region"),
    path("topics/", indexes.topics, name="topics"),
    re_path(rf"^topics/(?P<name>{_SLUG})/{_FEED}$", feeds.place, {"kind": "topic"}, name="topic_feed"),
    re_path(rf"^topics/(?P<slug>{_SLUG})/$", lists.topic, name="topic"),
    path("sources/", indexes.sources, name="sources"),
    re_path(rf"^sources/(?P<name>{_SLUG})/{_FEED}$", feeds.place, {"kind": "source"}, name="source_feed"),
    re_path(rf"^sources/(?P<slug>{_SLUG})/$", lists.source, name="source"),
    re_path(rf"^authors/(?P<name>{_SLUG})/{_FEED}$", feeds.place, {"kind": "author"}, name="author_feed"),
    re_path(rf"^authors/(?P<slug>{_SLUG})/$", lists.author, name="author"),
    path("archive/", archive.archive, name="archive"),
    re_path(r"^archive/(?P<year>[0-9]{4})/$", archive.year, name="year"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", archive.month, name="month"),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$",
        archive.day,
        name="day",
    ),
    re_path(
        rf"^archive/(?P<year>[0-9]{{4}})/(?P<month>[0-9]{{2}})/(?P<day>[0-9]{{2}})/{_FEED}$",
        feeds.day,
        name="day_feed",
    ),
    path("search/", searching.search, name="search"),
    re_path(rf"^search/{_FEED}$", feeds.search, name="search_feed"),
    re_path(rf"^(?P<slug>{'|'.join(addresses.FIXED)})/$", fixed.page, name="fixed"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("api/", programs, name="programs"),
    path("offline/", keeping.offline, name="offline"),
    path("manifest.webmanifest", keeping.manifest, name="manifest"),
]

_EDITIONS = "|".join(code for code, _name in settings.LANGUAGES)

urlpatterns = [
    *api,
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    re_path(rf"^sitemaps/pages-(?P<edition>{_EDITIONS})\.xml$", sitemaps.pages, name="sitemap_pages"),
    re_path(
        rf"^sitemaps/stories-(?P<edition>{_EDITIONS})-(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})\.xml$",
        sitemaps.stories,
        name="sitemap_stories",
    ),
    re_path(
        rf"^sitemaps/stories-(?P<edition>{_EDITIONS})-(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})\.xml$",
        sitemaps.stories,
        name="sitemap_day",
    ),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap_news"),
    path("robots.txt", machines.robots, name="robots"),
    path("sw.js", keeping.worker, name="worker"),
    path(".well-known/security.txt", machines.security, name="security"),
    re_path(r"^(?P<key>[A-Za-z0-9-]{8,128})\.txt$", machines.indexnow_key, name="indexnow_key"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    re_path(
        r"^media/(?P<folder>[0-9a-f]{2})/(?P<key>[0-9a-f]{32})\.(?P<extension>avif|jpeg|webp)$",
        machines.media,
        name="media",
    ),
]
for _language, _name in settings.LANGUAGES:
    _prefix = addresses.prefix(_language).lstrip("/")
    urlpatterns.append(
        path(
            f"{_prefix}/" if _prefix else "",
            include((pages, "readers"), namespace=f"readers-{_language}"),
            {"language": _language},
        )
    )
urlpatterns.append(re_path(r"", http.nothing, name="nothing"))
