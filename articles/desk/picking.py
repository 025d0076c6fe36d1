"""Choosing a thing by typing: the look-up behind every picker of the desk, and the form fields that use it.

A picker sends the lasting code of a thing (``SY``, ``afp``, a public id), never a row's number: what a form holds is
what a revision holds.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Case, Q, When
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse

from articles import access, text
from articles.models import Article, Author, ConfidentialSource, FormerPath, Photo, Region, Source, Topic

SHOWN = 20


def _photo_hint(photo):
    return " · ".join(part for part in (photo.photographer, photo.credit, photo.original_name) if part)


def _thumb(photo):
    return reverse("admin:articles_photo_thumb", args=[photo.pk])


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be picked: where to look, by which key, and who may."""

    model: type[models.Model]
    key: str
    fields: tuple[str, ...]
    permissions: tuple[str, ...]
    hint: Callable = lambda thing: ""
    thumb: Callable | None = None
    former: str = ""

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
        condition = Q()
        for field in self.fields:
            condition |= Q(**{f"{field}__icontains": words})
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
        if self.thumb:
            row["thumb"] = self.thumb(thing)
        return row


# Whoever writes stories may name every place, topic, source and author in them.
_WRITERS = ("view_article",)

KINDS = {
    "region": Kind(
        Region,
        "code",
        ("name", "display_name", "name_fr", "name_ar", "aliases", "slug"),
        _WRITERS,
        hint=lambda region: f"{region.get_kind_display()} · {region.path}",
        former="region",
    ),
    "topic": Kind(Topic, "code", ("name", "name_fr", "name_ar", "slug"), _WRITERS, former="topic"),
    "source": Kind(
        Source,
        "code",
        ("name", "short_name", "name_ar", "aliases"),
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
        thumb=_thumb,
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


def sees_confidential(user) -> bool:
    """Whether that user may know which confidential source a story rests on. Who it is, is read one by one."""
    return user.has_perm("articles.view_confidentialsource")


def look_up(request):
    """``?kind=region&q=leb`` as JSON: ``{"results": [{"id", "text", "hint", "thumb"?}]}``."""
    kind = KINDS.get(request.GET.get("kind", ""))
    if kind is None or not kind.may(request.user):
        raise PermissionDenied
    things = kind.search(request.user, request.GET.get("q", "")[:100])
    return JsonResponse({"results": [kind.shown(thing) for thing in things]})


class Known:
    """The things that a page's pickers name, read in one query a kind."""

    def __init__(self, user=None):
        self.user = user
        self._wanted: dict[str, set] = {}
        self._found: dict[str, dict] = {}

    def want(self, kind: str, keys) -> None:
        new = {str(key) for key in keys if key} - self._found.get(kind, {}).keys()
        self._wanted.setdefault(kind, set()).update(new)

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
        wanted = {key[:64] for key in wanted}
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


class _PickWidget:
    """A ``<select>`` that holds only what is chosen; the page's script looks the rest up."""

    template_name = "desk/pick.html"
    option_inherits_attrs = False

    def __init__(self, kind, attrs=None):
        self.kind, self.known = kind, Known()
        super().__init__(attrs={"data-pick": kind, **(attrs or {})})

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.known = self.known
        return copy

    def _render(self, template_name, context, renderer=None):
        # Through the project's own templates, which the forms' renderer does not know.
        return render_to_string(template_name, context)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-url"] = reverse("admin:autocomplete")
        return context

    def optgroups(self, name, value, attrs=None):
        options = [] if self.allow_multiple_selected else [self.create_option(name, "", "", not any(value), 0)]
        for key in dict.fromkeys(key for key in value if key):
            shown = self.known.shown(self.kind, key)
            option = self.create_option(name, key, shown["text"], True, len(options))
            option["attrs"] |= {f"data-{word}": shown[word] for word in ("hint", "thumb") if shown.get(word)}
            options.append(option)
        return [(None, options, 0)]


class PickOne(_PickWidget, forms.Select):
    pass


class PickMany(_PickWidget, forms.SelectMultiple):
    pass


class PickField(forms.Field):
    """One thing of a kind, posted by its code; gives the object."""

    def __init__(self, kind, **kw):
        self.kind = kind
        super().__init__(widget=PickOne(kind), **kw)

    def use(self, known: Known) -> None:
        self.known = self.widget.known = known

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.use(Known())
        return copy

    def key_of(self, value):
        if isinstance(value, models.Model):
            return getattr(value, KINDS[self.kind].key)
        if isinstance(value, int):  # a model form's initial value: the row's number
            return KINDS[self.kind].model._default_manager.values_list(KINDS[self.kind].key, flat=True).get(pk=value)
        return value

    def prepare_value(self, value):
        return self.key_of(value)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        thing = self.known.get(self.kind, value)
        if thing is None:
            raise forms.ValidationError("That choice is no longer there. Choose another.", code="invalid_choice")
        return thing

    def has_changed(self, initial, data):
        return str(self.key_of(initial) or "") != str(data or "")


class PickManyField(PickField):
    """Several things of a kind in the order in which they stand; gives a list of objects, each once."""

    def __init__(self, kind, **kw):
        super().__init__(kind, **kw)
        self.widget = PickMany(kind)
        self.widget.is_required = self.required

    def prepare_value(self, value):
        return [self.key_of(one) for one in value or []]

    def to_python(self, value):
        one = super().to_python
        keys = list(dict.fromkeys(value or []))
        self.known.want(self.kind, keys)
        return list(dict.fromkeys(one(key) for key in keys))

    def has_changed(self, initial, data):
        return [self.key_of(one) for one in initial or []] != list(data or [])
