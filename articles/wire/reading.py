"""From a wire item to what a draft of it holds: its places, sources and topics found, its text as clean HTML.

Pure: a ``Reader`` holds all that it needs of the newsroom's data and can be sent to another process.
``reference.load_reader`` makes one.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from articles import gazetteer, suggestions
from articles.learning import Learned
from articles.sourcing import Directory
from articles.subjects import Subjects
from articles.text import clean_line, fold
from articles.wire import filed
from articles.wire.identity import Fingerprint, fingerprint
from articles.wire.items import WireItem
from articles.wire.restoring import restored
from articles.words import Copy

MAX_REGIONS = 6
MAX_TOPICS = 4
_AND = re.compile(r"\s*(?:,|\band\b|\bet\b|\by\b|\bund\b|،)\s*|\s+و(?=\S)")


@dataclass
class Reading:
    """One item with everything that was understood of it, before anything is written."""

    item: WireItem
    fingerprint: Fingerprint
    content: dict  # a snapshot, as writing.snapshot makes it
    agencies: list[str]
    sources: list[str]
    countries: list[str]
    regions: list[str]  # paths
    topics: list[str]  # names
    suggestions: list[dict]  # why each region, topic and citation stands in the content; see articles.suggesting
    warnings: list[str] = field(default_factory=list)


@dataclass
class Reader:
    """Reads items against what the newsroom knows: its places, sources and topics, and its authors by folded name.

    ``paths`` and ``topic_names`` are by code; ``limits`` says how many characters each field of a story holds.
    """

    gazetteer: gazetteer.Gazetteer
    directory: Directory
    subjects: Subjects
    learned: Learned
    paths: Mapping[str, str]
    topic_names: Mapping[str, str]
    authors: Mapping[str, str]
    limits: Mapping[str, int]
    author_codes: frozenset[str] = frozenset()

    def __post_init__(self):
        self.source_codes = self.directory.codes_by_short_name()
        self.topic_codes = {fold(name): code for code, name in self.topic_names.items()}

    def read(self, item: WireItem) -> Reading:
        """Everything that can be told of an item from its own words."""
        # Each line is taken apart into words once for all that is found in it.
        headline, paragraphs = Copy(item.headline), [Copy(paragraph.text) for paragraph in item.paragraphs]
        found = self.gazetteer.find(
            headline,
            paragraphs,
            dateline=item.dateline,
            captions=[photo.caption for photo in item.photos],
            language=item.language,
        )
        about = [code for code in gazetteer.regions(found) if code in self.paths]
        codes, named = filed.regions(item, found, about, self.paths)
        codes = codes[:MAX_REGIONS]
        agencies = self.directory.agencies(
            headline, [*paragraphs, item.sign_off] if item.sign_off else paragraphs, item.dateline_agency
        )
        cited = self.directory.cited(paragraphs, item.language)
        subjects = self._topics(item, headline, paragraphs)
        topics = [one.key for one in subjects]
        citations = self._citations(agencies, cited)
        content = {
            "headline": self._cut("headline", item.headline),
            "standfirst": self._cut("standfirst", item.standfirst) or self._standfirst(item.summary),
            "body": item.html or _body(item),
            "language": item.language,
            "slugline": self._cut("slugline", item.slugline),
            "dateline": self._cut("dateline", item.dateline),
            "urgency": item.urgency or 4,
            "breaking": False,
            "embargo_note": self._cut("embargo_note", _embargo_note(item)),
            "embargo_until": item.embargo_until.isoformat() if item.embargo_until else None,
            "desk": None,
            "translation_of": None,
            "regions": codes,
            "topics": topics,
            "bylines": self._bylines(item.byline),
            "citations": citations,
            "captions": [self._caption(photo, number) for number, photo in enumerate(item.photos)],
        }
        in_text = [one for one in suggestions.of_regions(found, codes) if one.key not in named]
        places = [named[code] for code in codes if code in named]
        why = [*in_text, *places, *subjects, *suggestions.of_sources(citations, cited)]
        if item.content:
            content |= restored(item.content, self)
        return Reading(
            item=item,
            fingerprint=fingerprint(item),
            content=content,
            agencies=agencies,
            sources=list(dict.fromkeys(body.text for body in cited)),
            countries=gazetteer.countries(found),
            regions=[self.paths[code] for code in codes],
            topics=[self.topic_names[code] for code in topics],
            # What somebody filed in a newsroom is no guess of a machine's.
            suggestions=[] if item.content else suggestions.kept(why),
            warnings=list(item.warnings),
        )

    def _topics(self, item, headline, paragraphs):
        """The topics that its provider filed it under; those that its words suggest; those of stories like it."""
        words = (headline, paragraphs, item.language)
        found = filed.topics(item, self.topic_names, self.topic_codes)
        said = {one.key for one in found}
        suggested = suggestions.of_topics(self.subjects.suggest(*words), self.learned.suggest(*words))
        found += [one for one in suggested if one.key not in said]
        return [one for one in found if one.key in self.topic_names][:MAX_TOPICS]

    def _bylines(self, byline):
        names = [name.strip() for name in _AND.split(byline) if name and name.strip()]
        return [{"author": self.authors.get(fold(name)), "text": name[:120]} for name in names[:8]]

    def _citations(self, agencies, cited):
        citations = {}
        for name in agencies:
            if code := self.source_codes.get(name):
                citations[code] = {"source": code, "as_printed": "", "use": "report", "via": None}
        for body in cited:
            via = self.source_codes.get(body.via)
            use = body.use if body.use in ("quote", "figure", "report", "statement") else "statement"
            key = body.known_code or fold(body.text)
            citations.setdefault(
                key,
                {
                    "source": body.known_code or None,
                    "as_printed": "" if body.known_code else body.text[:200],
                    "use": use,
                    "via": via,
                },
            )
        return [{**citation, "confidential": None} for citation in citations.values()]

    def _caption(self, photo, number):
        return {
            "photo": None,
            "caption": self._cut("caption", photo.caption),
            "alt_text": self._cut("alt_text", photo.alt_text),
            "credit": self._cut("credit", photo.credit),
            "credit_raw": self._cut("credit_raw", photo.credit_raw),
            "photographer": self._cut("photographer", photo.photographer),
            "is_file_photo": photo.is_file_photo,
            "is_lead": number == 0,
            **({"awaited_file": name} if (name := _file_name(photo.file)) else {}),
        }

    def _standfirst(self, summary):
        """The bullets before a story, as its standfirst; as many as fit."""
        words = ""
        for line in summary:
            sentence = line if line[-1:] in ".!?…؟" else f"{line}."
            if len(words) + len(sentence) + 1 > self.limits["standfirst"]:
                break
            words = f"{words} {sentence}".strip()
        return words

    def _cut(self, name, value):
        limit = self.limits[name]
        return value if len(value) <= limit else value[: limit - 1].rstrip() + "…"


def _embargo_note(item):
    """What stands beside an embargo that came over the wire: who set it, unless the provider says more."""
    if item.embargo_note or not item.embargo_until:
        return item.embargo_note
    return f"Set by {item.provider or 'its provider'}; it came over the wire."


def _body(item):
    return "\n".join(
        f"<h2>{html.escape(paragraph.text)}</h2>" if paragraph.is_crosshead else f"<p>{html.escape(paragraph.text)}</p>"
        for paragraph in item.paragraphs
    )


def _file_name(address):
    """What a picture's file is called, by which it is known when it comes."""
    return clean_line(urlsplit(address).path.rpartition("/")[2])[:200] if address else ""
