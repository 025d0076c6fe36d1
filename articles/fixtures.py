"""Fixtures: the reference data of a new newsroom, and the rules that everything loaded must keep."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import serializers
from django.db import IntegrityError, transaction

from articles import offering
from articles.documents import CORRECTIONS
from articles.models import (
    Article,
    Event,
    FixedPage,
    FormerPath,
    Listing,
    PhotoCaption,
    Region,
    Release,
    Revision,
    Topic,
)
from articles.text import fold

# In the order in which they build on one another.
REFERENCE = ("groups", "regions", "topics", "sources", "desks", "pages")
_KINDS = {"articles.region": "region", "articles.topic": "topic", "articles.source": "source"}


@dataclass
class ReferenceReport:
    """What loading the reference data did: counts by model, and what was skipped with the reason."""

    added: Counter = field(default_factory=Counter)
    present: Counter = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)  # new permissions of groups that were there already


@transaction.atomic
def load_reference(names=REFERENCE) -> ReferenceReport:
    """Add what the reference fixtures have and this newsroom has not. Never changes what is there.

    What was renamed keeps its name; what was merged away stays merged; what would take somebody else's name or address
    is skipped and said. A group that is there already is given the permissions that it was never offered, and none that
    was taken from it.
    """
    report = ReferenceReport()
    for name in names:
        path = next(Path(folder) / f"{name}.json" for folder in settings.FIXTURE_DIRS)
        rows = json.loads(path.read_text("utf-8"))
        (_load_pages if name == "pages" else _load_rows)(rows, report)
    return report


def _load_pages(rows, report):
    """Each fixed page that an edition lacks; what somebody has written there stays."""
    for row in rows:
        key = {name: row["fields"][name] for name in ("slug", "language")}
        _page, added = FixedPage.objects.get_or_create(**key, defaults=row["fields"])
        (report.added if added else report.present)[FixedPage._meta.label] += 1


def _load_rows(rows, report):
    model = apps.get_model(rows[0]["model"])
    label, kind = model._meta.label, _KINDS.get(rows[0]["model"], "")
    merged = _merged_codes()
    key_of = _key(model)
    present = set(model.objects.values_list(key_of, flat=True))
    missing = []
    for row in rows:
        key = row["fields"][key_of]
        if key in present:
            report.present[label] += 1
        elif target := merged.get((kind, key)):
            report.skipped.append(f"{label} {key} was merged into {target}.")
        else:
            missing.append(_redirected(row, kind, merged) if kind else row)
    add = _add_in_bulk if kind else _add_one_by_one
    add(model, missing, report)
    if model is Group:
        _offer(rows, present, report)


def _offer(rows, present, report):
    groups = {group.name: group for group in Group.objects.all()}
    for row in rows:
        name = row["fields"]["name"]
        if name in present:
            given = offering.offer(groups[name], row["fields"]["permissions"])
            report.given += [f"{name}: {', '.join(given)}"] if given else []
        elif name in groups:
            offering.remember(groups[name])


def _key(model):
    return "code" if any(field.name == "code" for field in model._meta.fields) else "name"


def _add_one_by_one(model, rows, report):
    for row in rows:
        try:
            with transaction.atomic():
                next(serializers.deserialize("python", [row])).save()
            report.added[model._meta.label] += 1
        except IntegrityError:
            name = row["fields"][_key(model)]
            report.skipped.append(f"{model._meta.label} {name}: another one already has its name.")


def _add_in_bulk(model, rows, report):
    """Hundreds of rows in a few queries: parents first, then what refers to them, then memberships."""
    label = model._meta.label
    unique = [field.name for field in model._meta.fields if field.unique and not field.primary_key]
    taken = {name: set(model.objects.values_list(name, flat=True)) for name in unique}
    known = _keys_of(model), _keys_of(Region)
    waiting, members = rows, {}
    while waiting:
        ready, later = [], []
        for row in waiting:
            fields = dict(row["fields"])
            parent, region = fields.pop("parent", None), fields.pop("region", None)
            if parent and parent[0] not in known[0]:
                later.append(row)
                continue
            if clash := next((name for name in unique if fields.get(name) in taken[name]), None):
                report.skipped.append(f"{label} {fields['code']}: its {clash} “{fields[clash]}” is taken already.")
                continue
            for name in unique:
                taken[name].add(fields.get(name))
            members[fields["code"]] = fields.pop("members", [])
            thing = model(**fields)
            if parent:
                thing.parent_id = known[0][parent[0]]
            if region:
                thing.region_id = known[1].get(region[0])
            ready.append(thing)
        if not ready:
            report.skipped += [f"{label} {row['fields']['code']}: what it belongs to is not here." for row in later]
            break
        model.objects.bulk_create(ready)
        known[0].update({thing.code: thing.pk for thing in ready})
        report.added[label] += len(ready)
        waiting = later
    if model is Region:
        through = Region.members.through
        through.objects.bulk_create(
            through(from_region_id=known[0][code], to_region_id=known[0][member])
            for code, inside in members.items()
            for (member,) in inside
            if member in known[0]
        )


def _keys_of(model):
    return dict(model.objects.values_list("code", "pk"))


def _merged_codes():
    return {
        (kind, former): code
        for kind, former, code in FormerPath.objects.exclude(former_code="").values_list("kind", "former_code", "code")
    }


def _redirected(row, kind, merged):
    """The row with its parent, region and members followed to what they were merged into."""
    fields = dict(row["fields"])
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
    gives = release.canceled_at is None and not release.is_gone
    crosses = embargo and gives and max(release.live_from, release.created_at) < embargo
    if crosses and not _was_overridden(article):
        yield (
            f"it goes live at {release.live_from:%Y-%m-%d %H:%M} UTC,"
            f" before the embargo ends at {embargo:%Y-%m-%d %H:%M} UTC"
        )
    if article.legal_hold and gives and release.live_from > article.updated_at:
        yield "it is to go live though its story is on legal hold"


def _was_overridden(article):
    events = Event.objects.filter(kind="article", thing=article.public_id)
    return any("embargo" in event.data.get("overrides", ()) for event in events)


def _broken_listing(listing):
    release = listing.release
    if listing.article_id != release.article_id or listing.public_id != release.public_id:
        yield "it lists a release of another story"
    if listing.live_from < release.live_from:
        yield "it shows its release before that is live"
    if release.canceled_at is not None:
        yield "it shows a release that was cancelled"
    if release.is_gone and listing.place != CORRECTIONS:
        yield "it shows a story that was retracted or has expired"
