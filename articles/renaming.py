"""New names for places, topics, sources and authors: their old addresses are kept, so that links never rot."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles import audit, purging, summaries, tasks
from articles.models import Article, FormerPath, Listing, Region, Topic, TopicLink


class Clash(Exception):
    """The new address belongs to something else already; the message says to what."""


def keep_address(kind: str, path: str, code: str, *, now_at: str = "", former_code: str = "") -> None:
    """Remember that ``path`` was the address of the thing with that code. ``now_at`` is the one it has taken instead.

    An address that is in use again is no former one any more.
    """
    if now_at:
        FormerPath.objects.filter(kind=kind, path=now_at).delete()
    if path and path != now_at:
        FormerPath.objects.update_or_create(
            kind=kind, path=path, defaults={"code": code, **({"former_code": former_code} if former_code else {})}
        )


@transaction.atomic
def renamed(kind: str, thing, old_slug: str, by) -> None:
    """Keep the old address of a topic, source or author whose slug was changed. Call it after the save."""
    purging.of_name(kind, [thing.code])
    if old_slug == thing.slug:
        return
    keep_address(kind, old_slug, thing.code, now_at=thing.slug)
    audit.log(by, "renamed", thing, before=old_slug, after=thing.slug)


def planned_paths(region: Region) -> dict[int, tuple[str, str]]:
    """What the region's slug and parent, as they now stand on the object, make of its branch's addresses.

    Gives (old, new) by primary key, the region's own first. Raises :class:`Clash` if one is taken outside of the
    branch, or if the region would stand beneath itself.
    """
    old = Region.objects.values_list("path", flat=True).get(pk=region.pk) if region.pk else ""
    new = region.own_path()
    plan = {region.pk or 0: (old, new)}
    if old:
        if region.parent_id and (region.parent.path == old or region.parent.path.startswith(f"{old}/")):
            raise Clash("A region cannot stand beneath itself.")
        below = Region.objects.filter(path__startswith=f"{old}/") if old != new else Region.objects.none()
        # The world's own address is no part of its continents'.
        if region.kind != Region.Kind.WORLD:
            plan |= {pk: (path, new + path[len(old) :]) for pk, path in below.values_list("pk", "path")}
    longest = max(len(path) for _, path in plan.values())
    if longest > Region._meta.get_field("path").max_length:
        raise Clash("The address would be too long. Choose a shorter one.")
    taken = Region.objects.filter(path__in=[path for _, path in plan.values()]).exclude(pk__in=plan).first()
    if taken:
        raise Clash(f"The address {taken.path} belongs to {taken.name} already.")
    return plan


@transaction.atomic
def save_region(region: Region, by) -> int:
    """Save a region under the address that its slug and parent give it, and move its branch along.

    Old addresses are kept. Gives how many addresses changed. Raises :class:`Clash`.
    """
    list(Region.objects.select_for_update().filter(pk=region.pk))
    plan = planned_paths(region)
    changed = {pk: paths for pk, paths in plan.items() if paths[0] != paths[1]}
    region.path = plan[region.pk or 0][1]
    if region.pk and changed:
        # Two steps: an address may be passed on inside of the branch, and each must be free before it is taken.
        for pk in changed:
            Region.objects.filter(pk=pk).update(path=f"~{pk}")
        codes = dict(Region.objects.filter(pk__in=changed).values_list("pk", "code"))
        for pk, (old, new) in changed.items():
            Region.objects.filter(pk=pk).update(path=new, updated_at=timezone.now())
            keep_address("region", old, codes[pk], now_at=new)
        before, after = plan[region.pk]
        if before != after:
            audit.log(by, "renamed", region, before=before, after=after, moved=len(changed))
    else:
        keep_address("region", "", region.code, now_at=region.path)
    region.save()
    purging.of_name("region", [region.code])
    if region.pk and changed:
        # What lies above it has changed, perhaps; its stories are listed there by a task.
        moved("region", [region.code])
    return len(changed) if plan.get(region.pk, ("", ""))[0] else 0


def moved(kind: str, codes) -> None:
    """Have the stories of these regions or topics listed anew: what stands above them has changed."""
    for code in sorted(codes):
        tasks.relist.enqueue(f"{kind}:{code}")


@transaction.atomic
def merge_topics(old: Topic, new: Topic, by) -> int:
    """Make one topic of two: stories, lists and addresses of ``old`` become those of ``new``. Gives how many stories.

    Old snapshots go on naming ``old`` and find ``new`` (``writing.by_code``).
    """
    if old.pk == new.pk:
        raise Clash("A topic cannot be merged with itself.")
    if new.parent_id == old.pk:
        new.parent = old.parent
        new.save()
    old.children.exclude(pk=new.pk).update(parent=new)
    links = TopicLink.objects.filter(tag=old)
    stories = list(links.values_list("content_object_id", flat=True))
    both = TopicLink.objects.filter(tag=new, content_object__in=stories).values("content_object")
    links.filter(content_object__in=both).delete()
    links.update(tag=new)
    # Whoever has one of these stories open must see that it has changed.
    Article.objects.filter(pk__in=stories).update(version=F("version") + 1)
    _move_listings(f"topic:{old.code}", f"topic:{new.code}")
    FormerPath.objects.filter(kind="topic", code=old.code).update(code=new.code)
    keep_address("topic", old.slug, new.code, former_code=old.code)
    purging.of_name("topic", [old.code, new.code])
    audit.log(by, "merged", new, merged=old.code, name_merged=old.name, stories=len(stories))
    old.delete()
    moved("topic", [new.code])
    return len(stories)


def _move_listings(old_place: str, new_place: str) -> None:
    """Move what is listed at one place to another, each release once."""
    # Wherever its stories stand, one is counted for the other.
    stories = Listing.objects.filter(place=old_place).values("article")
    elsewhere = Listing.objects.filter(article__in=stories).order_by().values_list("place", "language").distinct()
    summaries.count_soon({*elsewhere, *((new_place, language) for _, language in elsewhere)})
    there = Listing.objects.filter(place=new_place).values("release_id")
    Listing.objects.filter(place=old_place, release__in=there).delete()
    Listing.objects.filter(place=old_place).update(place=new_place)
