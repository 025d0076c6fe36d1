"""Settings from the environment, each with an error that names the variable and says what it should look like."""

import os
import re
import warnings
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

_FILES = "django.core.files.storage.FileSystemStorage"
_S3 = "storages.backends.s3.S3Storage"
_HOST = re.compile(r"\*|\.?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]")
_BOOLEANS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_SMTP_PORTS = {"smtp": 25, "smtps": 587, "smtp+tls": 587, "smtp+ssl": 465}


class Malformed(Exception):
    """What a variable holds cannot be read."""


class Environment:
    """Reads variables from the process and from a ``.env`` file; the process wins. An empty variable is not set.

    Every method takes the variable's name and a default; where that is None, the variable must be set. Raises
    ``ImproperlyConfigured``, with a sentence that never repeats the value: it may hold a password.
    """

    def __init__(self, root: Path):
        self.root = root
        # Another file than the clone's own, or none if it is empty: tests depend on no developer's settings.
        name = os.environ.get("DOTENV", ".env")
        dotenv = root / name
        if name and dotenv.is_file():
            environ.Env.read_env(dotenv, overwrite=False)
        elif "DOTENV" in os.environ and name:
            raise ImproperlyConfigured(f"DOTENV names a file that is not there: {dotenv}")

    def _read(self, name, default, example, reader=str):
        value = os.environ.get(name, "").strip()
        if value == "":
            if default is None:
                raise ImproperlyConfigured(
                    f"{name} is not set. Set it in the environment or in .env, e.g. {name}={example}"
                )
            return default
        try:
            return reader(value)
        except (Malformed, ValueError, KeyError, TypeError, AttributeError, environ.ImproperlyConfigured):
            raise ImproperlyConfigured(f"{name} is malformed. It should look like {name}={example}") from None

    def text(self, name, default=None, *, example, pattern=None):
        """A text; one that matches the pattern, if one is given."""

        def read(value):
            return _require(pattern is None or re.fullmatch(pattern, value), value)

        return self._read(name, default, example, read)

    def choice(self, name, default, among):
        """One of these words."""
        return self._read(name, default, f" or {name}=".join(among), lambda value: _require(value in among, value))

    def day(self, name, default, *, example):
        """A day of the calendar, as 2027-06-30; "" if there is none."""
        return self._read(name, default, example, date.fromisoformat)

    def boolean(self, name, default):
        return self._read(name, default, f"true or {name}=false", lambda value: _BOOLEANS[value.lower()])

    def number(self, name, default):
        def read(value):
            return _require(int(value) >= 0, int(value))

        return self._read(name, default, str(default), read)

    def words(self, name, default=None, *, example, pattern=None):
        """A list, separated by commas; each word matches the pattern, if one is given."""

        def read(value):
            words = [word.strip() for word in value.split(",") if word.strip()]
            return _require(words and all(pattern is None or re.fullmatch(pattern, word) for word in words), words)

        return self._read(name, default, example, read)

    def hosts(self, name, default=None):
        """Host names, without scheme and port."""
        return self.words(name, default, example="news.example.org,www.example.org", pattern=_HOST)

    def origins(self, name, default=None, *, example):
        """Addresses of servers, with their scheme and without a path."""
        return self.words(name, default, example=example, pattern=r"https?://[^\s/?#@]+")

    def origin(self, name, default=None, *, example):
        """The address of one server, without the slash at its end; "" if there is none."""

        def read(value):
            return _require(re.fullmatch(r"https?://[^\s/?#@,]+/?", value), value.rstrip("/"))

        return self._read(name, default, example, read)

    def time_zone(self, name, default):
        def read(value):
            try:
                return ZoneInfo(value).key
            except Exception:  # noqa: BLE001 - zoneinfo raises several kinds for a bad key
                raise Malformed from None

        return self._read(name, default, "Asia/Beirut", read)

    def database(self, name, default):
        example = (
            f"postgres://user:password@host:5432/newsroom or {name}=sqlite:////var/lib/newsroom.sqlite3"
            " (percent-encode what is special in a password)"
        )
        return self._read(name, default and self._database(default), example, self._database)

    def _database(self, value):
        scheme, rest = _address(value, ("postgres", "postgresql", "sqlite"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            config = environ.Env.db_url_config(f"{scheme}://{rest}")
        _require(config.get("NAME"))
        if scheme == "sqlite":
            _require(rest.startswith("/") or rest == ":memory:")
            if config["NAME"] != ":memory:":  # what is relative is so to the project, wherever one stands
                config["NAME"] = str(self.root / config["NAME"])
        return config

    def cache(self, name, default):
        def read(value):
            scheme, rest = _address(value, ("redis", "rediss", "unix", "locmemcache", "dummycache"))
            if scheme in ("locmemcache", "dummycache"):
                kind = {"locmemcache": "locmem.LocMemCache", "dummycache": "dummy.DummyCache"}[scheme]
                return {"BACKEND": f"django.core.cache.backends.{kind}"}
            parts = urlsplit(value)
            _require(rest.startswith("/") if scheme == "unix" else parts.hostname and (parts.port or True))
            return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}

        return self._read(name, read(default), f"redis://127.0.0.1:6379/1 or {name}=locmemcache://", read)

    def email(self, name, default):
        """Django's EMAIL_* settings."""

        def read(value):
            scheme, rest = _address(value, (*_SMTP_PORTS, "consolemail", "filemail", "memorymail", "dummymail"))
            config = environ.Env.email_url_config(f"{scheme}://{rest}")
            _require("OPTIONS" not in config)
            if scheme in _SMTP_PORTS:
                _require(config["EMAIL_HOST"])
                config["EMAIL_PORT"] = config["EMAIL_PORT"] or _SMTP_PORTS[scheme]
                config.setdefault("EMAIL_TIMEOUT", 10)
            return config

        example = f"smtp+tls://user:password@host:587 or {name}=consolemail://"
        return self._read(name, read(default), example, read)

    def media(self, name, default):
        """Where pictures are kept: a folder, or an S3-style bucket. Gives STORAGES' two entries for them.

        Of a bucket, ``renditions/`` must be readable by everybody (a bucket policy) and ``originals/`` by nobody;
        ``public`` is the address under which readers get the bucket, where that is not the endpoint's.
        """

        def read(value):
            if value.startswith("s3://"):
                return _bucket(value)
            _require(os.path.isabs(value))
            return {
                name: {"BACKEND": _FILES, "OPTIONS": {"location": Path(value) / name, "base_url": address}}
                for name, address in (("originals", None), ("renditions", "/media/"))
            }

        example = (
            f"/var/lib/newsroom/media or {name}=s3://bucket?endpoint=https://host&region=eu-1&public=https://media.host"
        )
        return self._read(name, read(str(default)), example, read)


def _bucket(value):
    # Who the application is to the bucket stands in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as everywhere.
    parts = urlsplit(value)
    options = {key: values[0] for key, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
    _require(parts.netloc and parts.path in ("", "/") and not set(options) - {"endpoint", "region", "public"})
    for address in (options.get("endpoint"), options.get("public")):
        _require(address is None or re.fullmatch(r"https?://[^\s/?#@]+", address))
    common = {
        "bucket_name": parts.netloc,
        "endpoint_url": options.get("endpoint"),
        "region_name": options.get("region"),
        "default_acl": None,
        "file_overwrite": False,
    }
    public = urlsplit(options.get("public", ""))
    return {
        "originals": {"BACKEND": _S3, "OPTIONS": {**common, "location": "originals"}},
        "renditions": {
            "BACKEND": _S3,
            "OPTIONS": {
                **common,
                "location": "renditions",
                "querystring_auth": False,  # one address for all readers and their caches
                "custom_domain": public.netloc or None,
                "url_protocol": f"{public.scheme or 'https'}:",
                "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
            },
        },
    }


def _address(value, schemes):
    """(scheme, rest) of an address of one of those schemes; a plus in a password stays a plus."""
    scheme, separator, rest = value.partition("://")
    _require(separator and scheme in schemes)
    return scheme, rest.replace("+", "%2B")


def _require(condition, value=None):
    if not condition:
        raise Malformed
    return value
