"""The codes that providers file stories by: IPTC's Media Topics and Subject Codes, and countries.

``mediatopics.csv`` and ``countries.csv`` are read once, when they are first needed; where they come from stands in
``fixtures/ATTRIBUTION.md``.
"""

import csv
import re
from functools import lru_cache
from pathlib import Path

from articles.text import fold

_HERE = Path(__file__).parent
# A scheme by the end of its address, or by the alias that catalogues usually give it.
_SCHEMES = {
    "mediatopic": "medtop",
    "medtop": "medtop",
    "mediatopics": "medtop",
    "subjectcode": "subj",
    "subjectcodes": "subj",
    "subj": "subj",
    "iptcsubject": "subj",
    "iptc_subject_code": "subj",
    "iso3166-1a2": "iso3166-1a2",
    "iso3166-1a3": "iso3166-1a3",
    "iso3166-1n": "iso3166-1n",
    "country": "country",
    "cntry": "country",
    "countries": "country",
    "iso-cc": "country",
    "isocountry": "country",
    "isocountrycode": "country",
    "iso3166": "country",
    "iso3166-2": "iso3166-2",
}
_OTHER_NAMES = {
    "usa": "US",
    "u s": "US",
    "united states": "US",
    "united states of america": "US",
    "etats unis": "US",
    "britain": "GB",
    "great britain": "GB",
    "united kingdom": "GB",
    "royaume uni": "GB",
    "turkey": "TR",
    "ivory coast": "CI",
    "deutschland": "DE",
    "allemagne": "DE",
    "osterreich": "AT",
    "schweiz": "CH",
    "suisse": "CH",
    "espana": "ES",
    "espagne": "ES",
    "italia": "IT",
    "italie": "IT",
    "belgique": "BE",
    "japon": "JP",
    "chine": "CN",
}
_IPTC_CODE = re.compile(r"\d{8}")
_PROVINCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


def code(printed: str, scheme: str = "", schemes: dict[str, str] | None = None) -> str:
    """A code with its scheme before it, as ``Subject`` and ``Named`` hold it; "" for nothing.

    ``printed`` is a code of that scheme (an alias or an address), or a qcode ("medtop:04000000"), or an address that
    ends in the code. ``schemes`` are the document's own aliases with their addresses. A country is always given as
    "iso3166-1a2:SY", a province as "iso3166-2:SY-HL"; what is not known is given as it came.
    """
    printed, scheme = printed.strip(), scheme.strip()
    if not printed:
        return ""
    whole = f"{scheme}:{printed}" if scheme else printed
    if not scheme and "://" in printed:
        scheme, _, printed = printed.rstrip("/").rpartition("/")
    elif not scheme and ":" in printed:
        scheme, _, printed = printed.partition(":")
    address = (schemes or {}).get(scheme, scheme)
    known = _SCHEMES.get(address.rstrip("/").rpartition("/")[2].lower())
    if not known and _IPTC_CODE.fullmatch(printed) and (not scheme or "iptc" in address.lower()):
        known = "medtop" if printed in _topics() else "subj"
    if known in ("medtop", "subj") and (number := re.search(r"\d{8}", printed)):
        return f"{'medtop' if number[0].startswith('2') else known}:{number[0]}"
    if known and known not in ("medtop", "subj"):
        if _PROVINCE.fullmatch(printed.upper()):
            return f"iso3166-2:{printed.upper()}"
        if alpha2 := country(printed):
            return f"iso3166-1a2:{alpha2}"
    return whole


def topics(subject: str) -> list[str]:
    """The Media Topics that a code stands for, the code itself first, then ever broader ones; [] for other schemes.

    An IPTC Subject Code gives the topic it became, or that of the subject above it.
    """
    scheme, _, number = subject.partition(":")
    if scheme == "subj":
        found = next((one for one in (number, f"{number[:5]}000", f"{number[:2]}000000") if one in _by_subject()), "")
        number = _by_subject().get(found, "")
    elif scheme != "medtop":
        return []
    line = []
    while number and f"medtop:{number}" not in line:
        line.append(f"medtop:{number}")
        number = _topics().get(number, "")
    return line


def country(printed: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country by any of its codes, or by its name in English; "" if there is none."""
    printed = printed.strip()
    return _countries().get(printed.upper(), "") or _country_names().get(fold(printed), "")


@lru_cache(maxsize=1)
def _topics() -> dict[str, str]:
    return {row["topic"]: row["broader"] for row in _rows("mediatopics.csv")}


@lru_cache(maxsize=1)
def _by_subject() -> dict[str, str]:
    found = {}
    for row in _rows("mediatopics.csv"):
        if row["subject_code"]:
            found.setdefault(row["subject_code"], row["topic"])
    # The seventeen top subjects kept their numbers.
    return found | {topic: topic for topic, broader in _topics().items() if not broader}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    codes = {}
    for row in _rows("countries.csv"):
        for name in ("alpha2", "alpha3", "number"):
            if row[name]:
                codes[row[name]] = row["alpha2"]
    return codes | {"UK": "GB"}


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names = {fold(row["name"]): row["alpha2"] for row in _rows("countries.csv")}
    return names | _OTHER_NAMES


def _rows(name):
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
