"""System checks: what is misconfigured is said, with an id and a hint, before anybody meets it."""

import sqlite3
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import pytest

from articles import checks

from .machine import ROOT
from .test_settings import PRODUCTION

FILE = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/newsroom.sqlite3"}}
MEMORY = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
SERVER = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "newsroom"}}


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_sound_versions_of_sqlite(version, sound):
    assert checks.sqlite_is_sound(version) is sound


@pytest.fixture
def configured(monkeypatch):
    """Sets what the checks see of this machine and its settings."""

    def configure(*, sqlite="3.40.1", **settings):
        monkeypatch.setattr(sqlite3, "sqlite_version", sqlite)
        monkeypatch.setattr(sqlite3, "sqlite_version_info", tuple(map(int, sqlite.split("."))))
        monkeypatch.setattr(checks, "settings", SimpleNamespace(**settings))

    return configure


@pytest.mark.parametrize(("debug", "identity"), [(True, "newsroom.W001"), (False, "newsroom.E001")])
def test_unsound_sqlite_is_a_warning_while_developing_and_an_error_in_production(configured, debug, identity):
    configured(DEBUG=debug, DATABASES=FILE)
    (message,) = checks.check_sqlite_version()
    assert message.id == identity
    assert "SQLite 3.40.1" in message.msg
    assert "3.51.3" in message.hint


@pytest.mark.parametrize("databases", [SERVER, MEMORY])
def test_sqlite_does_not_matter_where_it_is_not_used(configured, databases):
    configured(DEBUG=False, DATABASES=databases)
    assert checks.check_sqlite_version() == []


def test_sound_sqlite_passes(configured):
    configured(DEBUG=False, DATABASES=FILE, sqlite="3.51.3")
    assert checks.check_sqlite_version() == []


def test_production_without_an_address_is_warned(configured):
    configured(SITE_URL="")
    assert [message.id for message in checks.check_site_url()] == ["newsroom.W002"]
    configured(SITE_URL="https://news.example.org")
    assert checks.check_site_url() == []


def test_production_settings_have_no_warning():
    environment = {**PRODUCTION, "SITE_URL": "https://news.example.org"}
    result = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr


def test_who_is_to_be_told_of_releases_needs_to_know_where_they_stand(configured):
    configured(SITE_URL="", WEBSUB_HUB="https://hub.example.org/", INDEXNOW_KEY="")
    assert [message.id for message in checks.check_announcing()] == ["newsroom.W003"]
    configured(SITE_URL="https://news.example.org", WEBSUB_HUB="https://hub.example.org/", INDEXNOW_KEY="")
    assert checks.check_announcing() == []
    configured(SITE_URL="", WEBSUB_HUB="", INDEXNOW_KEY="")
    assert checks.check_announcing() == []


def test_a_security_contact_whose_day_has_passed_is_said(configured, clock):
    contact = ["mailto:security@example.org"]
    for day, found in ((date(2026, 3, 2), ["newsroom.W004"]), (date(2026, 3, 3), [])):
        configured(SECURITY_CONTACT=contact, SECURITY_EXPIRES=day)
        assert [message.id for message in checks.check_security_contact()] == found
    configured(SECURITY_CONTACT=[], SECURITY_EXPIRES="")
    assert checks.check_security_contact() == []
