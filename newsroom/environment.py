"""Settings from the environment, each with an error that names the variable and says what it should look like."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

# What django-environ raises on words it cannot read.
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, environ.ImproperlyConfigured)


class Environment:
    """Reads variables from the process and from ``.env``; the process wins."""

    def __init__(self, dotenv: Path):
        self.env = environ.Env()
        if dotenv.is_file():
            environ.Env.read_env(dotenv, overwrite=False)

    def __contains__(self, name):
        return self.env.ENVIRON.get(name, "") != ""

    def _read(self, name, reader, example, default):
        if name not in self:
            if default is None:
                raise ImproperlyConfigured(f"{name} is not set. Set it in the environment or in .env, e.g. {example}")
            return default
        try:
            return reader(name)
        except _MALFORMED as error:
            raise ImproperlyConfigured(f"{name} is malformed. It should look like {example}") from error

    def text(self, name, example, default=None):
        return self._read(name, self.env.str, f"{name}={example}", default)

    def boolean(self, name, default):
        def read(name):
            word = self.env.str(name).strip().lower()
            if word in ("1", "true", "yes", "on"):
                return True
            if word in ("0", "false", "no", "off"):
                return False
            raise ValueError(word)

        return self._read(name, read, f"{name}=true or {name}=false", default)

    def words(self, name, example, default=None):
        """A list, separated by commas."""
        value = self._read(name, self.env.list, f"{name}={example}", default)
        return [word.strip() for word in value if word.strip()]

    def number(self, name, default):
        return self._read(name, self.env.int, f"{name}={default}", default)

    def time_zone(self, name, default):
        def read(name):
            value = self.env.str(name)
            try:
                ZoneInfo(value)
            except Exception as error:  # zoneinfo raises several kinds for a bad key
                raise ValueError(value) from error
            return value

        return self._read(name, read, f"{name}=Asia/Beirut", default)

    def database(self, name, default):
        value = self._read(
            name,
            lambda name: self.env.db_url(name),
            f"{name}=postgres://user:password@host:5432/newsroom or {name}=sqlite:////var/lib/newsroom.sqlite3",
            None if default is None else environ.Env.db_url_config(default),
        )
        if not value.get("ENGINE") or not value.get("NAME"):
            raise ImproperlyConfigured(
                f"{name} is malformed. It should look like {name}=postgres://user:password@host:5432/newsroom"
            )
        return value

    def cache(self, name, default):
        example = f"{name}=redis://127.0.0.1:6379/1 or {name}=locmemcache://"
        value = self._read(name, lambda name: self.env.cache_url(name), example, environ.Env.cache_url_config(default))
        if value["BACKEND"].startswith("django_redis"):
            # Django's own client does what we need; the address is all that it takes.
            value = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value["LOCATION"]}
        return value

    def email(self, name, default):
        example = f"{name}=smtp+tls://user:password@host:587 or {name}=consolemail://"
        return self._read(name, lambda name: self.env.email_url(name), example, environ.Env.email_url_config(default))

    def media(self, name, default):
        """Where pictures are kept: a folder, or an S3-style bucket. Gives STORAGES' two entries for them."""
        value = self.text(name, "/var/lib/newsroom/media or s3://bucket?endpoint=https://host", str(default))
        parts = urlsplit(value)
        if parts.scheme == "s3":
            options = {key: values[0] for key, values in parse_qs(parts.query).items()}
            if not parts.netloc or set(options) - {"endpoint", "region"}:
                raise ImproperlyConfigured(
                    f"{name} is malformed. It should look like {name}=s3://bucket?endpoint=https://host&region=eu-1"
                )
            common = {
                "bucket_name": parts.netloc,
                "endpoint_url": options.get("endpoint"),
                "region_name": options.get("region"),
                "default_acl": None,
                "file_overwrite": False,
            }
            backend = "storages.backends.s3.S3Storage"
            return {
                "originals": {"BACKEND": backend, "OPTIONS": {**common, "location": "originals"}},
                "renditions": {"BACKEND": backend, "OPTIONS": {**common, "location": "renditions"}},
            }
        if parts.scheme not in ("", "file") or not parts.path.startswith("/"):
            raise ImproperlyConfigured(f"{name} is malformed. It should be an absolute folder or s3://bucket")
        folder = Path(parts.path)
        backend = "django.core.files.storage.FileSystemStorage"
        return {
            "originals": {"BACKEND": backend, "OPTIONS": {"location": folder / "originals", "base_url": None}},
            "renditions": {"BACKEND": backend, "OPTIONS": {"location": folder / "renditions", "base_url": "/media/"}},
        }
