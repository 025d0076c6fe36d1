"""Settings from the environment: each variable's good values, and a sentence that names it for bad ones."""

import json
import subprocess
import sys

import pytest

from .machine import ROOT

PRODUCTION = {
    "DOTENV": "",  # no developer's own .env
    "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests-0123456789",
    "ALLOWED_HOSTS": "news.example.org",
    "DATABASE_URL": "postgres://newsroom@db:5432/newsroom",
}


def run(*words, **environment):
    """What a process of ours does in that environment and no other; a variable set to None is taken out."""
    environment = {name: value for name, value in {**PRODUCTION, **environment}.items() if value is not None}
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True)


def refusal(**environment):
    """The sentence with which manage.py refuses to start."""
    result = run("manage.py", "check", **environment)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr.strip()


def setting(name, **environment):
    """A setting as that environment makes it."""
    code = f"import json; from newsroom import settings; print(json.dumps(settings.{name}, default=str))"
    result = run("-c", code, **environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_production_does_not_start_without(name, value):
    assert refusal(**{name: value}).startswith(f"{name} is not set. Set it in the environment or in .env, e.g. {name}=")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("BEHIND_PROXY", "2"),
        ("SECURE_SSL_REDIRECT", "nope"),
        ("SECURE_HSTS_SECONDS", "a year"),
        ("SECURE_HSTS_SECONDS", "-1"),
        ("ALLOWED_HOSTS", "https://news.example.org"),
        ("ALLOWED_HOSTS", "news.example.org:8000"),
        ("ALLOWED_HOSTS", ","),
        ("CSRF_TRUSTED_ORIGINS", "news.example.org"),
        ("FEED_TEXT", "all"),
        ("WEBSUB_HUB", "hub.example.org"),
        ("INDEXNOW_KEY", "short"),
        ("INDEXNOW_KEY", "../../robots"),
        ("SECURITY_CONTACT", "security@example.org"),
        ("SECURITY_EXPIRES", "next year"),
        ("MEDIA_HOSTS", "media.example.org"),
        ("SITE_URL", "news.example.org"),
        ("SITE_URL", "https://news.example.org/site"),
        ("NEWSROOM_TIME_ZONE", "Beirut"),
        ("NEWSROOM_TIME_ZONE", "../../etc/passwd"),
        ("DATABASE_URL", "newsroom.sqlite3"),
        ("DATABASE_URL", "mysql://db/newsroom"),
        ("DATABASE_URL", "postgres://db:5432"),
        ("DATABASE_URL", "postgres://db:port/newsroom"),
        ("DATABASE_URL", "postgres://newsroom:pass/word@db/newsroom"),
        ("DATABASE_URL", "sqlite://newsroom.sqlite3"),
        ("CACHE_URL", "redis"),
        ("CACHE_URL", "redis://"),
        ("CACHE_URL", "redis://localhost:port"),
        ("CACHE_URL", "memcached://localhost"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "imap://mail.example.org"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://mail.example.org:port"),
        ("EMAIL_URL", "smtp://mail.example.org?colour=blue"),
        ("MEDIA", "media"),
        ("MEDIA", "ftp://host/media"),
        ("MEDIA", "s3://"),
        ("MEDIA", "s3://bucket/folder"),
        ("MEDIA", "s3://bucket?colour=blue"),
        ("MEDIA", "s3://bucket?endpoint=host"),
    ],
)
def test_a_malformed_value_is_refused_with_the_name_of_its_variable(name, value):
    sentence = refusal(**{name: value})
    assert sentence.startswith(f"{name} is malformed. It should look like {name}=")
    assert "pass/word" not in sentence


def test_a_dotenv_file_that_is_not_there_is_named():
    assert refusal(DOTENV="elsewhere.env").startswith("DOTENV names a file that is not there: ")


def test_a_server_fails_with_the_same_sentence():
    result = run("-c", "import newsroom.wsgi", DATABASE_URL="mysql://newsroom:secret@db/newsroom")
    assert "ImproperlyConfigured: DATABASE_URL is malformed." in result.stderr
    assert "secret" not in result.stderr


def test_debug_is_off_unless_it_is_turned_on():
    assert setting("DEBUG") is False
    assert setting("DEBUG", DEBUG="true") is True


def test_while_developing_a_secret_key_is_enough():
    alone = {"DEBUG": "true", "ALLOWED_HOSTS": None, "DATABASE_URL": None}
    assert setting("DATABASES['default']['NAME']", **alone) == str(ROOT / "newsroom.sqlite3")
    assert setting("ALLOWED_HOSTS", **alone) == ["localhost", "127.0.0.1", "[::1]"]


