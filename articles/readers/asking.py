"""What somebody asks the search for: words, and where and when. Read kindly: what makes no sense is not heeded."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from articles import text
from articles.search import Within

from . import addresses, rows

LONGEST = 200
KINDS = ("region", "topic", "source")
_CODE = re.compile(r"[\w:.-]{1,40}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """A search as its address says it. Places are named by their codes, which no renaming changes."""

    q: str = ""
    region: str = ""
    topic: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    sort: str = ""

    @classmethod
    def read(cls, parameters):
        """What a request asks for."""
        given = {name: text.clean_line(parameters.get(name, "")) for name in (field.name for field in fields(cls))}
        for kind in KINDS:
            given[kind] = given[kind] if _CODE.fullmatch(given[kind]) else ""
        since, until = _day(given["since"]), _day(given["until"])
        if since and until and since > until:
            since, until = until, since
        given |= {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
        given["sort"] = "newest" if given["sort"] == "newest" else ""
        return cls(**given)

    @property
    def is_too_long(self):
        return len(self.q) > LONGEST

    @property
    def by_time(self):
        return self.sort == "newest"

    @property
    def is_narrowed(self):
        return any((*self.places, self.since, self.until))

    @property
    def places(self) -> tuple[str, ...]:
        """The places that a story must stand at."""
        return tuple(f"{kind}:{code}" for kind in KINDS if (code := getattr(self, kind)))

    @property
    def within(self) -> Within:
        """The same, and the time, for the index. Both days are the newsroom's, and belong to it."""
        since, until = _day(self.since), _day(self.until)
        return Within(
            self.places,
            since and rows.day_begins(since),
            until and rows.day_begins(until + timedelta(days=1)),
        )

    def but(self, **changed):
        """The same search with something else in it."""
        return replace(self, **changed)

    def address(self, language, after="") -> str:
        """Where that search stands, from that place among its results on."""
        told = {field.name: value for field in fields(self) if (value := getattr(self, field.name))}
        if after:
            told["after"] = after
        return f"{addresses.search(language)}?{urlencode(told)}" if told else addresses.search(language)

    def feed(self, language, format="rss.xml") -> str:
        """The feed of what it finds, the newest first whatever its order."""
        return addresses.search_feed(language, self.but(sort="").address(language).partition("?")[2], format)


def _day(value) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if 1800 <= day.year <= 2999 else None
