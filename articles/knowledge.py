"""What the newsroom knows and texts are read with: its sources and topics, and what was learned of them.

Each is built from the database when it is first asked for, kept in this process, and built anew when it has changed.
"""

from collections.abc import Callable, Iterator

from django.db.models import Count, Max
from django.utils import timezone

from articles import text
from articles.learning import Learned, Story, learn, words_of
from articles.models import LearnedTopics, Release, Source, Topic
from articles.sourcing import Directory, KnownSource
from articles.subjects import Subjects

LEARN_FROM = 20_000  # stories of a language, the newest: what the desk filed long ago it may file otherwise today


def load_directory() -> Directory:
    """All sources, ready to be found in a text."""
    return _kept(Source, "updated_at", _directory)


def load_subjects() -> Subjects:
    """All topics with their keywords, ready to be found in a text."""
    return _kept(Topic, "updated_at", _subjects)


def load_learned() -> Learned:
    """What was learned from the archive; nothing, where nothing was yet."""
    return _kept(LearnedTopics, "learned_at", _learned)


def learn_topics(language: str) -> dict:
    """Learn from the released stories of that language which words go with which topic, and keep it.

    Gives what :func:`articles.learning.learn` gives. What the archive is too small for is left to the topics' keywords.
    """
    learned = learn(_archive(language))
    LearnedTopics.objects.update_or_create(
        language=language, defaults={"learned": learned, "learned_at": timezone.now()}
    )
    return learned


def _archive(language) -> Iterator[Story]:
    texts = Release.objects.holding(timezone.now()).filter(language=language)
    # Of a story, the highest sequence comes first: that one is in force.
    rows = texts.order_by("-published_at", "-public_id", "-sequence").values_list("public_id", "kind", "document")
    before = None
    for public_id, kind, document in rows[:LEARN_FROM].iterator(chunk_size=200):
        is_in_force, before = public_id != before, public_id
        if not is_in_force or kind in Release.GONE or document["language"] != language:
            continue
        topics = frozenset(topic["code"] for topic in document["topics"])
        words = words_of(document["headline"], text.paragraphs(document["body"]), language)
        yield Story(public_id, words, topics)


def _directory():
    rows = Source.objects.values_list("code", "name", "short_name", "kind", "aliases", "name_ar")
    return Directory(
        KnownSource(code, name, short, kind, (*aliases, *filter(None, [arabic])))
        for code, name, short, kind, aliases, arabic in rows.order_by("code")
    )


def _subjects():
    return Subjects(Topic.objects.order_by("code").values_list("code", "keywords", "parent__code"))


def _learned():
    return Learned(dict(LearnedTopics.objects.values_list("language", "learned")))


_built: dict[type, tuple[dict, object]] = {}


def _kept(model, changed: str, build: Callable):
    """What was built from the rows of that model, built anew where one was added, changed or removed since."""
    state = model.objects.aggregate(rows=Count("pk"), changed=Max(changed))
    if model not in _built or _built[model][0] != state:
        _built[model] = state, build()
    return _built[model][1]
