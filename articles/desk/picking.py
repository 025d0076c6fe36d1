"""Choosing a thing by typing: the look-up behind every picker of the desk. ``pick_fields`` puts it into forms.

A picker sends the lasting code of a thing (``SY``, ``afp``, a public id), never a row's number: what a form holds is
what a revision holds.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Case, Q, TextField, When
from django.db.models.functions import Cast
from django.http import JsonResponse
from django.urls import reverse

from articles import access, search, text
from articles.models import Article, Author, ConfidentialSource, FormerPath, Photo, Region, Source, Topic

from .framing_fields import framing_told

SHOWN = 20
SHOWN_OF_EACH = 6
# What the page is told of a thing beside its words: of a picture, what a caption may leave to it.
TOLD = ("hint", "thumb", "wide", "size", "framed", "caption", "alt_text", "photographer", "credit")


def _photo_hint(photo):
    return " · ".join(part for part in (photo.photographer, photo.credit, photo.original_name) if part)


def _picture(photo):
    """What shows a picture: small and large, and how it is framed."""
    return {
        "thumb": reverse("admin:articles_photo_thumb", args=[photo.pk]),
        "wide": reverse("admin:articles_photo_wide", args=[photo.public_id]),
        "size": f"{photo.width} {photo.height}",
        "framed": framing_told(photo),
    }


def _stories(user, visible, words):
    """Stories by the desk’s full text, because there may be a million: those first whose headline holds the words."""
    desks = None if access.spans_desks(user) else access.desk_ids(user)
    ids = search.find_articles(words, visible, desks=desks, limit=SHOWN * 3)
    found = visible.defer("body").in_bulk(ids)
    folded = text.fold(words)
    stories = [found[pk] for pk in ids if pk in found]
    return sorted(stories, key=lambda story: folded not in text.fold(story.headline))[:SHOWN]


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be picked: where to look, by which key, and who may."""

    model: type[models.Model]
    key: str
    fields: tuple[str, ...]
    permissions: tuple[str, ...]
    hint: Callable = lambda thing: ""
    picture: Callable | None = None
    former: str = ""
    tells: tuple[str, ...] = ()
    lists: str = ""  # how the list of stories is narrowed to it

    def may(self, user) -> bool:
        return any(user.has_perm(f"articles.{permission}") for permission in self.permissions)

    def all_for(self, user):
        if self.model is Article:
            return access.visible_articles(user)
        return self.model._default_manager.all()

    def search(self, user, words: str):
        """What that user may pick and whose names hold those words, the likeliest first."""
        found = self.all_for(user)
        words = text.clean_line(words)
        if not words:
            return found[:SHOWN]
        if self.model is Article:
            return _stories(user, found, words)
        condition = Q()
        for field in self.fields:
            condition |= Q(**{f"{field}__icontains": words})
        if hasattr(self.model, "aliases"):
            found, other_names = also_called(found, words)
            condition |= other_names
        if self.model is Topic and (folded := text.fold(words)):
            condition |= Q(fold_key__contains=folded)
        first = self.fields[0]
        rank = Case(
            When(**{f"{self.key}__iexact": words}, then=0),
            When(**{f"{first}__iexact": words}, then=1),
            When(**{f"{first}__istartswith": words}, then=2),
            default=3,
        )
        return found.filter(condition).order_by(rank, *self.model._meta.ordering or [self.key])[:SHOWN]

    def shown(self, thing) -> dict:
        """A thing as the page lists it."""
        row = {"id": getattr(thing, self.key), "text": str(thing), "hint": self.hint(thing)}
        if self.picture:
            row |= self.picture(thing)
        return row | {name: getattr(thing, name) for name in self.tells}

    def address(self, user, thing) -> str:
        """Where to go for that thing: its own page, or else the stories about it; empty where there is neither."""
        name = self.model._meta.model_name
        if self.model is Article or user.has_perm(f"articles.view_{name}") or user.has_perm(f"articles.change_{name}"):
            return reverse(f"admin:articles_{name}_change", args=[thing.pk])
        return f"{reverse('admin:articles_article_changelist')}?{self.lists}={thing.code}" if self.lists else ""


# Whoever writes stories may name every place, topic, source and author in them.
_WRITERS = ("view_article",)

