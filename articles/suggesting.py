"""What a machine suggests for a story: its regions, topics and sources, each with why, for a person to keep or drop.

What an import suggests stands in the draft at once, and is marked as suggested until somebody has looked at it; what
the text of an open story suggests is only offered. What was dropped once is not suggested for that story again.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction

from articles import gazetteer, knowledge, places, suggestions, text
from articles.models import Article, Region, Source, Topic
from articles.suggestions import DROPPED, LISTS, OPEN, Suggestion, kept, key_of, keys_in

MOST_REGIONS, MOST_OFFERED = 6, 8


def unsettled(article: Article, content: dict) -> list[Suggestion]:
    """What stands in the story because a machine put it there, and nobody has kept or dropped yet."""
    standing = keys_in(content)
    return [one for one in _of(article) if one.state == OPEN and one.key in standing[one.list]]


def _of(article):
    return [Suggestion(**one) for one in article.suggestions if one.get("list") in LISTS]


def without(content: dict, dropped: Iterable[tuple[str, str]]) -> dict:
    """The content without what was dropped: pairs of a list and a key."""
    dropped = set(dropped)
    return content | {
        "regions": [code for code in content["regions"] if ("regions", code) not in dropped],
        "topics": [code for code in content["topics"] if ("topics", code) not in dropped],
        "citations": [
            entry
            for entry in content["citations"]
            if entry["confidential"] or ("citations", key_of(entry)) not in dropped
        ],
    }


@transaction.atomic
def settle(article: Article, verdicts: Mapping[tuple[str, str], bool]) -> int:
    """Keep or drop: ``verdicts`` says of (list, key) whether it is kept. Gives how many were settled.

    What is kept is suggested no more, and what is dropped is not suggested again. Whatever else the story holds is not
    touched: taking the dropped out of its content is for whoever saves that, see :func:`without`.
    """
    if not verdicts:
        return 0
    locked = Article.objects.select_for_update(of=("self",)).only("suggestions").get(pk=article.pk)
    after, settled = [], 0
    for one in _of(locked):
        verdict = verdicts.get((one.list, one.key))
        settled += verdict is not None and one.state == OPEN
        if verdict is None or one.state == DROPPED:
            after.append(one)
        elif not verdict:
            after.append(Suggestion(one.list, one.key, one.why, one.passage, state=DROPPED))
    Article.objects.filter(pk=article.pk).update(suggestions=kept(after))
    article.suggestions = kept(after)
    return settled


# --- from the text --------------------------------------------------------------------------------------------------


def offered(content: dict, dropped: Iterable[tuple[str, str]] = ()) -> list[Suggestion]:
    """What the text of an open story suggests and its lists do not hold, each with its name.

    ``content`` is as it is typed now; ``dropped`` what was dropped from the story before.
    """
    paragraphs, language = text.paragraphs(content["body"]), content["language"]
    captions = [entry["caption"] for entry in content["captions"]]
    found = places.load().find(
        content["headline"], paragraphs, dateline=content["dateline"], captions=captions, language=language
    )
    words = (content["headline"], paragraphs, language)
    cited = [body for body in knowledge.load_directory().cited(paragraphs, language) if body.known_code]
    every = [
        *suggestions.of_regions(found, gazetteer.regions(found)[:MOST_REGIONS]),
        *suggestions.of_topics(knowledge.load_subjects().suggest(*words), knowledge.load_learned().suggest(*words)),
        *suggestions.of_bodies(cited),
    ]
    standing, dropped = keys_in(content), set(dropped)
    new = [one for one in every if one.key not in standing[one.list] and (one.list, one.key) not in dropped]
    return _named(list(dict.fromkeys(new)))[:MOST_OFFERED]


def dropped(article: Article) -> set[tuple[str, str]]:
    """What was dropped from that story."""
    return {(one.list, one.key) for one in _of(article) if one.state == DROPPED}


def _named(found):
    models = {"regions": Region, "topics": Topic, "citations": Source}
    names = {
        (name, thing.code): str(thing)
        for name, model in models.items()
        if (codes := {one.key for one in found if one.list == name})
        for thing in model.objects.filter(code__in=codes)
    }
    return [
        Suggestion(one.list, one.key, one.why, one.passage, names[one.list, one.key])
        for one in found
        if (one.list, one.key) in names
    ]