def test_the_process_wins_over_the_dotenv_file(tmp_path):
    dotenv = tmp_path / "test.env"
    dotenv.write_text('SITE_NAME="The Harbour"\nNEWSROOM_TIME_ZONE=Asia/Beirut\n')
    names = "[settings.SITE_NAME, settings.TIME_ZONE]"
    code = f"import json; from newsroom import settings; print(json.dumps({names}))"
    result = run("-c", code, DOTENV=str(dotenv), NEWSROOM_TIME_ZONE="Africa/Tunis")
    assert json.loads(result.stdout) == ["The Harbour", "Africa/Tunis"]


def test_a_value_is_taken_as_it_stands():
    assert setting("SECRET_KEY", SECRET_KEY="$HOME#+%20 é") == "$HOME#+%20 é"


@pytest.mark.parametrize("password", ["p@ss", "a/b", "a:b", "a+b", "50%", "a#b?c", "é ü"])
def test_a_password_may_hold_any_character_percent_encoded(password):
    from urllib.parse import quote

    encoded = quote(password, safe="+")
    database = setting("DATABASES['default']", DATABASE_URL=f"postgres://desk:{encoded}@db:5433/newsroom")
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("desk", password, "db")
    assert (database["PORT"], database["NAME"]) == (5433, "newsroom")
    assert setting("EMAIL_HOST_PASSWORD", EMAIL_URL=f"smtp+tls://desk:{encoded}@mail") == password


def test_databases_are_set_up_for_concurrent_writers():
    sqlite = setting("DATABASES['default']", DATABASE_URL="sqlite:////var/lib/newsroom.sqlite3")
    assert sqlite["NAME"] == "/var/lib/newsroom.sqlite3"
    assert sqlite["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "recursive_triggers=ON"):
        assert pragma in sqlite["OPTIONS"]["init_command"]
    postgresql = setting("DATABASES['default']", DATABASE_URL="postgres://db/newsroom?sslmode=require")
    assert postgresql["OPTIONS"] == {"sslmode": "require"}
    assert (postgresql["CONN_MAX_AGE"], postgresql["CONN_HEALTH_CHECKS"]) == (None, True)
    assert "ATOMIC_REQUESTS" not in postgresql


def test_redis_is_reached_by_djangos_own_client():
    address = "rediss://:p%40ss@cache:6380/2"
    assert setting("CACHES['default']", CACHE_URL=address) == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
    }
    assert setting("CACHES['default']['LOCATION']", CACHE_URL="unix:///run/redis.sock") == "unix:///run/redis.sock"


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail", 25, False, False),
        ("smtp+tls://mail", 587, True, False),
        ("smtp+ssl://mail", 465, False, True),
        ("smtp+tls://mail:2525", 2525, True, False),
    ],
)
def test_mail_goes_to_the_usual_port_unless_told_otherwise(address, port, tls, ssl):
    names = "EMAIL_PORT, getattr(settings, 'EMAIL_USE_TLS', False), getattr(settings, 'EMAIL_USE_SSL', False)"
    code = f"import json; from newsroom import settings; print(json.dumps([settings.{names}]))"
    assert json.loads(run("-c", code, EMAIL_URL=address).stdout) == [port, tls, ssl]


def test_pictures_are_kept_in_a_folder():
    storages = setting("STORAGES", MEDIA="/srv/media")
    assert storages["originals"]["OPTIONS"] == {"location": "/srv/media/originals", "base_url": None}
    assert storages["renditions"]["OPTIONS"] == {"location": "/srv/media/renditions", "base_url": "/media/"}


def test_pictures_are_kept_in_a_bucket():
    media = "s3://pictures?endpoint=https://s3.example.org&public=https://media.example.org"
    code = (
        "import django; django.setup(); from django.core.files.storage import storages as s;"
        "print(s['renditions'].url('ab/abc.avif')); print(s['originals'].url('2026/x.jpeg'))"
    )
    credentials = {"AWS_ACCESS_KEY_ID": "key-of-the-desk", "AWS_SECRET_ACCESS_KEY": "secret"}
    result = run("-c", code, MEDIA=media, DJANGO_SETTINGS_MODULE="newsroom.settings", **credentials)
    public, private = result.stdout.split()
    assert public == "https://media.example.org/renditions/ab/abc.avif"
    assert private.startswith("https://s3.example.org/pictures/originals/2026/x.jpeg?")
    assert "key-of-the-desk" in private  # signed with the standard variables


def test_cookies_and_addresses_are_for_https_in_production_alone():
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert all(setting(name) is True for name in names)
    code = f"from newsroom import settings; print([hasattr(settings, name) for name in {names}])"
    assert run("-c", code, DEBUG="true").stdout.strip() == "[False, False, False]"