KINDS = {
    "region": Kind(
        Region,
        "code",
        ("name", "display_name", "name_fr", "name_ar", "slug"),
        _WRITERS,
        hint=lambda region: f"{region.get_kind_display()} · {region.path}",
        former="region",
        lists="region",
    ),
    "topic": Kind(Topic, "code", ("name", "name_fr", "name_ar", "slug"), _WRITERS, former="topic", lists="topic"),
    "source": Kind(
        Source,
        "code",
        ("name", "short_name", "name_ar"),
        _WRITERS,
        hint=lambda source: f"{source.name} · {source.get_kind_display()}",
        former="source",
    ),
    "author": Kind(Author, "code", ("name", "name_ar"), _WRITERS, hint=lambda author: author.role, former="author"),
    "photo": Kind(
        Photo,
        "public_id",
        ("caption", "alt_text", "credit", "photographer", "original_name"),
        ("view_photo", "change_article"),
        hint=_photo_hint,
        picture=_picture,
        tells=("caption", "alt_text", "photographer", "credit"),
    ),
    "story": Kind(
        Article,
        "public_id",
        ("headline", "slugline"),
        _WRITERS,
        hint=lambda story: f"{story.get_language_display()} · {story.get_status_display()}",
    ),
    "confidential": Kind(
        # By its code and what readers may be told; who it is stands in no look-up.
        ConfidentialSource,
        "code",
        ("code", "described_as"),
        ("view_confidentialsource",),
        hint=lambda source: source.described_as,
    ),
}


# What the palette finds, in this order.
IN_PALETTE = ("story", "region", "topic", "source", "photo")


def also_called(things, words: str):
    """Those things, and the condition that one of their other names holds those words.

    A JSON column has to be searched as the text that the database makes of it: SQLite keeps Arabic as escapes.
    """
    condition = Q(aliases_as_text__icontains=words) | Q(aliases_as_text__icontains=json.dumps(words)[1:-1])
    return things.alias(aliases_as_text=Cast("aliases", TextField())), condition


def sees_confidential(user) -> bool:
    """Whether that user may know which confidential source a story rests on. Who it is, is read one by one."""
    return user.has_perm("articles.view_confidentialsource")


def look_up(request):
    """``?kind=region&q=leb`` as JSON: ``{"results": [{"id", "text", "hint", "thumb"?}]}``.

    ``?kind=everything`` is what the palette asks: a few of each kind that this user may pick, each with its kind and
    its address.
    """
    words = request.GET.get("q", "")[:100]
    if request.GET.get("kind") == "everything":
        return JsonResponse({"results": _everything(request.user, words)})
    kind = KINDS.get(request.GET.get("kind", ""))
    if kind is None or not kind.may(request.user):
        raise PermissionDenied
    return JsonResponse({"results": [kind.shown(thing) for thing in kind.search(request.user, words)]})


def _everything(user, words):
    if not any(KINDS[name].may(user) for name in IN_PALETTE):
        raise PermissionDenied
    found = []
    for name in IN_PALETTE:
        kind = KINDS[name]
        if text.clean_line(words) and kind.may(user):
            for thing in kind.search(user, words)[:SHOWN_OF_EACH]:
                if address := kind.address(user, thing):
                    found.append({**kind.shown(thing), "kind": name, "address": address})
    return found


class Known:
    """The things that a page's pickers name, read in one query a kind."""

    def __init__(self, user=None):
        self.user = user
        self._wanted: dict[str, set] = {}
        self._found: dict[str, dict] = {}

    def want(self, kind: str, keys) -> None:
        new = {str(key) for key in keys if key} - self._found.get(kind, {}).keys()
        self._wanted.setdefault(kind, set()).update(new)

    def hold(self, kind: str, thing) -> None:
        """Take in a thing that was read already, so that it is not asked for again."""
        if thing is not None:
            self._found.setdefault(kind, {})[str(getattr(thing, KINDS[kind].key))] = thing

    def get(self, kind: str, key: str):
        """The thing with that key, or None. What was merged away is found as what it was merged into."""
        key = str(key)
        self.want(kind, [key])
        if wanted := self._wanted.pop(kind, None):
            self._found.setdefault(kind, {}).update(self._read(KINDS[kind], wanted))
        return self._found[kind].get(key)

    def shown(self, kind: str, key: str) -> dict:
        """A thing that stands in a form already, as the page shows it to this user."""
        thing = self.get(kind, key)
        if thing is None:
            return {"text": key, "hint": "no longer there"}
        if kind == "story" and self.user and not access.may(self.user, "view_article", thing):
            return {"text": f"Story {key} of another desk"}
        return KINDS[kind].shown(thing)

    @staticmethod
    def _read(kind, wanted):
        wanted = {key[:64] for key in wanted if "\0" not in key}
        found: dict = dict.fromkeys(wanted)
        manager = kind.model._default_manager
        found |= {getattr(thing, kind.key): thing for thing in manager.filter(**{f"{kind.key}__in": wanted})}
        missing = [key for key, thing in found.items() if thing is None]
        if missing and kind.former:
            moved = dict(
                FormerPath.objects.filter(kind=kind.former, former_code__in=missing).values_list("former_code", "code")
            )
            targets = {thing.code: thing for thing in manager.filter(code__in=moved.values())} if moved else {}
            found |= {old: targets[new] for old, new in moved.items() if new in targets}
        return found
