"""Saving the working copy: every save is a revision, and nobody saves over what they have not seen."""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import access, audit, rows, search
from articles.models import (
    Article,
    Author,
    Byline,
    Citation,
    ConfidentialSource,
    Desk,
    FormerPath,
    Photo,
    PhotoCaption,
    Region,
    Revision,
    Source,
    Status,
    StoryRegion,
    Topic,
    TopicLink,
)
from articles.photos import due

TEXT_FIELDS = (
    "headline",
    "standfirst",
    "body",
    "language",
    "slugline",
    "dateline",
    "urgency",
    "breaking",
    "embargo_note",
)
UNAPPROVED = {"status": Status.EDITING, "approved_number": None, "approved_by": None}
# What belongs to a story beside its own fields, and how it is reached.
RELATIONS = {
    "regions": "region_links",
    "topics": "topic_links",
    "bylines": "bylines",
    "citations": "citations",
    "captions": "captions",
}
_NAMED = {"regions": ("region",), "topics": ("tag",), "bylines": ("author",), "captions": ("photo",)}
_NAMED["citations"] = ("source", "confidential", "via")
CAPTION_FIELDS = ("caption", "alt_text", "credit", "credit_raw", "photographer", "is_file_photo", "is_lead")
# What stands in a snapshot only where there is something of it.
RARE_CAPTION_FIELDS = ("framing", "awaited_file")


class StaleVersion(Exception):
    """Somebody else has changed the story since it was read. Carries the story as it stands now."""

    def __init__(self, article):
        self.article = article
        super().__init__(
            "Somebody else has changed this story since you opened it. Nothing was overwritten: both texts are here."
        )


def lock(article: Article, seen: int | None) -> Article:
    """The story's row, locked to the end of the transaction.

    ``seen`` is the version that the caller last read, or None where it does not matter.
    Raises :class:`StaleVersion` if it is not the newest.
    """
    locked = Article.objects.select_for_update(of=("self",)).select_related("desk").get(pk=article.pk)
    if seen is not None and locked.version != seen:
        raise StaleVersion(locked)
    return locked


def newest_revision(article: Article) -> Revision | None:
    """The revision that holds what the story now holds."""
    return article.revisions.order_by("-number").first()


def parts_of(article: Article, names=tuple(RELATIONS)) -> dict[str, list]:
    """What belongs to the story beside its own fields, in order, each with what it names. A query for each name."""
    return {name: list(getattr(article, RELATIONS[name]).select_related(*_NAMED[name])) for name in names}


def snapshot(article: Article, parts: dict[str, list] | None = None) -> dict:
    """The whole editorial content as one JSON document, everything named by its lasting code.

    ``parts`` may be given by who has read :func:`parts_of` already.
    """
    return _fields(article) | _lists(parts_of(article) if parts is None else parts)


def _fields(article):
    return {
        **{name: getattr(article, name) for name in TEXT_FIELDS},
        "embargo_until": article.embargo_until.isoformat() if article.embargo_until else None,
        "desk": article.desk.code,
        "translation_of": article.translation_of.public_id if article.translation_of_id else None,
    }


def _lists(parts):
    return {name: [_ENTRIES[name](row) for row in rows] for name, rows in parts.items()}


_ENTRIES = {
    "regions": lambda link: link.region.code,
    "topics": lambda link: link.tag.code,
    "bylines": lambda line: {"author": line.author.code if line.author_id else None, "text": line.text},
    "citations": lambda citation: {
        "source": citation.source.code if citation.source_id else None,
        "confidential": citation.confidential.code if citation.confidential_id else None,
        "as_printed": citation.as_printed,
        "use": citation.use,
        "via": citation.via.code if citation.via_id else None,
    },
    "captions": lambda caption: {
        "photo": caption.photo.public_id if caption.photo_id else None,
        **{name: getattr(caption, name) for name in CAPTION_FIELDS},
        **{name: value for name in RARE_CAPTION_FIELDS if (value := getattr(caption, name))},
    },
}


