"""A record as the inbox shows it: its marks, its takes, and what this person may do with it."""

from collections import defaultdict
from dataclasses import dataclass, field

from articles import inbox
from articles.models import WireRecord

from ..story_list import short_time

MOST_TAKES = 300


@dataclass
class Line:
    """One row of the queue: a record, with what others tell of the same."""

    record: WireRecord
    marks: list[tuple[str, str]]
    takes: list[WireRecord] = field(default_factory=list)
    acts: list[tuple[str, str, str]] = field(default_factory=list)  # what is sent, what the button says, its key
    came: str = ""
    note: str = ""
    may_mend: bool = False

    @property
    def name(self):
        record = self.record
        story = str(record.article) if record.article and record.is_open else ""
        return record.headline or story or record.path or "Without a headline"

    @property
    def who(self):
        return str(self.record.source or self.record.provider or "")


def lines(user, records, *, together: bool) -> list[Line]:
    """Those records as rows; ``together``: what tells one story stands in one row, the newest first."""
    shown, seen = [], {}
    takes = _takes(user, records) if together else {}
    for record in records:
        key = record.cluster if record.outcome in ("created", "updated") else ""
        if together and key and key in seen:
            continue
        line = Line(record, marks(record), acts=acts(user, record), came=short_time(record.created_at))
        line.takes = [one for one in takes.get(key, ()) if one.pk != record.pk and one.thread != record.thread]
        line.note = (
            record.message or "; ".join(str(one).partition(": ")[2] or str(one) for one in record.warnings)[:300]
        )
        line.may_mend = record.state == "quarantined" and inbox.may_work(user, record)
        seen[key] = line
        shown.append(line)
    return shown


def _takes(user, records):
    clusters = {record.cluster for record in records if record.cluster}
    if not clusters:
        return {}
    found = defaultdict(list)
    rows = inbox.visible_records(user).changing().filter(cluster__in=clusters).exclude(state="replaced")
    for one in rows.select_related("source").only("pk", "headline", "cluster", "thread", "source", "provider", "path")[
        :MOST_TAKES
    ]:
        found[one.cluster].append(one)
    return found


def marks(record) -> list[tuple[str, str]]:
    """(style, words) of everything that somebody should see at a glance, the worst first."""
    found = []
    if record.standing == "canceled":
        found.append(("gone", "kill"))
    elif record.standing == "withheld":
        found.append(("gone", "withheld"))
    if record.outcome == "rejected":
        found.append(("gone", record.code.replace("_", " ")))
    if record.is_offered:
        found.append(("scheduled", "newer text"))
    elif record.outcome == "updated":
        found.append(("scheduled", "update"))
    if record.embargo_until:
        found.append(("wait", "embargo"))
    if record.no_archive or record.no_syndication or record.territories or record.excluded_territories:
        found.append(("wait", "usage terms"))
    if record.deleted_at:
        found.append(("gone", "deleted by its terms"))
    elif record.delete_by:
        found.append(("wait", "delete by"))
    if any(str(one).startswith("conflict") for one in record.warnings):
        found.append(("gone", "conflict"))
    return found


def acts(user, record) -> list[tuple[str, str, str]]:
    """The buttons: what each sends, what it says, its key."""
    if not inbox.may_work(user, record) or record.state not in inbox.OPEN:
        return []
    found = []
    if record.standing != "canceled" and not record.is_offered and record.outcome in ("created", "updated"):
        found.append(("take", "Take", "t"))
    if record.state != "parked":
        found.append(("park", "Park", "p"))
    if record.state != "spiked":
        found.append(("spike", "Spike", "x"))
    if record.state != "new":
        found.append(("back", "Put back", "b"))
    return found
