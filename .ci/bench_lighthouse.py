"""What Lighthouse says of a page on a telephone, where it is there: ``npm install -g lighthouse``. For bench_site.py.

``LIGHTHOUSE`` may name it. It drives the system's Chromium; ``CHROMIUM`` may name that.
"""

import json
import os
import shutil
import subprocess

LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
LATEST, SHIFT = 1.2, 0.0  # seconds to the largest thing of a page; how much of it moves after that


def program() -> str | None:
    return shutil.which(os.environ.get("LIGHTHOUSE", "lighthouse"))


def look(address: str) -> dict:
    """Lighthouse's report on that page, with its mobile profile, as it writes it. Raises where it could not look."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome-stable") or ""
    command = [program(), address, "--output=json", "--quiet", f"--only-categories={','.join(LEAST)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage"]
    environment = {**os.environ, "CHROME_PATH": browser}
    return json.loads(subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, timeout=300).stdout)


def lines(what: str, report: dict):
    from bench import at_most, line

    for name, least in LEAST.items():
        score = round((report["categories"][name]["score"] or 0) * 100)
        yield line(f"Lighthouse, {what}: {name}", f"{score}", f"at least {least}", score >= least)
        for problem in problems(report, name):
            yield line(f"  {problem}", "")
    seconds = report["audits"]["largest-contentful-paint"]["numericValue"] / 1000
    yield at_most(f"Lighthouse, {what}: largest contentful paint", seconds, LATEST, "s", digits=2)
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    yield at_most(f"Lighthouse, {what}: cumulative layout shift", shift, SHIFT, digits=3)


def problems(report, category):
    """What was not found to be in order, and counts."""
    for one in report["categories"][category]["auditRefs"]:
        audit = report["audits"][one["id"]]
        if one["weight"] and audit["score"] is not None and audit["score"] < 0.9:
            yield f"{category}: {audit['title']} ({audit.get('displayValue', '')})"
