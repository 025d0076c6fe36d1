"""Makes ``.venv`` with what requirements.txt names, and ``.env`` for a machine where somebody tries things out.

Runs on the machine's own python3, before anything is installed, so it uses the standard library alone. Does nothing
where nothing has changed. ``--dev`` adds what the tests need.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


def main(words):
    if sys.version_info < OLDEST:
        sys.exit(
            "The newsroom needs Python {}.{} or newer; this is {}. Name another: make run PYTHON=python3.13".format(
                *OLDEST, sys.version.split()[0]
            )
        )
    install("requirements-dev.txt" if "--dev" in words else "requirements.txt")
    if "--dotenv" in words:
        write_dotenv(ROOT / ".env")


def install(name):
    """Bring ``.venv`` up to what that file names, unless it is so already."""
    wanted = fingerprint(name)
    stamp = VENV / f".installed-{name}"
    if not venv_is_ours():
        make_venv()
    elif stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing {name} …", flush=True)
    # Not compiled here: Python compiles what is really imported, when it is; the rest of it never is.
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "-r", name]
    if subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(f"pip could not install {name}. Is the package index to be reached? Its own words are above.")
    stamp.write_text(wanted)
    if name != "requirements.txt":  # which it includes
        (VENV / ".installed-requirements.txt").write_text(fingerprint("requirements.txt"))


def fingerprint(name):
    """Of every line that is installed."""
    digest = hashlib.sha256()
    for file in dict.fromkeys(("requirements.txt", name)):
        digest.update((ROOT / file).read_bytes())
    return digest.hexdigest()


def venv_is_ours():
    """Whether there is a ``.venv``, made with a Python like the one that is running."""
    settings = VENV / "pyvenv.cfg"
    version = "version = {}.{}.".format(*sys.version_info)
    return PYTHON.exists() and settings.exists() and version in settings.read_text()


def make_venv():
    print("Making .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    result = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if result.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"{result.stdout}{result.stderr}\n"
            "python3 could not make a virtual environment. On Debian and Ubuntu: apt-get install -y python3-venv"
        )


def write_dotenv(path):
    """Settings of this clone, where there are none yet. ``.env`` is git-ignored and readable by its owner alone."""
    if path.exists():
        return
    lines = [
        "# Written by “make run” for this clone. README.md says what else may stand here.",
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        "DEBUG=true",
        "DATABASE_URL=sqlite:///newsroom.sqlite3",
    ]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print("Wrote .env", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
