"""What stands between a story and its readers. Each guard gives problems, and an empty list where there is none."""

import re
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import authorship, text
from articles.models import Article, Photo, Release, Rendition, Revision, WireStanding
from articles.photos import renditions, rights

# Words that agencies and editors leave in copy that nobody may publish.
_HOLD_MARKER = re.compile(
    r"\b(?:DO\s+NOT\s+(?:PUBLISH|USE|RELEASE)|NOT\s+FOR\s+(?:PUBLICATION|RELEASE|BROADCAST|USE)|HOLD\s+FOR\s+\w+"
    r"|HOLD\s*[-–—/:]|EMBARGOED\s+UNTIL)|ليس\s+للنشر|غير\s+مخصص\s+للنشر"
    # In ordinary letters only where it is the whole line: a story may well quote somebody saying it.
    r"|^\W*(?i:hold|do\s+not\s+publish|not\s+for\s+publication)\W*$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Problem:
    """One thing to mend: a code, a sentence, the field to jump to, and the permission that may pass over it, if any.

    A field of a picture is named with its place among them: ``captions-0-alt_text``.
    """

    code: str
    message: str
    field: str = ""
    override: str = ""


def has_text(article: Article) -> list[Problem]:
    """Headline and body are there."""
    problems = []
    if not article.headline.strip():
        problems.append(Problem("no_headline", "The story has no headline.", "headline"))
    if not text.plain(article.body):
        problems.append(Problem("no_body", "The story has no text.", "body"))
    return problems


def is_not_live(article: Article) -> list[Problem]:
    """Readers do not have the story: what they have is retracted, never spiked."""
    current = Release.objects.in_force(article.public_id)
    if current is None or current.is_gone:
        return []
    return [Problem("live", "Readers have this story: retract it, then spike it.")]


def text_problems(content: dict) -> list[Problem]:
    """Problems of a revision's text: missing parts, and markers that say it must not be published."""
    problems = []
    if not content["headline"].strip():
        problems.append(Problem("no_headline", "The story has no headline.", "headline"))
    if not text.plain(content["body"]):
        problems.append(Problem("no_body", "The story has no text.", "body"))
    if not content["regions"]:
        problems.append(Problem("no_region", "Name at least one region the story is about.", "regions"))
    if not content["topics"]:
        problems.append(Problem("no_topic", "Name at least one topic.", "topics"))
    words = [content["headline"], content["standfirst"], text.plain(content["body"]), content["slugline"]]
    words += [caption[name] for caption in content["captions"] for name in ("caption", "alt_text", "credit")]
    words += [line["text"] for line in content["bylines"]]
    for passage in words:
        if marker := _HOLD_MARKER.search(passage):
            problems.append(
                Problem(
                    "hold_marker", f"“{marker.group().strip()}” still stands in the copy. Take it out first.", "body"
                )
            )
            break
    return problems


def picture_problems(content: dict, photos: dict[str, Photo], at) -> list[Problem]:
    """Problems of the pictures that are there: caption, credit, alternative text, rights, renditions."""
    problems = []
    for row, caption in enumerate(content["captions"]):
        number = row + 1
        photo = photos.get(caption["photo"])
        if photo is None:
            continue  # awaited: it blocks nothing, and no reader sees it
        for name, label in (("caption", "caption"), ("credit", "credit"), ("alt_text", "alternative text")):
            if not (caption[name] or getattr(photo, name)):
                problems.append(Problem(f"no_{name}", f"Picture {number} has no {label}.", f"captions-{row}-{name}"))
        where = f"captions-{row}-photo"
        against = rights.problems(photo, at)
        problems += [Problem(code, f"Picture {number} {words}.", where) for code, words in against]
        if against and photo.files_deleted_at:
            continue  # nothing is prepared of what may not be shown
        if photo.render_problem:
            problems.append(
                Problem("no_renditions", f"Picture {number} could not be prepared: {photo.render_problem}", where)
            )
        elif not renditions.are_ready(photo, caption.get("framing")):
            problems.append(
                Problem("no_renditions", f"Picture {number} is still being prepared. Try again in a moment.", where)
            )
    return problems


def file_problems(content: dict, photos: dict[str, Photo]) -> list[Problem]:
    """Files of pictures that storage lacks, whatever the database says: asked of it right before a release."""
    used = [(row, one) for row, one in enumerate(content["captions"]) if one["photo"] in photos]
    lost = renditions.missing_files([(photos[one["photo"]], one.get("framing")) for _, one in used])
    return [
        Problem(
            "file_missing",
            f"A file of picture {row + 1} is not in storage. It is being made again: try again in a moment.",
            f"captions-{row}-photo",
        )
        for row, one in used
        if one["photo"] in lost
    ]


def approval_problems(article: Article, newest: int, wrote: int | None) -> list[Problem]:
    """The approved revision is the newest, and somebody other than its main writer approved it.

    ``wrote`` is that writer, as :func:`latest` gives them. A sub-editor may approve what they have edited, so long as
    somebody else wrote more of it.
    """
    if article.approved_number is None:
        return [Problem("not_approved", "The story has not been approved.")]
    if article.approved_number != newest:
        return [Problem("approval_old", "The story was saved after it was approved. It must be approved again.")]
    if article.approved_by_id and article.approved_by_id == wrote:
        return [
            Problem(
                "one_person",
                "Whoever wrote most of a story cannot be the only one to approve it. Ask a colleague to approve it.",
                override="override_two_persons",
            )
        ]
    return []


def latest(article: Article) -> tuple[Revision | None, int | None]:
    """The newest revision, and who wrote most of what is in it that readers have not had yet. One query.

    Who that is, is looked for only where whoever approved the story has saved it since: of anybody else it is None.
    """
    newest = article.revisions.order_by("-number").values("number")[:1]
    wrote = Exists(revisions_since_release(article.pk).filter(author=article.approved_by_id))
    asked = article.revisions.annotate(last_had=_last_had(), approver_wrote=wrote).order_by("number")
    found = list(asked.filter(Q(number=Subquery(newest)) | Q(approver_wrote=True, number__gte=F("last_had"))))
    if not found:
        return None, None
    return found[-1], _main_writer(found) if found[-1].approver_wrote else None


def _main_writer(revisions):
    had = [one.content for one in revisions if one.number == one.last_had]
    since = [one for one in revisions if one.number > one.last_had and one.author_id]
    writers = list(dict.fromkeys(one.author_id for one in since))
    return authorship.main_writer(writers, next(iter(had), None), ((one.author_id, one.content) for one in since))


def revisions_since_release(article):
    """The revisions that somebody saved since readers last got that story, in order; it may be an expression."""
    return Revision.objects.filter(article=article, number__gt=_last_had(), author__isnull=False).order_by("number")


def _last_had():
    """The number of the revision that readers last got of a revision's story; 0 where they got none."""
    had = Release.objects.standing().filter(article=OuterRef("article")).order_by("-sequence")
    return Coalesce(Subquery(had.values("revision__number")[:1]), 0)


def wire_problems(article: Article, at) -> list[Problem]:
    """What the agency that it came from says: a kill, a hold, and its usage terms."""
    problems = []
    if article.wire_standing != WireStanding.USABLE:
        code = "killed" if article.wire_standing == WireStanding.CANCELED else "withheld"
        problems.append(Problem(code, f"The story is stopped by the wire: {article.wire_note}"))
    if article.delete_by and article.delete_by <= at:
        local = timezone.localtime(article.delete_by)
        problems.append(
            Problem("delete_by", f"By the agency’s terms nobody may have it after {local:%d %B %Y, %H:%M}.")
        )
    if article.territories or article.excluded_territories:
        where = f"in {', '.join(article.territories)} alone" if article.territories else "everywhere"
        if article.excluded_territories:
            where += f", not in {', '.join(article.excluded_territories)}"
        words = f"By the agency’s terms it may be used {where}, and this site is read everywhere."
        problems.append(Problem("territory", words, override="override_usage"))
    return problems


def time_problems(article: Article, at, now=None) -> list[Problem]:
    """Embargo, legal hold, and what the wire says of it."""
    problems = wire_problems(article, at)
    if article.legal_hold:
        problems.append(Problem("legal_hold", f"The story is on legal hold: {article.legal_hold_reason}"))
    if article.embargo_until and at < article.embargo_until:
        local = timezone.localtime(article.embargo_until)
        problems.append(
            Problem(
                "embargo",
                f"The story is under embargo until {local:%d %B %Y, %H:%M} ({timezone.get_current_timezone_name()}).",
                "embargo_until",
                override="override_embargo",
            )
        )
    return problems


def between_story_and_readers(article: Article, at=None) -> list[Problem]:
    """Everything that stops this story from being released at that instant, approval included."""
    revision, wrote = latest(article)
    if revision is None:
        return [Problem("no_revision", "The story has never been saved.")]
    return problems_of(article, revision, photos_of(revision.content), at or timezone.now(), wrote)


def problems_of(article: Article, revision: Revision, photos: dict[str, Photo], at, wrote: int | None) -> list[Problem]:
    """The same, for who has read :func:`latest` and the pictures already."""
    return (
        approval_problems(article, revision.number, wrote)
        + text_problems(revision.content)
        + picture_problems(revision.content, photos, at)
        + time_problems(article, at)
    )


def photos_of(content: dict) -> dict[str, Photo]:
    """The pictures that a snapshot names, with their renditions, by public id."""
    ids = {caption["photo"] for caption in content["captions"] if caption["photo"]}
    if not ids:
        return {}
    # In one query: each file comes with its picture.
    files = Rendition.objects.filter(photo__public_id__in=ids).select_related("photo").defer("photo__metadata")
    found: dict[str, tuple[Photo, list]] = {}
    for one in files.order_by(*Rendition._meta.ordering):
        found.setdefault(one.photo.public_id, (one.photo, []))[1].append(one)
    if missing := ids - found.keys():
        found |= {photo.public_id: (photo, []) for photo in Photo.objects.filter(public_id__in=missing)}
    for photo, rows in found.values():
        prefetched = photo.renditions.all()
        prefetched._result_cache = rows
        photo._prefetched_objects_cache = {"renditions": prefetched}
    return {public_id: photo for public_id, (photo, _) in found.items()}
