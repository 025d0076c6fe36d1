"""manage.py run_demo — the whole newsroom on this machine, with its demo. What ``make run`` calls."""

import os
import secrets
import signal
import socket
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.demo.newsroom import ACCOUNTS, open_newsroom


class Command(BaseCommand):
    help = "Migrate, fill the newsroom with its demo, and serve it with a worker beside. Only where DEBUG is on."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--prepare-only", action="store_true", help="fill the newsroom and do not serve it")

    def handle(self, *, port, prepare_only, **options):
        if not settings.DEBUG:
            raise CommandError("The demo runs only where DEBUG is on: its accounts share one password.")
        if not prepare_only and _is_taken(port):
            raise CommandError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
        call_command("migrate", verbosity=0, skip_checks=True)
        password = self._password()
        open_newsroom(password, say=self.stdout.write)
        self._say_where(port, password)
        if not prepare_only:
            self._serve(port)

    def _password(self):
        """Everybody's password: from the environment, or made up; kept in .env, so that the next run has the same."""
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        dotenv = settings.BASE_DIR / ".env"
        before = dotenv.read_text("utf-8") if dotenv.is_file() else ""
        kept = [line for line in before.splitlines() if not line.startswith("DEMO_PASSWORD=")]
        after = "\n".join([*kept, f"DEMO_PASSWORD='{password}'", ""])
        if after != before:
            dotenv.touch(0o600)
            dotenv.write_text(after, "utf-8")
        return password

    def _say_where(self, port, password):
        lines = [
            "",
            f"The site:  http://localhost:{port}/",
            f"The desk:  http://localhost:{port}/admin/",
            f"Sign in as any of these, with the password {password}",
            *(f"  {account.username:12} {account.group}" for account in ACCOUNTS),
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _serve(self, port):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        # So that the worker finds the site, to look where each story shows.
        settings.SITE_URL = settings.SITE_URL or f"http://localhost:{port}"
        environment = {**os.environ, "SITE_URL": settings.SITE_URL}
        beside = [
            subprocess.Popen([*manage, *words], stdout=subprocess.DEVNULL, env=environment)
            for words in (["db_worker", "--no-reload"], ["every_minute", "--forever"])
        ]
        try:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)
        finally:
            for process in beside:
                process.terminate()
            for process in beside:
                process.wait(timeout=10)


def _is_taken(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
