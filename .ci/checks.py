"""What a release must pass beside the tests: no migration is missing, and production settings have no warning."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# As a newsroom would set them; no server is asked for anything.
PRODUCTION = {
    "DOTENV": "",
    "DEBUG": "false",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "news.example.org",
    "SITE_URL": "https://news.example.org",
    "DATABASE_URL": "postgres://newsroom@localhost:5432/newsroom",
    "CACHE_URL": "redis://localhost:6379/1",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "BEHIND_PROXY": "true",
}


def main():
    # Beside PostgreSQL, makemigrations would want to ask the database what it has applied.
    manage("makemigrations", "--check", "--dry-run", DATABASE_URL="sqlite://:memory:")
    manage("check", "--deploy", "--fail-level", "WARNING")
    # Fails where a style sheet names a file that is not there.
    with tempfile.TemporaryDirectory() as folder:
        manage("collectstatic", "--noinput", "--verbosity", "0", STATIC_ROOT=folder)


def manage(*words, **environment):
    print(f"+ manage.py {' '.join(words)}", flush=True)
    result = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env={**os.environ, **PRODUCTION, **environment}
    )
    if result.returncode:
        sys.exit(result.returncode)


if __name__ == "__main__":
    main()
