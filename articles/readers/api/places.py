"""Regions, topics and sources by the API: those that have a story in an edition, by their codes."""

from articles.models import Region, Source, Topic
from articles.readers import rows

from . import told
from .parameters import cursor
from .problems import Problem
from .stories import Answer, found

_MODELS = {"region": Region, "topic": Topic, "source": Source}


def listed(kind: str):
    """The operation that lists them."""

    def answer(request, at, asked) -> Answer:
        language, limit = asked["language"], asked["limit"]
        things = rows.heard(_MODELS[kind].objects.order_by("code"), kind, language, at)
        if asked["cursor"]:
            things = things.filter(code__gt=asked["cursor"][1])
        things = list(rows.counted(things, kind, language)[: limit + 1])
        more = len(things) > limit
        shown = [told.place(request, kind, thing, language) for thing in things[:limit]]
        return Answer({told.COLLECTIONS[kind]: shown}, cursor("c", things[limit - 1].code) if more else "")

    return answer


def one(kind: str):
    """The operation that gives one of them."""

    def answer(request, at, asked, code) -> Answer:
        thing = found(kind, code, at)
        if thing is None:
            raise Problem(404, f"Readers know no such {kind}.")
        thing = rows.counted(_MODELS[kind].objects.filter(pk=thing.pk), kind, asked["language"]).get()
        return Answer(told.place(request, kind, thing, asked["language"]))

    return answer