def content_beside(article: Article, newest: Revision, *others: dict) -> dict:
    """:func:`snapshot` for who compares it with other documents: only the lists that differ are read.

    Where the newest revision and all the others have the same list, so has the story, as far as they are concerned.
    """
    differing = [name for name in RELATIONS if any(one.get(name) != newest.content.get(name) for one in others)]
    same = {name: newest.content[name] for name in RELATIONS if name not in differing}
    return _fields(article) | same | _lists(parts_of(article, differing))


def record(
    article: Article,
    by,
    *,
    reason: str = "",
    origin: str = Revision.Origin.DESK,
    content: dict | None = None,
    number: int | None = None,
    **data,
) -> Revision:
    """Keep what the story now holds as its next revision; an approval falls, because it named an older one.

    Call it in the transaction of the save, after everything is written. ``content`` and the ``number`` that is next
    may be given by who knows them already; ``data`` goes into the log. Returns the new revision.
    """
    if number is None:
        number = (article.revisions.aggregate(newest=Max("number"))["newest"] or 0) + 1
    content = content if content is not None else snapshot(article)
    revision = Revision.objects.create(
        article=article,
        number=number,
        content=content,
        origin=origin,
        author=by,
        author_name=audit.staff_name(by),
        reason=reason,
        created_at=timezone.now(),
    )
    search.index_articles([(article, content)])
    if any(caption.get("framing") for caption in content["captions"]):
        due.for_story(article)
    drop_approval(article, by, reason="The story was saved after it was approved.", revision=number)
    audit.log(by, "saved", article, reason=reason, revision=number, **data)
    return revision


def drop_approval(article: Article, by, *, reason: str, **data) -> None:
    """Where the story is approved, take it back to editing: what was approved is not what readers are to get."""
    if article.status == Status.APPROVED:
        Article.objects.filter(pk=article.pk).update(**UNAPPROVED)
        for name, value in UNAPPROVED.items():
            setattr(article, name, value)
        audit.log(by, "approval_fell", article, reason=reason, **data)


def by_code(model, codes, *, kind: str = "") -> dict:
    """The things with those codes, by code; what was merged away since is found under what it was merged into."""
    return _found(codes, kind, lambda codes: {thing.code: thing for thing in model.objects.filter(code__in=codes)})


def _found(codes, kind, look_up):
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    found = look_up(wanted)
    missing = wanted - found.keys()
    if missing and kind:
        moved = dict(FormerPath.objects.filter(kind=kind, former_code__in=missing).values_list("former_code", "code"))
        targets = look_up(moved.values())
        found |= {old: targets[new] for old, new in moved.items() if new in targets}
    return found


def apply(article: Article, content: dict) -> None:
    """Make the working copy hold that snapshot: fields, captions, regions, topics, bylines and citations.

    Does not save a revision. What a snapshot names and the newsroom no longer has is left out. An embargo stays as
    it is: an older text must not lift one.
    """
    for name in TEXT_FIELDS:
        if name in content:
            setattr(article, name, content[name])
    if content.get("desk") and (desk := Desk.objects.filter(code=content["desk"]).first()):
        article.desk = desk
    article.save()
    write_children(article, content, replace=True)


def revise(article: Article, content: dict, by, *, was: dict, newest: Revision, reason: str = "", **data) -> Revision:
    """Make the story hold that content, count the version, and record it: what is as it ``was`` is not written again.

    Call it under :func:`lock`, with the story's newest revision. An embargo and the original of a translation are
    written as they stand on ``article``. ``data`` goes into the log.
    """
    names = [name for name in TEXT_FIELDS if name in content and content[name] != was[name]]
    for name in names:
        setattr(article, name, content[name])
    if content.get("desk") not in (None, was["desk"]) and (desk := Desk.objects.filter(code=content["desk"]).first()):
        article.desk = desk
    article.version += 1
    article.save(update_fields=[*names, "desk", "embargo_until", "translation_of", "version", "updated_at"])
    changed = [name for name in RELATIONS if name in content and content[name] != was[name]]
    before = _overrides(article) if "captions" in changed else {}
    for name in changed:
        getattr(article, RELATIONS[name]).all().delete()
    if changed:
        _write_children([(article, {name: content[name] if name in changed else [] for name in RELATIONS})], before)
    holds = was | _fields(article) | _lists(parts_of(article, changed))
    return record(article, by, reason=reason, content=holds, number=newest.number + 1, **data)


