"""Saving the working copy: every save is a revision, and nobody saves over what they have not seen."""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import access, audit
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
CAPTION_FIELDS = ("caption", "alt_text", "credit", "credit_raw", "photographer", "is_file_photo", "is_lead")


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


def snapshot(article: Article) -> dict:
    """The whole editorial content as one JSON document, everything named by its lasting code."""
    return {
        **{name: getattr(article, name) for name in TEXT_FIELDS},
        "embargo_until": article.embargo_until.isoformat() if article.embargo_until else None,
        "desk": article.desk.code,
        "translation_of": article.translation_of.public_id if article.translation_of_id else None,
        "regions": [link.region.code for link in article.region_links.select_related("region")],
        "topics": [link.tag.code for link in article.topic_links.select_related("tag")],
        "bylines": [
            {"author": line.author.code if line.author_id else None, "text": line.text}
            for line in article.bylines.select_related("author")
        ],
        "citations": [
            {
                "source": citation.source.code if citation.source_id else None,
                "confidential": citation.confidential.code if citation.confidential_id else None,
                "as_printed": citation.as_printed,
                "use": citation.use,
                "via": citation.via.code if citation.via_id else None,
            }
            for citation in article.citations.select_related("source", "confidential", "via")
        ],
        "captions": [
            {
                "photo": caption.photo.public_id if caption.photo_id else None,
                **{name: getattr(caption, name) for name in CAPTION_FIELDS},
            }
            for caption in article.captions.select_related("photo")
        ],
    }


def record(
    article: Article, by, *, reason: str = "", origin: str = Revision.Origin.DESK, content: dict | None = None
) -> Revision:
    """Keep what the story now holds as its next revision; an approval falls, because it named an older one.

    Call it in the transaction of the save, after everything is written. ``content`` may be given by who knows it
    already. Returns the new revision.
    """
    number = (article.revisions.aggregate(newest=Max("number"))["newest"] or 0) + 1
    revision = Revision.objects.create(
        article=article,
        number=number,
        content=content if content is not None else snapshot(article),
        origin=origin,
        author=by,
        author_name=audit.staff_name(by),
        reason=reason,
        created_at=timezone.now(),
    )
    if article.status == Status.APPROVED:
        Article.objects.filter(pk=article.pk).update(status=Status.EDITING, approved_number=None, approved_by=None)
        article.status, article.approved_number, article.approved_by = Status.EDITING, None, None
        audit.log(by, "approval_fell", article, reason="The story was saved after it was approved.", revision=number)
    audit.log(by, "saved", article, reason=reason, revision=number)
    return revision


def by_code(model, codes, *, kind: str = "") -> dict:
    """The things with those codes, by code; what was merged away since is found under what it was merged into."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    found = {thing.code: thing for thing in model.objects.filter(code__in=wanted)}
    missing = wanted - found.keys()
    if missing and kind:
        moved = dict(FormerPath.objects.filter(kind=kind, former_code__in=missing).values_list("former_code", "code"))
        targets = {thing.code: thing for thing in model.objects.filter(code__in=moved.values())}
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


def write_children(article: Article, content: dict, *, replace: bool) -> None:
    """Write what belongs to the story beside its own fields. ``replace`` first takes away what is there."""
    if replace:
        for relation in ("captions", "region_links", "topic_links", "bylines", "citations"):
            getattr(article, relation).all().delete()
    _write_children([(article, content)])


def create_many(contents: list[dict], *, desk: Desk, by, reason: str, origin: str) -> list[Article]:
    """Make a draft of each snapshot, with its first revision and its event: the same few queries for any number.

    Call it in a transaction. What a snapshot says of the desk is not heeded: ``desk`` is where they go.
    """
    now = timezone.now()
    articles = Article.objects.bulk_create(
        Article(
            desk=desk,
            created_by=by,
            embargo_until=parse_datetime(content["embargo_until"]) if content["embargo_until"] else None,
            **{name: content[name] for name in TEXT_FIELDS},
        )
        for content in contents
    )
    _write_children(list(zip(articles, contents, strict=True)))
    Revision.objects.bulk_create(
        Revision(
            article=article,
            number=1,
            content={**content, "desk": desk.code},
            origin=origin,
            author=by,
            author_name=audit.staff_name(by),
            reason=reason,
            created_at=now,
        )
        for article, content in zip(articles, contents, strict=True)
    )
    audit.log_many(by, "created", articles, reason=reason)
    return articles


def _write_children(pairs: list[tuple[Article, dict]]) -> None:
    contents = [content for _, content in pairs]
    citations = [citation for content in contents for citation in content["citations"]]
    regions = by_code(Region, [code for content in contents for code in content["regions"]], kind="region")
    topics = by_code(Topic, [code for content in contents for code in content["topics"]], kind="topic")
    sources = by_code(
        Source, [code for citation in citations for code in (citation["source"], citation["via"])], kind="source"
    )
    confidential = by_code(ConfidentialSource, [citation["confidential"] for citation in citations])
    authors = by_code(Author, [line["author"] for content in contents for line in content["bylines"]], kind="author")
    photo_ids = {caption["photo"] for content in contents for caption in content["captions"] if caption["photo"]}
    photos = {photo.public_id: photo for photo in Photo.objects.filter(public_id__in=photo_ids)} if photo_ids else {}

    rows: dict[type, list] = {model: [] for model in (StoryRegion, TopicLink, Byline, Citation, PhotoCaption)}
    for article, content in pairs:
        own: dict[type, list] = {
            StoryRegion: [{"article": article, "region": region} for region in _each_once(content["regions"], regions)],
            TopicLink: [{"content_object": article, "tag": topic} for topic in _each_once(content["topics"], topics)],
            Byline: [
                {"article": article, "author": authors.get(line["author"]), "text": line["text"]}
                for line in content["bylines"]
                if line["text"] or line["author"] in authors
            ],
            Citation: [
                {
                    "article": article,
                    "source": sources.get(citation["source"]),
                    "confidential": confidential.get(citation["confidential"]),
                    "as_printed": citation["as_printed"],
                    "use": citation["use"],
                    "via": sources.get(citation["via"]),
                }
                for citation in content["citations"]
                if citation["as_printed"] or citation["source"] in sources or citation["confidential"] in confidential
            ],
            PhotoCaption: [
                {
                    "article": article,
                    "photo": photos.get(caption["photo"]),
                    **{name: caption[name] for name in CAPTION_FIELDS if name in caption},
                }
                for caption in content["captions"]
                if caption["caption"] or caption["photo"] in photos
            ],
        }
        for model, children in own.items():
            rows[model] += [model(position=position, **child) for position, child in enumerate(children)]
    for model, children in rows.items():
        if children:
            model.objects.bulk_create(children)


def _each_once(codes, things):
    return list(dict.fromkeys(things[code] for code in codes if code in things))


def new_version(article: Article) -> None:
    """Count one change of the story. Call it under :func:`lock`."""
    Article.objects.filter(pk=article.pk).update(version=F("version") + 1, updated_at=timezone.now())
    article.version += 1


@transaction.atomic
def restore(article: Article, revision: Revision, by, *, seen: int) -> Revision:
    """Make the working copy hold what it held at that revision. Makes a new revision; nothing is lost.

    Raises :class:`StaleVersion`, and ``access.NotAllowed`` for somebody who may not edit the story now.
    """
    article = lock(article, seen)
    if not access.may_edit(by, article):
        raise access.NotAllowed("You may not change this story as it stands.")
    apply(article, revision.content)
    new_version(article)
    return record(article, by, reason=f"Restored revision {revision.number}")
