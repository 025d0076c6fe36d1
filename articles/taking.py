"""A newer version of a wire story, change by change: what it changed of the version that was taken, to take or leave.

Pure. ``base`` is the version that the desk's story was made from, ``newer`` the one that has come, ``story`` what
the desk has now; all are content documents as ``writing.snapshot`` makes them. What the desk alone changed is no change
here.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from articles import text
from articles.merging import passages

LINES = ("headline", "standfirst", "dateline", "slugline", "urgency", "embargo_until")


@dataclass(frozen=True)
class Change:
    """One thing that the newer version changed. ``key`` names it, and is the same each time the same are compared.

    ``was`` is what the version that was taken had, ``now`` what the newer has, ``ours`` what stands in the story: lists
    of lines. ``is_ours_too``: the desk has changed it itself, so that to take it loses what the desk wrote.
    """

    key: str
    name: str
    was: list[str]
    now: list[str]
    ours: list[str]
    is_ours_too: bool = False


@dataclass
class Difference:
    """All changes, in the order in which a story is read, and how the story is made with some of them."""

    changes: list[Change]
    story: dict
    newer: dict
    _stretches: list = field(default_factory=list)  # (key or "", base, newer, ours) of the body

    def taken(self, keys: Collection[str]) -> dict:
        """The story with those changes."""
        content = dict(self.story)
        for name in LINES:
            if name in keys:
                content[name] = self.newer.get(name)
        if self._stretches and any(key in keys for key, *_ in self._stretches):
            blocks = []
            for key, _, newer, ours in self._stretches:
                blocks += newer if key and key in keys else ours
            content["body"] = passages.join(blocks)
        wanted = [f"captions-{number}" for number in range(len(self.newer.get("captions") or []))]
        come = [one for key, one in zip(wanted, self.newer.get("captions") or [], strict=True) if key in keys]
        if come:
            content["captions"] = [*content["captions"], *({**one, "is_lead": False} for one in come)]
        return content


def compare(base: dict | None, newer: dict, story: dict) -> Difference:
    """What the newer version changed. Without a ``base``, whatever differs from the story is a change."""
    found = []
    for name in LINES:
        was, now, ours = (document.get(name) if document else None for document in (base, newer, story))
        if base is None:
            was = ours
        if now != was and now != ours and now not in ("", None):
            found.append(Change(name, name, _line(was), _line(now), _line(ours), ours != was))
    stretches = []
    for key, was, now, ours in _stretches(base, newer, story):
        stretches.append((key, was, now, ours))
        if key:
            words = [_words(one) for one in (was, now, ours)]
            found.append(Change(key, "body", *words, is_ours_too=words[2] != words[0]))
    known = {one["caption"] for document in (base or {}, story) for one in document.get("captions") or []}
    for number, caption in enumerate(newer.get("captions") or []):
        if caption["caption"] not in known:
            credit = f" ({caption['credit']})" if caption["credit"] else ""
            line = caption["caption"] + credit
            found.append(Change(f"captions-{number}", "captions", [], [line], []))
    return Difference(found, story, newer, stretches)


def _stretches(base, newer, story):
    """The body in stretches: (key, base's, newer's and the story's passages); the key of what did not change is ""."""
    texts = [passages.cut((document or {}).get("body") or "") for document in (newer, story)]
    if base is None:
        merged = passages.compare(*texts)
    else:
        merged = passages.merge(passages.cut(base.get("body") or ""), *texts)
    number = 0
    for one in merged:
        was = list(one.base) if base is not None else list(one.theirs)
        now, ours = list(one.mine), list(one.theirs)
        changed = _words(now) != _words(was) and _words(now) != _words(ours)
        number += changed
        yield (f"body-{number}" if changed else "", was, now, ours)


def _words(blocks):
    return [line for block in blocks for line in text.paragraphs(block)]


def _line(value):
    return [] if value in (None, "") else [str(value)]
