"""Every operation of the API. Addresses, checks, the OpenAPI document and the page about it are made from this."""

from collections.abc import Callable
from dataclasses import dataclass

from . import parameters as asked
from . import places, stories, told
from .stories import Answer

CODE = r"[\w:.-]{1,64}"
ID = r"[0-9a-z]{4,16}"


@dataclass(frozen=True)
class Operation:
    """One address beneath ``/api/v1/``. ``path`` has the names of its parts in braces, ``parts`` what they may be."""

    name: str
    path: str
    summary: str
    answer: Callable[..., Answer]
    gives: str  # a name of ``schemas.SCHEMAS``
    parameters: tuple[asked.Parameter, ...] = ()
    parts: tuple[tuple[str, str, str], ...] = ()  # name, pattern, description


def _index(request, at, values) -> Answer:
    names = [*("stories", "regions", "topics", "sources")]
    return Answer(
        {name: told.of_api(request, name) for name in names} | {"openapi": told.of_api(request) + "openapi.json"}
    )


def _of_places(kind, what):
    name = told.COLLECTIONS[kind]
    return [
        Operation(
            name,
            f"{name}/",
            f"{what} that have a story in that edition, by their codes.",
            places.listed(kind),
            name.title(),
            asked.PLACES,
        ),
        Operation(
            kind,
            f"{name}/{{code}}/",
            f"One {kind}.",
            places.one(kind),
            kind.title(),
            (asked.LANGUAGE,),
            (("code", CODE, f"The code of the {kind}."),),
        ),
    ]


OPERATIONS = [
    Operation("index", "", "What there is.", _index, "Index"),
    Operation(
        "stories",
        "stories/",
        "Stories that readers have, the newest first; with “q” the best hits first.",
        stories.stories,
        "Stories",
        asked.STORIES,
    ),
    Operation(
        "story",
        "stories/{public_id}/",
        "One story with its text. One that was taken from readers answers 410 with what they were told.",
        stories.story,
        "AnyStory",
        (asked.FORMAT,),
        (("public_id", ID, "The id of the story."),),
    ),
    *_of_places("region", "Regions of every level, and groupings of them,"),
    *_of_places("topic", "Topics"),
    *_of_places("source", "Sources"),
]
