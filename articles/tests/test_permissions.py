"""Who may open what at the desk: every address × every group × a story of one's own desk and one of another's.

An address that stands in no line of ``ADDRESSES`` fails the test: whoever adds one says here who may open it.
"""

from copy import deepcopy
from dataclasses import dataclass, field

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles.models import ConfidentialSource, Event, Photo, WireBatch, WireBytes, WireRecord

from .desk import GROUPS, load_groups
from .factories import (
    make_article,
    make_author,
    make_desk,
    make_photo,
    make_region,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

OPEN, STAFF = "open to anybody", "open to all staff"


@dataclass
class Address:
    """Who may: permissions of which all are needed, each a word or several with “or”; and what the test sends."""

    needs: tuple = ()
    thing: str = ""  # what it is about: an attribute of the world below
    scoped: bool = False  # only on one's own desks
    post: dict | None = None
    more: tuple = ()  # further arguments
    query: str = ""
    fine: tuple = (200, 302)
    anybody: str = ""


def may(*needs, **kw):
    return Address(needs=needs, **kw)


def story(*needs, **kw):
    return Address(needs=("view_article", *needs), thing="article", scoped=True, **kw)


def button(*needs, **data):
    return story(*needs, post=data, fine=(302, 422))


def reference(name, app="articles"):
    """Django's own screens of a thing that all desks share."""
    either = f"{{}}_{name}"
    prefix = f"{app}_{name}"
    view = f"view_{name} or change_{name}"
    return {
        f"{prefix}_changelist": may(view),
        f"{prefix}_add": may(either.format("add")),
        f"{prefix}_change": may(view, thing=name),
        f"{prefix}_history": may(view, thing=name),
        f"{prefix}_delete": may(either.format("delete"), thing=name),
    }


ADDRESSES = {
    "index": Address(anybody=STAFF),
    "login": Address(anybody=OPEN),
    "logout": Address(anybody=OPEN, post={}),
    "password_change": Address(anybody=STAFF),
    "password_change_done": Address(anybody=STAFF),
    "jsi18n": Address(anybody=STAFF),
    "app_list": Address(anybody=STAFF),
    "autocomplete": may("view_article", query="?kind=story&q=a"),
    # stories
    "articles_article_changelist": may("view_article"),
    "articles_article_add": may("add_article"),
    "articles_article_change": story(),
    "articles_article_history": story(),
    "articles_article_revision": story(more=(1,)),
    "articles_article_compare": story(query="?from=1&to=1"),
    "articles_article_preview": story(),
    "articles_article_preview_signed": story(more=("x",), fine=(410,)),
    "articles_article_delete": story("delete_article"),
    "articles_article_move": button("submit_article", target="submitted"),
    "articles_article_restore": Address(
        needs=("change_article",), thing="article", scoped=True, more=(1,), post={}, fine=(302,)
    ),
    "articles_article_publish": button("publish_article"),
    "articles_article_schedule": button("publish_article", at="2099-01-01T12:00"),
    "articles_article_correct": button("publish_article", "correct_article", note="It was Monday."),
    "articles_article_retract": button("retract_article", note="It was wrong."),
    "articles_article_unschedule": button("publish_article"),
    "articles_article_hold": button("set_legal_hold", reason="A judge asked."),
    # pictures
    **reference("photo"),
    "articles_photo_thumb": may("view_photo or change_article", thing="photo"),
    "articles_photo_wide": may("view_photo or change_article", thing="photo_id"),
    "articles_photo_original": may("change_photo", thing="photo"),
    "articles_photo_awaited": may("view_photo"),
    "articles_photo_fulfil": may("view_article", "change_photocaption", thing="caption", scoped=True),
    # what stories name
    **reference("region"),
    **reference("topic"),
    "articles_topic_merge": may("change_topic", "delete_topic", thing="topic"),
    **reference("source"),
    **reference("confidentialsource"),
    **reference("author"),
    **reference("desk"),
    # staff: nobody is ever deleted
    **reference("user"),
    "articles_user_delete": may("nobody", thing="user"),
    "auth_user_password_change": may("change_user", thing="user"),
    **reference("group", app="auth"),
    # wire and log
    "articles_wirebatch_changelist": may("view_wirebatch"),
    "articles_wirebatch_change": may("view_wirebatch", thing="batch", scoped=True),
    "articles_wirerecord_changelist": may("view_wirerecord"),
    "articles_wirerecord_change": may("view_wirerecord", thing="record", scoped=True),
    "articles_wirerecord_raw": may("view_wirerecord", thing="record", scoped=True),
    "articles_wirerecord_offer": may("view_article", thing="record", scoped=True),
    "articles_event_changelist": may("view_event"),
    "articles_event_change": may("view_event", thing="event"),
}


@dataclass
class World:
    """One of everything; ``scoped`` things are those of one desk."""

    ids: dict = field(default_factory=dict)
    version: int = 1


def names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def shared():
    photo = make_photo(renditions=False)
    confidential = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    event = Event.objects.create(at=timezone.now(), action="saved", kind="article", thing="x", name="x")
    group = load_groups()["Reporter"]
    return {
        "photo": photo.pk,
        "photo_id": photo.public_id,
        "region": make_region().pk,
        "topic": make_topic().pk,
        "source": make_source().pk,
        "author": make_author().pk,
        "desk": make_desk("spare").pk,
        "confidentialsource": confidential.pk,
        "user": make_user().pk,
        "group": group.pk,
        "event": event.pk,
    }


def world_of(desk, common):
    article = make_article(desk=desk, captions=[{"caption": "Awaited."}])
    batch = WireBatch.objects.create(name="wire.txt", desk=desk)
    received, _ = WireBytes.objects.get_or_create(sha256="0" * 64, defaults={"data": b"A story."})
    record = WireRecord.objects.create(
        batch=batch,
        received=received,
        parser="text",
        outcome="updated",
        article=article,
        is_offered=True,
        content={"content": {"headline": "Newer", "body": "<p>Newer.</p>", "captions": []}},
    )
    own = {"article": article.pk, "caption": article.captions.get().pk, "batch": batch.pk, "record": record.pk}
    return World({**common, **own}, article.version)


def expected(address, permissions, *, own, signed_in):
    if address.anybody == OPEN:
        return True
    if not signed_in:
        return False
    if address.anybody == STAFF:
        return True
    holds = all(any(word in permissions for word in need.split(" or ")) for need in address.needs)
    return holds and (own or not address.scoped or "span_desks" in permissions)


def opened(client, name, address, world):
    """The answer, and whether that let anybody in. Nothing that a request does is kept, signing out included."""
    arguments = [world.ids[address.thing]] if address.thing else []
    if name == "app_list":
        arguments = ["articles"]
    where = reverse(f"admin:{name}", args=[*arguments, *address.more]) + address.query
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        if address.post is None:
            answer = client.get(where)
        else:
            answer = client.post(where, {"version": world.version, **address.post})
        transaction.set_rollback(True)
    client.cookies = cookies
    to_the_door = (
        address.anybody != OPEN
        and answer.status_code == 302
        and (answer.url.startswith("/admin/login/") or (answer.url == "/admin/" and name != "app_list"))
    )
    return answer, answer.status_code in (*address.fine, 302 if address.anybody == OPEN else 0) and not to_the_door


@pytest.fixture
def desks():
    return make_desk("middle-east"), make_desk("africa")


@pytest.mark.parametrize("who", [*GROUPS, "staff without a group", "anonymous", "left"])
def test_every_address_is_open_to_whom_it_should_be_and_to_nobody_else(client, desks, who):
    common = shared()
    worlds = {True: world_of(desks[0], common), False: world_of(desks[1], common)}
    permissions = set()
    if who != "anonymous":
        user = make_user(desks=[desks[0]])
        if who in GROUPS:
            group = load_groups()[who]
            user.groups.add(group)
            permissions = set(group.permissions.values_list("codename", flat=True))
        client.force_login(user)
        if who == "left":
            type(user).objects.filter(pk=user.pk).update(is_active=False)
    wrong = []
    for name, address in ADDRESSES.items():
        for own in (True, False) if address.scoped else (True,):
            signed_in = who not in ("anonymous", "left")
            answer, let_in = opened(client, name, address, worlds[own])
            if let_in != expected(address, permissions, own=own, signed_in=signed_in):
                wrong.append(f"{name} ({'own' if own else 'other'} desk): {answer.status_code}")
            would_be_let_in = expected(address, permissions, own=True, signed_in=signed_in)
            if signed_in and not let_in and would_be_let_in and answer.status_code not in (404, 302):
                wrong.append(f"{name}: another desk's is told from one that never was: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert Photo.objects.count() == 1


def test_every_address_stands_in_the_table():
    assert set(names(admin.site.get_urls())) == set(ADDRESSES)


KINDS = {
    "region": ("view_article",),
    "topic": ("view_article",),
    "source": ("view_article",),
    "author": ("view_article",),
    "photo": ("view_photo", "change_article"),
    "story": ("view_article",),
    "confidential": ("view_confidentialsource",),
}


@pytest.mark.parametrize("who", [*GROUPS, "staff without a group"])
def test_every_look_up_is_open_to_whom_it_should_be(client, desks, who):
    from articles.desk.picking import KINDS as real

    assert set(real) == set(KINDS)
    user = make_user(desks=[desks[0]])
    permissions = set()
    if who in GROUPS:
        group = load_groups()[who]
        user.groups.add(group)
        permissions = set(group.permissions.values_list("codename", flat=True))
    client.force_login(user)
    for kind, needs in KINDS.items():
        answer = client.get(reverse("admin:autocomplete"), {"kind": kind, "q": "a"})
        assert (answer.status_code == 200) == bool(permissions & set(needs)), kind
    assert client.get(reverse("admin:autocomplete"), {"kind": "user", "q": "a"}).status_code == 403


def test_a_look_up_finds_no_story_of_another_desk(client, desks):
    make_article(headline="Harbour of ours", desk=desks[0])
    make_article(headline="Harbour of theirs", desk=desks[1])
    client.force_login(make_user(group="Reporter", desks=[desks[0]]))
    answer = client.get(reverse("admin:autocomplete"), {"kind": "story", "q": "Harbour"})
    assert [one["text"] for one in answer.json()["results"]] == ["Harbour of ours"]


def test_no_look_up_tells_who_a_confidential_source_is(client, desks):
    ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    client.force_login(make_user(group="Publisher", permissions="view_confidentialsource read_identity"))
    for words in ("Omar", "official"):
        answer = client.get(reverse("admin:autocomplete"), {"kind": "confidential", "q": words})
        assert "Omar" not in answer.content.decode().replace("q=Omar", "")
    assert len(answer.json()["results"]) == 1
