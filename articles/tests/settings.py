"""The one settings module, as the tests want it: the environment is fixed here, whatever ``.env`` says."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Each process (a worker of pytest-xdist is one) keeps its database and pictures in a folder of its own.
SCRATCH = Path(tempfile.mkdtemp(prefix="newsroom-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

os.environ["DOTENV"] = ""  # none
os.environ["SECRET_KEY"] = "only-for-tests-only-for-tests-only-for-tests-0123456789"
os.environ["DEBUG"] = "false"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["SECURE_SSL_REDIRECT"] = "false"
os.environ["SITE_URL"] = os.environ["PURGE"] = ""
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{SCRATCH}/unused.sqlite3"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["EMAIL_URL"] = "consolemail://"
os.environ["MEDIA"] = str(SCRATCH / "media")
os.environ["NEWSROOM_TIME_ZONE"] = "Asia/Beirut"

from newsroom.settings import *  # noqa: E402
from newsroom.settings import DATABASES, STORAGES  # noqa: E402

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; nobody logs in from outside
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of one test must be real writers to one database.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    # The machine may lose power during a test.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    # As above: what a test commits need not reach the disk.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
    # Two runs on one server must not drop each other's database; xdist adds the worker's name.
    DATABASES["default"]["TEST"] = {"NAME": f"test_newsroom_{os.getpid()}"}
