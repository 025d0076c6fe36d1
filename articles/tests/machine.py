"""What this machine has for the tests. Standard library alone: ``.ci/test.py`` reads it before Django is there."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"

# Whoever sets it wants every test run, and a failure where one cannot be.
NOTHING_LEFT_OUT = os.environ.get("NOTHING_LEFT_OUT", "") not in ("", "0")


def chromium() -> str | None:
    """The browser's path: ``CHROMIUM``, or the first that is installed; None where there is none."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def varnish() -> str | None:
    """The HTTP cache's path, or None where it, or its module for keys, is not installed."""
    modules = (
        *Path("/usr/lib").glob("*/varnish/vmods/libvmod_xkey.so"),
        *Path("/usr/lib/varnish/vmods").glob("*xkey*"),
    )
    return shutil.which("varnishd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") if modules else None
