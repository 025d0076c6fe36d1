"""One settings module for every machine: what differs between machines comes from the environment (see README)."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from newsroom.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(BASE_DIR)

# --- this machine -------------------------------------------------------------------------------------------------

SECRET_KEY = env.text("SECRET_KEY", example="a-long-random-text")
DEBUG = env.boolean("DEBUG", False)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else None)
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", [], example="https://news.example.org")
DATABASES = {"default": env.database("DATABASE_URL", "sqlite:///newsroom.sqlite3" if DEBUG else None)}
CACHES = {"default": env.cache("CACHE_URL", "locmemcache://")}
vars().update(env.email("EMAIL_URL", "consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("FROM_EMAIL", "newsroom@localhost", example="newsroom@example.org")
SITE_NAME = env.text("SITE_NAME", "The Meridian", example="The Meridian")
SITE_URL = env.origin("SITE_URL", "", example="https://news.example.org")
TIME_ZONE = env.time_zone("NEWSROOM_TIME_ZONE", "UTC")
# Servers inside the newsroom's own network that copy may be fetched from and sent to; all others there are refused.
PRIVATE_SERVERS = frozenset(
    env.words("PRIVATE_SERVERS", [], example="wire.example.org:8443", pattern=r"[^\s/?#@,:]+:\d{1,5}")
)
# What feeds give of each story: its summary, or its full text.
FEED_TEXT = env.choice("FEED_TEXT", "summary", ("summary", "full"))
# Who is told of each release at once, besides who asks: the hub of our feeds (WebSub), and search engines (IndexNow).
WEBSUB_HUB = env.text("WEBSUB_HUB", "", example="https://hub.example.org/", pattern=r"https?://[^\s#@]+")
INDEXNOW_KEY = env.text("INDEXNOW_KEY", "", example="8f0c9d2e4b6a4d18", pattern=r"[A-Za-z0-9-]{8,128}")
INDEXNOW_SERVER = env.text(
    "INDEXNOW_SERVER",
    "https://api.indexnow.org/indexnow",
    example="https://api.indexnow.org/indexnow",
    pattern=r"https?://[^\s#@]+",
)
# Whom to tell of a weakness in the site, and until when that holds: /.well-known/security.txt (RFC 9116).
SECURITY_CONTACT = env.words(
    "SECURITY_CONTACT", [], example="mailto:security@example.org", pattern=r"(?:mailto:|https://|tel:)[^\s,]+"
)
SECURITY_EXPIRES = env.day("SECURITY_EXPIRES", None if SECURITY_CONTACT else "", example="2027-06-30")
BEHIND_PROXY = env.boolean("BEHIND_PROXY", False)

# --- databases ----------------------------------------------------------------------------------------------------

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers wait for one another from the start of a transaction; the default lets them fail in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # REPLACE passes by the audit log's triggers unless recursive_triggers is on.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", None)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if env.boolean("POOLER", False):  # pgbouncer in transaction mode
        DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True

# --- the application ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "articles",
    "newsroom.apps.NewsroomAdmin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its templates, for the renderer below
    "taggit",
    "js_asset",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
    "csp",
]
# The desk has widgets with templates of its own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
AUTH_USER_MODEL = "articles.User"

MIDDLEWARE = [
    "newsroom.middleware.alive",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.middleware.private_unless_said_otherwise",
    "newsroom.middleware.compress_what_is_public",
    "newsroom.middleware.log_whence",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "newsroom.middleware.text_alone_at_the_desk",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TAGGIT_CASE_INSENSITIVE = False  # Topic.fold_key does it, for every script

TASKS = {
    "default": {
        "BACKEND": env.text(
            "TASK_BACKEND", "django_tasks_db.DatabaseBackend", example="django_tasks_db.DatabaseBackend"
        ),
        # A task is a row of the transaction that asked for it: both are kept, or neither.
        "ENQUEUE_ON_COMMIT": False,
    }
}

# --- languages and time -------------------------------------------------------------------------------------------

USE_I18N = USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]  # editions of the site
# What a story may be written in; the site has an edition for each of LANGUAGES.
COPY_LANGUAGES = [
    *LANGUAGES,
    ("fr", "français"),
    ("es", "español"),
    ("de", "Deutsch"),
    ("fa", "فارسی"),
    ("tr", "Türkçe"),
    ("ru", "русский"),
    ("he", "עברית"),
    ("ur", "اردو"),
    ("pt", "português"),
    ("it", "italiano"),
    ("zh", "中文"),
    ("und", "not known"),
]

# --- caches before the site ---------------------------------------------------------------------------------------

# Which caches are told what to forget, and how: varnish://cache:6081, fastly://service, cloudflare://zone, http://…
PURGE = env.words("PURGE", [], example="varnish://cache:6081", pattern=r"(varnish|http|fastly|cloudflare)://[^\s,@]+")
PURGE_TOKEN = env.text("PURGE_TOKEN", "", example="the token of Fastly's or Cloudflare's interface")
# The headers that carry the keys of a public answer, each with what stands between two of them.
CACHE_KEY_HEADERS = {"Surrogate-Key": " "} | (
    {"Cache-Tag": ","} if any(one.startswith("cloudflare:") for one in PURGE) else {}
)
# How many of the pages that it drew last a process keeps; each is some 40 kB.
PAGES_KEPT = env.number("PAGES_KEPT", 100)

# --- files --------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"), example="/var/lib/newsroom/static")
MEDIA_ROOT = BASE_DIR / "media"
# Where this newsroom publishes, as far as rights to pictures go: codes of countries; none means everywhere.
NEWSROOM_TERRITORIES = env.words("NEWSROOM_TERRITORIES", [], example="LB,FR", pattern=r"[A-Za-z]{2}")
# How a credit is printed where both are known: with {photographer} and {agency}, and {credit} for a file picture's.
CREDIT_LINE = env.text("CREDIT_LINE", "{photographer} / {agency}", example="{photographer} / {agency}")
FILE_CREDIT_LINE = env.text("FILE_CREDIT_LINE", "{credit}, file photo", example="{credit}, file photo")
STORAGES = {
    **env.media("MEDIA", MEDIA_ROOT),
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "newsroom.static.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # the body of a long story with many captions
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# --- security -----------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce is sent only where a page asks for it: the desk, for the body editor's import map.
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, *env.origins("MEDIA_HOSTS", [], example="https://media.example.org")],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "articles.desk.carrying.csrf_failed"
if not DEBUG:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by machines beside this one, without TLS
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
if BEHIND_PROXY:
    # Only where a proxy of ours sets the header on every request, and strips it from what comes in.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGIN_URL = "admin:login"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO" if not DEBUG else "WARNING"},
}
