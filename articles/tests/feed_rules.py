"""What feeds must be, as the W3C's feed validator checks it and the specifications say it: one function a format.

Each gives the sentences that say what is wrong with an answer, none where it is right.
"""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
from defusedxml import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
_RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
    r" \d\d:\d\d:\d\d (GMT|[+-]\d{4})"
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_ACTIVE = re.compile(r"<script|<iframe|<object|<style|\son\w+\s*=|javascript:", re.IGNORECASE)
_SCHEMA = json.loads((Path(__file__).parent / "schemas/json_feed_1_1.json").read_text("utf-8"))


def is_absolute(address: str | None) -> bool:
    parts = urlsplit(address or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and (address or "").isascii() and " " not in address


def _is_iri(name):
    return bool(re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", name or ""))


class _Complaints(list):
    def unless(self, condition, words):
        if not condition:
            self.append(words)


def _common(answer, address, type):
    wrong = _Complaints()
    wrong.unless(answer.status_code == 200, f"status {answer.status_code}")
    wrong.unless(answer["Content-Type"] == f"{type}; charset=utf-8", f"served as {answer['Content-Type']}")
    wrong.unless(f'<{address}>; rel="self"' in answer.get("Link", ""), "no Link to itself")
    wrong.unless(answer.get("ETag"), "no ETag")
    return wrong


def rss(answer, address) -> list[str]:
    wrong = _common(answer, address, "application/rss+xml")
    root = ElementTree.fromstring(answer.content)
    wrong.unless(root.tag == "rss" and root.get("version") == "2.0" and len(root) == 1, "no RSS 2.0")
    channel = root[0]
    for name in ("title", "link", "description"):
        wrong.unless(len(channel.findall(name)) == 1 and channel.findtext(name), f"a channel has one {name}")
    wrong.unless(is_absolute(channel.findtext("link")), "the channel's link is not absolute")
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    wrong.unless(len(own) == 1 and own[0].get("href") == address, "no atom:link to itself")
    wrong.unless(_is_rfc_822(channel.findtext("lastBuildDate")), "lastBuildDate is no RFC 822 date")
    wrong.unless(re.fullmatch(r"[a-z]{2}", channel.findtext("language")), "no language")
    wrong.unless(channel.findtext("ttl").isdigit(), "ttl is no number")
    guids = []
    for item in channel.findall("item"):
        for name in ("title", "link", "description", "guid", "pubDate", "enclosure", f"{CONTENT}encoded"):
            wrong.unless(len(item.findall(name)) <= 1, f"an item has more than one {name}")
        wrong.unless(item.findtext("title") or item.findtext("description"), "an item says nothing")
        wrong.unless(is_absolute(item.findtext("link")), "an item's link is not absolute")
        wrong.unless(_is_rfc_822(item.findtext("pubDate")), "pubDate is no RFC 822 date")
        guid = item.find("guid")
        wrong.unless(guid.get("isPermaLink") == "false" or is_absolute(guid.text), "a guid is no permanent link")
        guids.append(guid.text)
        wrong.unless(not _ACTIVE.search(item.findtext("description") or ""), "active markup")
        wrong.unless(not _ACTIVE.search(item.findtext(f"{CONTENT}encoded") or ""), "active markup")
        for enclosure in item.findall("enclosure"):
            wrong.unless(is_absolute(enclosure.get("url")), "an enclosure's address is not absolute")
            wrong.unless(int(enclosure.get("length")) > 0, "an enclosure without length")
            wrong.unless(_MIME.fullmatch(enclosure.get("type")), "an enclosure without type")
        _media(wrong, item)
        allowed = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate"}
        wrong.unless({one.tag for one in item if "}" not in one.tag} <= allowed | {"source"}, "no element of RSS")
    wrong.unless(len(guids) == len(set(guids)), "a guid twice")
    return wrong


def atom(answer, address) -> list[str]:
    wrong = _common(answer, address, "application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    wrong.unless(root.tag == f"{ATOM}feed", "no Atom feed")
    for name in ("id", "title", "updated"):
        wrong.unless(len(root.findall(f"{ATOM}{name}")) == 1, f"a feed has one {name}")
    wrong.unless(_is_iri(root.findtext(f"{ATOM}id")), "the feed's id is no IRI")
    wrong.unless(_is_rfc_3339(root.findtext(f"{ATOM}updated")), "updated is no RFC 3339 date")
    links = [(link.get("rel", "alternate"), link.get("type"), link.get("href")) for link in root.findall(f"{ATOM}link")]
    wrong.unless(("self", "application/atom+xml", address) in links, "no link to itself")
    wrong.unless(len([one for one in links if one[0] == "alternate"]) == 1, "one alternate link")
    wrong.unless(root.find(f"{ATOM}author") is not None, "the feed names no author for entries without")
    ids = []
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated"):
            wrong.unless(len(entry.findall(f"{ATOM}{name}")) == 1, f"an entry has one {name}")
        for name in ("published", "summary", "content"):
            wrong.unless(len(entry.findall(f"{ATOM}{name}")) <= 1, f"an entry has more than one {name}")
        for name in ("published", "updated"):
            wrong.unless(_is_rfc_3339(entry.findtext(f"{ATOM}{name}")), f"{name} is no RFC 3339 date")
        ids.append(entry.findtext(f"{ATOM}id"))
        wrong.unless(_is_iri(ids[-1]), "an entry's id is no IRI")
        hrefs = {link.get("rel", "alternate"): link for link in entry.findall(f"{ATOM}link")}
        wrong.unless(all(is_absolute(link.get("href")) for link in hrefs.values()), "a link is not absolute")
        wrong.unless("alternate" in hrefs, "an entry without content leads nowhere")
        for author in entry.findall(f"{ATOM}author"):
            wrong.unless(author.findtext(f"{ATOM}name"), "an author without name")
            wrong.unless(author.findtext(f"{ATOM}uri", "http://x.example/").startswith("http"), "an author's uri")
        for category in entry.findall(f"{ATOM}category"):
            wrong.unless(category.get("term"), "a category without term")
        for words in (*entry.findall(f"{ATOM}summary"), *entry.findall(f"{ATOM}content")):
            wrong.unless(words.get("type", "text") in ("text", "html"), "a text of no type")
            wrong.unless(words.get("type") != "html" or not _ACTIVE.search(words.text or ""), "active markup")
        _media(wrong, entry)
    wrong.unless(len(ids) == len(set(ids)), "an id twice")
    return wrong


def json_feed(answer, address) -> list[str]:
    wrong = _common(answer, address, "application/feed+json")
    feed = json.loads(answer.content)
    checker = jsonschema.Draft202012Validator(_SCHEMA, format_checker=jsonschema.FormatChecker())
    wrong += [f"{list(error.absolute_path)}: {error.message}" for error in checker.iter_errors(feed)]
    wrong.unless(feed["feed_url"] == address, "feed_url leads elsewhere")
    ids = [item["id"] for item in feed["items"]]
    wrong.unless(len(ids) == len(set(ids)), "an id twice")
    for item in feed["items"]:
        wrong.unless(not _ACTIVE.search(item.get("content_html", "")), "active markup")
    return wrong


def _media(wrong, item):
    for content in item.findall(f"{MEDIA}content"):
        wrong.unless(is_absolute(content.get("url")), "a picture's address is not absolute")
        wrong.unless(content.get("medium") == "image" and _MIME.fullmatch(content.get("type")), "a picture of no kind")
        wrong.unless(int(content.get("width")) > 0 and int(content.get("height")) > 0, "a picture without size")


def _is_rfc_822(words):
    return bool(_RFC_822.fullmatch(words or "")) and parsedate_to_datetime(words).tzinfo is not None


def _is_rfc_3339(words):
    return bool(_RFC_3339.fullmatch(words or "")) and datetime.fromisoformat(words).tzinfo is not None


RULES = {"rss.xml": rss, "atom.xml": atom, "feed.json": json_feed}