def write_children(article: Article, content: dict, *, replace: bool) -> None:
    """Write what belongs to the story beside its own fields. ``replace`` first takes away what is there."""
    before = _overrides(article) if replace else {}
    if replace:
        for relation in RELATIONS.values():
            getattr(article, relation).all().delete()
    _write_children([(article, content)], before)


def _overrides(article) -> dict:
    """What that story says in place of its pictures' own words, and in place of which: by picture and field."""
    return {
        (caption.photo_id, name): (getattr(caption, name), caption.written_over[name])
        for caption in article.captions.exclude(photo=None)
        for name in caption.written_over
    }


def written_over(caption: dict, photo: Photo | None, before: dict) -> dict:
    """The words of that picture that a caption's own take the place of, by field; see :class:`PhotoCaption`.

    ``before`` are the story's overrides until now: one that still says the same was written over what it was.
    """
    if photo is None:
        return {}
    over = {}
    for name in PhotoCaption.OVERRIDES:
        if caption.get(name):
            said, was = before.get((photo.pk, name), ("", ""))
            base = was if said == caption[name] else getattr(photo, name)
            if base:  # where the picture said nothing, nothing was taken the place of
                over[name] = base
    return over


def create_many(
    contents: list[dict],
    *,
    desk: Desk,
    by,
    reason: str,
    origin: str,
    given: list[dict] | None = None,
    words: list[str | None] | None = None,
) -> list[Article]:
    """Make a draft of each snapshot, with its first revision and its event: the same few queries for any number.

    Call it in a transaction. What a snapshot says of the desk is not heeded: ``desk`` is where they go. ``given`` are
    further fields of each story, which no snapshot holds; ``words`` those of its text and captions as the desk's index
    has them (see ``text.indexed``), where they are known already.
    """
    now, by_id, name = timezone.now(), by.pk if by else None, audit.staff_name(by)
    given = given or [{}] * len(contents)
    articles = [
        Article(
            desk=desk,
            created_by=by,
            embargo_until=parse_datetime(content["embargo_until"]) if content["embargo_until"] else None,
            **{name: content[name] for name in TEXT_FIELDS},
            **{"created_at": now, "updated_at": now, **fields},
        )
        for content, fields in zip(contents, given, strict=True)
    ]
    for article, pk in zip(articles, rows.insert_things(articles), strict=True):
        article.pk = pk
        article._state.adding = False
    _write_children(list(zip(articles, contents, strict=True)))
    rows.insert(
        Revision,
        ["article_id", "number", "content", "origin", "author_id", "author_name", "reason", "created_at"],
        (
            [article.pk, 1, {**content, "desk": desk.code}, origin, by_id, name, reason, now]
            for article, content in zip(articles, contents, strict=True)
        ),
    )
    search.index_new(articles, contents, words or [None] * len(contents))
    audit.log_many(by, "created", articles, reason=reason)
    return articles


