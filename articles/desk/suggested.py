"""What a machine suggested for a story, on its page: shown with why, kept or dropped along with the next save."""

from dataclasses import dataclass

from articles import suggesting
from articles.models import Article
from articles.suggestions import LISTS, key_of

from .standing import Opened

PREFIX = "suggested"
VERDICTS = {"keep": "Keep", "drop": "Drop"}
MOST = 200
KINDS = {"regions": "Region", "topics": "Topic", "citations": "Source"}


@dataclass(frozen=True)
class Shown:
    """A suggestion as the page shows it."""

    list: str
    key: str
    kind: str
    name: str
    why: str
    passage: str = ""


def on_page(opened: Opened) -> dict:
    """What the page needs to ask about each suggestion that nobody has settled."""
    printed = {key_of(entry): entry["as_printed"] for entry in opened.content["citations"]}
    rows = []
    for one in suggesting.unsettled(opened.article, opened.content):
        kind = {"regions": "region", "topics": "topic", "citations": "source"}[one.list]
        name = printed.get(one.key) or opened.known.shown(kind, one.key)["text"]
        rows.append(Shown(one.list, one.key, KINDS[one.list], name, one.why, one.passage))
    return {"suggested": rows, "verdicts": VERDICTS.items()}


def verdicts(data) -> dict[tuple[str, str], bool]:
    """What was posted: of (list, key) whether it is kept. What nobody asked about is left out."""
    found = {}
    for name, verdict in data.items():
        prefix, _, rest = name.partition(":")
        where, _, key = rest.partition(":")
        if prefix == PREFIX and where in LISTS and verdict in VERDICTS and len(found) < MOST:
            found[where, key] = verdict == "keep"
    return found


def offered(typed: dict, article: Article | None) -> list[Shown]:
    """What the text as it is typed suggests and the story does not have."""
    gone = suggesting.dropped(article) if article else ()
    return [
        Shown(one.list, one.key, KINDS[one.list], one.name, one.why, one.passage)
        for one in suggesting.offered(typed, gone)
    ]


def without_dropped(content: dict, said: dict[tuple[str, str], bool]) -> dict:
    """The content that is saved: what was dropped is taken out of it."""
    return suggesting.without(content, [one for one, is_kept in said.items() if not is_kept])
