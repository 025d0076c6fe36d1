"""The demo newsroom: demo copy through the real importer, the real workflow and the real releases.

Every step is taken by the member of staff whose work it is. Run twice, it finds its work done.
"""

import json
import multiprocessing
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management.base import CommandError
from django.db import connections
from django.utils import timezone
from django.utils.text import slugify

from articles import audit, fixtures, photos, releasing, summaries, workflow, writing
from articles.demo.pictures import make_pictures
from articles.demo.work import give_work
from articles.models import Article, Author, Desk, Event, Photo, User, WireBatch
from articles.wire import intake

WIRE = settings.BASE_DIR / "fixtures" / "wire"
DONE = "demo_opened"


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    group: str
    desks: tuple[str, ...] = ("world", "middle-east", "africa", "economy", "culture-science-sport", "wire")


ACCOUNTS = (
    Account("reporter", "Rana Reporter", "Reporter"),
    Account("subeditor", "Sami Sub-editor", "Sub-editor"),
    Account("deskeditor", "Dalia Desk-editor", "Desk editor"),
    Account("photoeditor", "Farid Photo-editor", "Photo editor", ("photo", "world", "middle-east", "africa")),
    Account("wireeditor", "Wafa Wire-editor", "Wire editor"),
    Account("publisher", "Petra Publisher", "Publisher"),
    Account("admin", "Amal Administrator", "Administrator"),
)


def open_newsroom(password: str, *, say: Callable[[str], None] = print) -> None:
    """Fill an empty newsroom with its demo; do nothing to one that has it, but give its accounts that password.

    Refuses, with a CommandError, to run where DEBUG is off.
    """
    if not settings.DEBUG:
        raise CommandError("The demo runs only where DEBUG is on: its accounts share one password.")
    staff = _staff(password)
    if Event.objects.filter(action=DONE).exists():
        return
    say("Loading regions, topics, sources and groups …")
    fixtures.load_reference()
    _give_places(staff)
    say("Drawing the demo pictures …")
    plan = json.loads((WIRE / "demo.json").read_text("utf-8"))["stories"]
    pictures = _pictures(staff["photoeditor"], say)
    say("Importing the demo copy …")
    stories = _import(staff["wireeditor"])
    say("Taking the stories through the desk …")
    plan = [row for row in plan if row["headline"] in stories]
    for row in sorted(plan, key=lambda row: (-row["days_ago"], row["time"])):
        _through_the_desk(stories[row["headline"]], row, pictures, staff)
    give_work(staff)
    summaries.count_all()
    audit.log(None, DONE, WireBatch.objects.latest("id"))


def _staff(password):
    staff = {user.username: user for user in User.objects.filter(username__in=[one.username for one in ACCOUNTS])}
    first = staff.get(ACCOUNTS[0].username)
    if len(staff) == len(ACCOUNTS) and first.check_password(password):
        return staff
    # Hashing is slow by design, and they all share the one word: once is enough here.
    hashed = make_password(password)
    for account in ACCOUNTS:
        first_name, last_name = account.name.split(" ", 1)
        staff[account.username], _ = User.objects.update_or_create(
            username=account.username,
            defaults={"password": hashed},
            create_defaults={"password": hashed, "first_name": first_name, "last_name": last_name, "is_staff": True},
        )
    return staff


def _give_places(staff):
    for account in ACCOUNTS:
        user = staff[account.username]
        user.groups.add(Group.objects.get(name=account.group))
        user.desks.add(*Desk.objects.filter(code__in=account.desks))
        # Permissions are read once for each user object; these have just changed.
        staff[account.username] = User.objects.get(pk=user.pk)


def _import(wireeditor):
    paths = [str(path) for path in sorted(WIRE.glob("*.txt"))]
    stories = {}
    for event in intake.import_files(paths, desk="wire", by=wireeditor):
        if isinstance(event, intake.Taken):
            stories[event.reading.item.headline] = event.article
        elif isinstance(event, intake.Refused):
            raise CommandError(f"The demo copy was refused: {event.error.message}")
    return stories