def _write_children(pairs: list[tuple[Article, dict]], before: dict | None = None) -> None:
    contents = [content for _, content in pairs]
    citations = [citation for content in contents for citation in content["citations"]]
    regions = _ids(Region, [code for content in contents for code in content["regions"]], "region")
    topics = _ids(Topic, [code for content in contents for code in content["topics"]], "topic")
    sources = _ids(Source, [code for citation in citations for code in (citation["source"], citation["via"])], "source")
    confidential = _ids(ConfidentialSource, [citation["confidential"] for citation in citations])
    authors = _ids(Author, [line["author"] for content in contents for line in content["bylines"]], "author")
    photo_ids = {caption["photo"] for content in contents for caption in content["captions"] if caption["photo"]}
    known = Photo.objects.filter(public_id__in=photo_ids).only("public_id", *PhotoCaption.OVERRIDES)
    photos = {photo.public_id: photo for photo in known} if photo_ids else {}

    children: dict[type, list] = {model: [] for model in _COLUMNS}
    for article, content in pairs:
        pk = article.pk
        children[StoryRegion] += [[pk, at, id] for at, id in enumerate(_each_once(content["regions"], regions))]
        children[TopicLink] += [[pk, at, id] for at, id in enumerate(_each_once(content["topics"], topics))]
        lines = (line for line in content["bylines"] if line["text"] or line["author"] in authors)
        children[Byline] += [[pk, at, authors.get(line["author"]), line["text"]] for at, line in enumerate(lines)]
        cited = (
            citation
            for citation in content["citations"]
            if citation["as_printed"] or citation["source"] in sources or citation["confidential"] in confidential
        )
        children[Citation] += [
            [
                *(pk, at, sources.get(citation["source"]), confidential.get(citation["confidential"])),
                *(citation["as_printed"], citation["use"], sources.get(citation["via"])),
            ]
            for at, citation in enumerate(cited)
        ]
        captions = (caption for caption in content["captions"] if caption["caption"] or caption["photo"] in photos)
        for at, caption in enumerate(captions):
            photo = photos.get(caption["photo"])
            own = (caption.get(name, default) for name, default in _CAPTION_DEFAULTS.items())
            over = written_over(caption, photo, before or {})
            children[PhotoCaption].append([pk, at, photo.pk if photo else None, over, *own])
    for model, names in _COLUMNS.items():
        rows.insert(model, names, children[model])


_CAPTION_DEFAULTS = {
    name: PhotoCaption._meta.get_field(name).get_default() for name in (*CAPTION_FIELDS, *RARE_CAPTION_FIELDS)
}
_COLUMNS = {
    StoryRegion: ["article_id", "position", "region_id"],
    TopicLink: ["content_object_id", "position", "tag_id"],
    Byline: ["article_id", "position", "author_id", "text"],
    Citation: ["article_id", "position", "source_id", "confidential_id", "as_printed", "use", "via_id"],
    PhotoCaption: ["article_id", "position", "photo_id", "written_over", *_CAPTION_DEFAULTS],
}


def _ids(model, codes, kind=""):
    """The keys of the things with those codes, for who only points to them."""
    rows = model.objects.order_by()
    return _found(codes, kind, lambda codes: dict(rows.filter(code__in=codes).values_list("code", "pk")))


def _each_once(codes, ids):
    return list(dict.fromkeys(ids[code] for code in codes if code in ids))


def new_version(article: Article, **fields) -> None:
    """Count one change of the story, and write those fields of it in the same breath. Call it under :func:`lock`."""
    Article.objects.filter(pk=article.pk).update(version=F("version") + 1, updated_at=timezone.now(), **fields)
    article.version += 1
    for name, value in fields.items():
        setattr(article, name, value)


@transaction.atomic
def restore(article: Article, revision: Revision, by, *, seen: int) -> Revision:
    """Make the working copy hold what it held at that revision. Makes a new revision; nothing is lost.

    Raises :class:`StaleVersion`, and ``access.NotAllowed`` for somebody who may not edit the story now.
    """
    article = lock(article, seen)
    if not access.may_edit(by, article):
        raise access.NotAllowed("You may not change this story as it stands.")
    newest = newest_revision(article)
    reason = f"Restored revision {revision.number}"
    return revise(article, revision.content, by, was=snapshot(article), newest=newest, reason=reason)
