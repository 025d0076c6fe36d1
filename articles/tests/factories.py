"""Small makers of test data, each with sensible words of its own. ``make_article(headline="…")``."""

import io
import itertools
from functools import lru_cache

from django.contrib.auth.models import Group, Permission
from PIL import Image

from articles import photos, releasing, search, workflow, writing
from articles.models import Article, Author, Desk, Photo, Region, Source, Topic, User

_numbers = itertools.count(1)

# The groups that the reference fixtures carry, for tests that do not load them.
GROUPS = {
    "Reporter": "view_article add_article change_article submit_article view_photo add_photo",
    "Sub-editor": "view_article add_article change_article submit_article edit_submitted_article",
    "Desk editor": "view_article add_article change_article submit_article edit_submitted_article approve_article"
    " spike_article",
    "Publisher": "view_article add_article change_article submit_article edit_submitted_article approve_article"
    " publish_article correct_article retract_article spike_article set_legal_hold span_desks",
}


def make_desk(code="world", **kw):
    return Desk.objects.get_or_create(code=code, defaults={"name": kw.pop("name", code.title()), **kw})[0]


def make_user(username=None, *, group="", permissions="", desks=(), **kw):
    user = User.objects.create_user(
        username or f"person{next(_numbers)}", password="a long pass phrase", is_staff=True, **kw
    )
    if words := f"{GROUPS.get(group, '')} {permissions}".split():
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__in=words))
    if group:
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    if desks:
        user.desks.set(desks)
    return user


def make_region(code="XA", *, name=None, parent=None, kind=None, **kw):
    world, _ = Region.objects.get_or_create(
        code="001", defaults={"kind": "world", "name": "World", "slug": "world", "path": "world"}
    )
    if code == "001":
        return world
    name = name or f"Land {code}"
    slug = kw.pop("slug", name.lower().replace(" ", "-"))
    kind = kind or "country"
    region = Region(
        code=code, name=name, slug=slug, kind=kind, parent=None if kind == "grouping" else parent or world, **kw
    )
    region.path = region.own_path()
    region.save()
    return region


def make_topic(name="Harbours", **kw):
    return Topic.objects.get_or_create(name=name, defaults=kw)[0]


def make_source(name="Harbour Observatory", **kw):
    slug = kw.pop("slug", name.lower().replace(" ", "-"))
    return Source.objects.get_or_create(name=name, defaults={"slug": slug, **kw})[0]


def make_author(name="Lina Haddad", **kw):
    return Author.objects.create(name=name, slug=kw.pop("slug", f"author-{next(_numbers)}"), **kw)


def picture_bytes(*, size=(1400, 900), colour=(40, 90, 120), format="JPEG", **kw):
    data = _plain_picture(size, colour, format) if not kw else _picture(size, colour, format, **kw)
    # A comment that differs makes each a file of its own; that all look the same, the tests encode once.
    return data + str(next(_numbers)).encode()


def _picture(size, colour, format, **kw):
    buffer = io.BytesIO()
    image = Image.new("RGB", size, colour)
    image.save(buffer, format, **({"quality": 95} if format == "JPEG" else {}), **kw)
    return buffer.getvalue()


_plain_picture = lru_cache(maxsize=32)(_picture)


def make_photo(*, renditions=True, data=None, **kw):
    """A picture with a caption, alternative text and a credit. ``keep`` may be the part that no crop may cut."""
    photo = photos.take_in(data or picture_bytes(), name="picture.jpg", keep_both=True).photo
    if keep := kw.pop("keep", None):
        kw |= dict(zip(("keep_x", "keep_y", "keep_w", "keep_h"), keep, strict=True))
    fields = {"caption": "Boats in the harbour.", "alt_text": "Six boats at a quay", "credit": "Newsroom", **kw}
    for name, value in fields.items():
        setattr(photo, name, value)
    photo.save()
    search.index_photos([photo])
    if renditions:
        photos.make_renditions(photo)
    return photo


def make_content(**kw):
    """A snapshot, as :func:`articles.writing.snapshot` makes it."""
    return {
        "headline": "Harbour opens after repairs",
        "standfirst": "",
        "body": "<p>The harbour opened on Monday after a year of repairs.</p>",
        "language": "en",
        "slugline": "",
        "dateline": "",
        "urgency": 4,
        "breaking": False,
        "embargo_note": "",
        "embargo_until": None,
        "desk": None,
        "translation_of": None,
        "regions": [],
        "topics": [],
        "bylines": [],
        "citations": [],
        "captions": [],
        **kw,
    }


def make_article(*, by=None, desk=None, regions=(), topics=(), captions=(), citations=(), bylines=(), **fields):
    """A draft with one revision. Regions and topics are objects; captions, citations, bylines are as in a snapshot."""
    desk = desk or make_desk()
    model_only = {
        name: fields.pop(name)
        for name in ("embargo_until", "provider_date", "translation_of", "suggestions")
        if name in fields
    }
    content = make_content(
        desk=desk.code,
        regions=[region.code for region in regions],
        topics=[topic.code for topic in topics],
        captions=[make_caption(**caption) for caption in captions],
        citations=[make_citation(**citation) for citation in citations],
        bylines=list(bylines),
        **fields,
    )
    article = Article(desk=desk, created_by=by, **model_only)
    for name in writing.TEXT_FIELDS:
        setattr(article, name, content[name])
    article.save()
    writing.write_children(article, content, replace=False)
    writing.record(article, by)
    return article


def make_caption(**kw):
    blank = {"photo": None, "caption": "", "alt_text": "", "credit": "", "credit_raw": "", "photographer": ""}
    return {**blank, "is_file_photo": False, "is_lead": False, **kw}


def make_citation(**kw):
    return {"source": None, "confidential": None, "as_printed": "", "use": "report", "via": None, **kw}


def fresh(article):
    """The story as the database has it."""
    return Article.objects.get(pk=article.pk)


def approve(article, *, editor=None):
    """Take a draft through submission to approval by somebody who did not write it."""
    editor = editor or make_user(group="Publisher")
    article = fresh(article)
    if article.status == "draft":
        article = workflow.move(article, "submitted", editor, seen=article.version)
    return workflow.move(article, "approved", editor, seen=article.version)


def make_released(*, publisher=None, at=None, **kw):
    """A story that readers have: with a region and a topic where none are given. Gives the article."""
    kw.setdefault("regions", [Region.objects.filter(code="XA").first() or make_region()])
    kw.setdefault("topics", [make_topic()])
    publisher = publisher or make_user(group="Publisher")
    article = make_article(**kw)
    if any(caption.get("framing") for caption in kw.get("captions", ())):
        for photo in Photo.objects.filter(uses__article=article):
            photos.make_renditions(photo)
    article = approve(article, editor=publisher)
    releasing.release(article, publisher, seen=article.version, at=at)
    return fresh(article)