def _pictures(photoeditor, say):
    """The demo pictures, taken in as any other, by their slug, with their public files."""
    taken = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in make_pictures(Path(folder), workers=2):
            taken[path.stem] = photos.take_in(path.read_bytes(), name=path.name, by=photoeditor, keep_both=True).photo
    say(f"Making the public files of {len(taken)} pictures …")
    _render_all([photo.public_id for photo in taken.values()])
    return {slug: Photo.objects.get(pk=photo.pk) for slug, photo in taken.items()}


def _render_all(ids):
    # Forked workers must not share this process's connection.
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        pool.map(_render, ids, chunksize=1)


def _render(public_id):
    photos.make_renditions(Photo.objects.get(public_id=public_id))


def _through_the_desk(public_id, row, pictures, staff):
    article = Article.objects.select_related("desk").get(public_id=public_id)
    if article.revisions.count() == 1:
        article = _write_through(article, row, pictures, staff["reporter"])
    goal = row["state"] if row["state"] in _STEPS else "approved"
    for status, username in list(_STEPS.items())[1 : list(_STEPS).index(goal) + 1]:
        # What an interrupted run has done already is passed over.
        if list(_STEPS).index(article.status) < list(_STEPS).index(status):
            article = workflow.move(article, status, staff[username], seen=article.version)
    if row["state"] in _STEPS or article.releases.exists():
        return
    publisher = staff["publisher"]
    at = timezone.now() + timedelta(hours=row["publish_in_hours"]) if row["state"] == "scheduled" else None
    releasing.release(article, publisher, seen=article.version, at=at)
    article.refresh_from_db()
    if row["state"] == "corrected":
        _correct(article, row, staff)
    elif row["state"] == "retracted":
        releasing.retract(article, publisher, seen=article.version, note=row["retraction_note"])


# How far a story can come before it is released, and who brings it there.
_STEPS = {"draft": "reporter", "submitted": "reporter", "editing": "subeditor", "approved": "deskeditor"}


def _write_through(article, row, pictures, reporter):
    """What the reporter adds to the wire's text: standfirst, topics, byline, pictures with alternative text, desk."""
    content = writing.snapshot(article)
    content |= {
        "standfirst": row.get("standfirst", ""),
        "topics": row["topics"],
        "urgency": row.get("urgency", 4),
        "desk": row["desk"],
        "bylines": [{"author": _author(row["reporter"], article.language).code, "text": ""}]
        if row.get("reporter")
        else [],
    }
    for caption, slug, alt in zip(content["captions"], row.get("pictures", ()), row.get("alt", ()), strict=False):
        if slug in pictures:
            # The file says who made it, in full.
            caption |= {"photo": pictures[slug].public_id, "alt_text": alt, "credit": "", "photographer": ""}
    article.provider_date = _published(row)
    writing.apply(article, content)
    writing.new_version(article)
    writing.record(article, reporter, reason="Written through at the desk")
    return Article.objects.select_related("desk").get(pk=article.pk)


def _correct(article, row, staff):
    """A figure was wrong: the sub-editor mends it, the desk editor approves, the publisher tells readers."""
    content = writing.snapshot(article)
    content["body"] = content["body"].replace(row["correction"]["from"], row["correction"]["to"])
    writing.apply(article, content)
    writing.new_version(article)
    writing.record(article, staff["subeditor"], reason="Corrected a figure")
    article = workflow.move(article, "approved", staff["deskeditor"], seen=article.version)
    releasing.release(article, staff["publisher"], seen=article.version, correction=row["correction_note"])


def _author(name, language):
    slug = slugify(name, allow_unicode=True)
    return Author.objects.get_or_create(
        slug=slug, defaults={"name": name, "name_ar": name if language == "ar" else ""}
    )[0]


def _published(row):
    hour, minute = map(int, row["time"].split(":"))
    day = timezone.localdate() - timedelta(days=row["days_ago"])
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    now = timezone.now().replace(second=0, microsecond=0)
    # Today's copy is not from later today.
    return moment if moment < now else now - timedelta(minutes=10 + hour)
