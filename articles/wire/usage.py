"""What a provider's usage terms say that a program can obey: no archive, no syndication, where not, until when."""

import re

from .codes import country
from .items import Usage

_NO_ARCHIVE = re.compile(
    r"\bno(?:t for)? (?:[\w/ ,]{0,30}\b)?archiv\w*|\bnot (?:be|to be) archived|(?:archivierung|archivieren) nicht"
    r"|kein\w* archiv\w*|pas d['’]archiv\w*|archivage interdit|no archivar|sin archivo|لا يجوز أرشفة|ممنوع الأرشفة",
    re.IGNORECASE,
)
_NO_SYNDICATION = re.compile(
    r"\bno(?:t for)? (?:[\w/ ,]{0,30}\b)?(?:syndication|resales?|sales?|redistribution|third[- ]party)\b"
    r"|\bmay not be (?:resold|syndicated|redistributed)|weitergabe (?:an dritte )?(?:nicht|untersagt)"
    r"|pas de (?:revente|syndication)|revente interdite|sin reventa",
    re.IGNORECASE,
)
_OUT = re.compile(r"\b((?:[A-Z][A-Z.]*(?: [A-Z][A-Z.]+){0,3})(?:(?:,| AND|/| &) [A-Z][A-Z. ]{2,24}?){0,8}) OUT\b")
_NOT_IN = re.compile(
    r"\bnot (?:for (?:use|publication|distribution|sale)|available|to be used) (?:in|within) (?:the )?([^.;()]{2,80})",
    re.I,
)
_EXCEPT = re.compile(
    r"\bworld(?:wide)?(?: rights)?,?\s(?:except|excluding|excl\.?)(?: for)? (?:the )?([^.;()*]{2,80})", re.I
)
_ONLY_IN = re.compile(
    r"\b(?:for use (?:in )?|only (?:for use )?in |not for (?:use|publication|distribution|sale) outside(?: of)? )"
    r"(?:the )?([^.;()]{2,80}?)(?: only)?(?=[.;()]|$)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|/|&|\band\b|\bor\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
_LONGEST = 20_000


def read_terms(terms: str, usage: Usage | None = None) -> Usage:
    """The usage that these words allow; ``usage`` holds what is known already and is given back with more in it.

    Words that are not understood forbid nothing: they are kept as they came, for a person to read.
    """
    usage = usage or Usage()
    terms = " ".join(terms.split())[:_LONGEST]
    if not terms:
        return usage
    usage.terms = terms if not usage.terms else usage.terms if terms in usage.terms else f"{usage.terms} {terms}"
    usage.no_archive = usage.no_archive or _NO_ARCHIVE.search(terms) is not None
    usage.no_syndication = usage.no_syndication or _NO_SYNDICATION.search(terms) is not None
    for found in (*_OUT.finditer(terms), *_NOT_IN.finditer(terms), *_EXCEPT.finditer(terms)):
        _add(usage.excluded_territories, found[1])
    for found in _ONLY_IN.finditer(terms):
        _add(usage.territories, found[1])
    return usage


def _add(territories, printed):
    for name in _AND.split(printed):
        words = name.strip(" .").split()
        # "NO ARCHIVES. FRANCE OUT", "the United States": the country stands at the end.
        found = next((code for at in range(len(words)) if (code := country(" ".join(words[at:])))), "")
        if found and found not in territories:
            territories.append(found)
