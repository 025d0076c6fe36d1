"""Misconfiguration found before anybody meets it."""

import sqlite3

from django.conf import settings
from django.core import checks
from django.utils import timezone

# Versions with the fix for the write-ahead log's corruption on checkpoint; each maintained branch has its own.
_SOUND_SQLITE = {(3, 44): 6, (3, 50): 7}
_SOUND_SINCE = (3, 51, 3)


def sqlite_is_sound(version: tuple[int, int, int]) -> bool:
    """Whether that SQLite keeps a database in WAL mode whole under concurrent writers."""
    return version >= _SOUND_SINCE or version[2] >= _SOUND_SQLITE.get(version[:2], 1000)


@checks.register(checks.Tags.compatibility)
def check_sqlite_version(app_configs=None, **kwargs):
    """newsroom.W001 while developing, newsroom.E001 in production: SQLite that may corrupt its log."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3") or database["NAME"] == ":memory:":  # which has no such log
        return []
    if sqlite_is_sound(sqlite3.sqlite_version_info):
        return []
    kind, identity = (checks.Warning, "newsroom.W001") if settings.DEBUG else (checks.Error, "newsroom.E001")
    return [
        kind(
            f"SQLite {sqlite3.sqlite_version} may corrupt a database in WAL mode under concurrent writers.",
            hint="Use SQLite 3.51.3, 3.50.7 or 3.44.6 or later, or PostgreSQL through DATABASE_URL.",
            id=identity,
        )
    ]


@checks.register()
def check_credit_lines(app_configs=None, **kwargs):
    """newsroom.E003: a house style of credits that cannot be filled in."""
    broken = []
    for name in ("CREDIT_LINE", "FILE_CREDIT_LINE"):
        try:
            getattr(settings, name).format(photographer="Lina Haddad", agency="AFP", credit="AFP")
        except (ValueError, KeyError, IndexError, AttributeError):
            broken.append(
                checks.Error(
                    f"{name} cannot be filled in: it may name photographer, agency and credit in braces.",
                    hint="As it comes: {photographer} / {agency}, and {credit}, file photo.",
                    id="newsroom.E003",
                )
            )
    return broken


@checks.register()
def check_announcing(app_configs=None, **kwargs):
    """newsroom.W003: who is to be told of releases cannot be told where they stand."""
    if settings.SITE_URL or not (settings.WEBSUB_HUB or settings.INDEXNOW_KEY):
        return []
    return [
        checks.Warning(
            "WEBSUB_HUB or INDEXNOW_KEY is set, but SITE_URL is not: nobody is told of releases.",
            hint="Set it in the environment, e.g. SITE_URL=https://news.example.org",
            id="newsroom.W003",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def check_security_contact(app_configs=None, **kwargs):
    """newsroom.W004: whom to tell of a weakness has a date behind us, which says that it holds no longer."""
    if not settings.SECURITY_CONTACT or timezone.now().date() < settings.SECURITY_EXPIRES:
        return []
    return [
        checks.Warning(
            "SECURITY_EXPIRES has passed: /.well-known/security.txt does not count any more.",
            hint="Look whether SECURITY_CONTACT is still right, and set a day within a year.",
            id="newsroom.W004",
        )
    ]


@checks.register(checks.Tags.urls, deploy=True)
def check_site_url(app_configs=None, **kwargs):
    """newsroom.W002: in production, feeds, sitemaps and mail need to know where the site stands."""
    if settings.SITE_URL:
        return []
    return [
        checks.Warning(
            "SITE_URL is not set: feeds and sitemaps take the site's address from whatever name a request used.",
            hint="Set it in the environment, e.g. SITE_URL=https://news.example.org",
            id="newsroom.W002",
        )
    ]
