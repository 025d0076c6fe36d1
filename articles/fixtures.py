"""Fixtures: the reference data of a new newsroom, and the rules that everything loaded must keep."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.db import IntegrityError, transaction

from articles.models import Article, Event, FormerPath, Listing, PhotoCaption, Region, Release, Revision, Topic
from articles.text import fold

# In the order in which they build on one another.
REFERENCE = ("groups", "regions", "topics", "sources", "desks")
_KINDS = {"articles.region": "region", "articles.topic": "topic", "articles.source": "source"}


@dataclass
class ReferenceReport:
    """What loading the reference data did: counts by model, and what was skipped with the reason."""

    added: Counter = field(default_factory=Counter)
    present: Counter = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)


@transaction.atomic
def load_reference(names=REFERENCE) -> ReferenceReport:
    """Add what the reference fixtures have and this newsroom has not. Never changes what is there.

    What was renamed keeps its name; what was merged away stays merged; what would take somebody else's name or address
    is skipped and said.
    """
    report = ReferenceReport()
    for name in names:
        path = next(Path(folder) / f"{name}.json" for folder in settings.FIXTURE_DIRS)
        rows = json.loads(path.read_text("utf-8"))
        _load_rows(rows, report)
    return report


def _load_rows(rows, report):
    present: dict[str, set] = {}
    merged = _merged_codes()
    missing = []
    for row in rows:
        label, key = row["model"], row["fields"].get("code") or row["fields"]["name"]
        if label not in present:
            model = apps.get_model(label)
            present[label] = set(model.objects.values_list("code" if hasattr(model, "code") else "name", flat=True))
        if key in present[label]:
            report.present[label] += 1
        elif target := merged.get((_KINDS.get(label), key)):
            report.skipped.append(f"{label} {key} was merged into {target}.")
        else:
            missing.append(row)
    if _KINDS.get(rows[0]["model"] if rows else "") is not None:
        missing = [_redirected(row, merged) for row in missing]
    for row in missing:
        label, key = row["model"], row["fields"].get("code") or row["fields"]["name"]
        try:
            with transaction.atomic():
                deserialised = next(serializers.deserialize("python", [row]))
                deserialised.save()
            report.added[label] += 1
        except IntegrityError:
            report.skipped.append(f"{label} {key}: another one already has its name or address.")
        except serializers.base.DeserializationError as error:
            report.skipped.append(f"{label} {key}: {error}")


def _merged_codes():
    return {
        (kind, former): code
        for kind, former, code in FormerPath.objects.exclude(former_code="").values_list("kind", "former_code", "code")
    }


def _redirected(row, merged):
    """The row with its parent, region and members followed to what they were merged into."""
    fields = dict(row["fields"])
    kind = _KINDS[row["model"]]
    for name, target_kind in (("parent", kind), ("region", "region")):
        if fields.get(name):
            fields[name] = [merged.get((target_kind, fields[name][0]), fields[name][0])]
    if "members" in fields:
        fields["members"] = [[merged.get((kind, code), code)] for (code,) in fields["members"]]
    return {**row, "fields": fields}


STORY_MODELS = (Article, Revision, Release, Listing)


def broken_rules(thing) -> Iterator[str]:
    """What a loaded object breaks of the newsroom's rules, beyond what the database holds by itself."""
    if isinstance(thing, Region):
        if thing.path != thing.own_path():
            yield f"its path is “{thing.path}”, but its place in the tree makes it “{thing.own_path()}”"
    elif isinstance(thing, Topic):
        if thing.fold_key != fold(thing.name):
            yield f"its key is “{thing.fold_key}”, but its name folds to “{fold(thing.name)}”"
    elif isinstance(thing, Article):
        if thing.approved_number and not thing.revisions.filter(number=thing.approved_number).exists():
            yield f"it is approved at revision {thing.approved_number}, which it does not have"
    elif isinstance(thing, PhotoCaption):
        if thing.photo_id and not thing.photo.original:
            yield "its picture has no file"
    elif isinstance(thing, Release):
        yield from _broken_release(thing)
    elif isinstance(thing, Listing):
        yield from _broken_listing(thing)


def _broken_release(release):
    article = release.article
    if release.revision.article_id != release.article_id:
        yield "its revision belongs to another story"
    if release.public_id != article.public_id:
        yield f"it goes by {release.public_id}, but its story by {article.public_id}"
    embargo = article.embargo_until
    if embargo and release.canceled_at is None and release.live_from < embargo and release.created_at < embargo:
        if not _was_overridden(article):
            yield f"it goes live at {release.live_from:%Y-%m-%d %H:%M} UTC, before the embargo ends at {embargo:%Y-%m-%d %H:%M} UTC"
    if article.legal_hold and release.canceled_at is None and release.live_from > article.updated_at:
        yield "it is to go live though its story is on legal hold"


def _was_overridden(article):
    events = Event.objects.filter(kind="article", thing=article.public_id, action__in=["released", "scheduled"])
    return any("embargo" in event.data.get("overrides", ()) for event in events)


def _broken_listing(listing):
    release = listing.release
    if listing.article_id != release.article_id or listing.public_id != release.public_id:
        yield "it lists a release of another story"
    if listing.live_from < release.live_from:
        yield "it shows its release before that is live"
    if release.canceled_at is not None:
        yield "it shows a release that was cancelled"
    if release.is_gone:
        yield "it shows a story that was retracted or has expired"
