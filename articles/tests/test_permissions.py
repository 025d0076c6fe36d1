"""Who may open what at the desk: every address × every group × where its story stands × GET and POST.

``PLACES`` are the standings: a story of one's own desk, of another's, under embargo, confidential, of a desk where one
is a guest. An address that stands in no line of ``ADDRESSES`` fails the test: whoever adds one says who may open it.

All of it is asked on SQLite. What the database has a part in is which stories, work and wire items somebody sees, and
that turns on ``TURNS_ON`` alone: on PostgreSQL each address is asked by one group for each way in which these may be
held (``IN_BOTH``), wherever its story stands.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.contrib import admin
from django.db import connection, transaction
from django.http import QueryDict
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles import aside, audit, bulk
from articles.models import (
    Article,
    Assignment,
    ConfidentialSource,
    DeskMember,
    Event,
    FeedPoint,
    FixedPage,
    FrontSlot,
    Note,
    Notice,
    Photo,
    PreviewLink,
    SavedView,
    Subscriber,
    User,
    WireBatch,
    WireBytes,
    WireRecord,
    WireRule,
)

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
PLACES = ("own", "other", "embargoed", "confidential", "guest")
# Where a story is as unknown as one that never was, but to who holds this.
SHUT = {"other": "span_desks", "confidential": "view_confidential_article"}
TURNS_ON = ("span_desks", "view_confidential_article")
IN_BOTH = ("Reporter", "Desk editor", "Publisher", "staff without a group", "anonymous")
GUESTS_MAY = ("view_", "add_note", "change_note")
GUESTS_MAY_NOT = "view_confidential_article"  # by which stories are marked so


@dataclass
class Address:
    """Who may: permissions of which all are needed, each a word or several with “or”; and what the test sends."""

    needs: tuple = ()
    thing: str = ""  # what it is about: an attribute of the world below
    scoped: bool = False  # only on one's own desks
    tells: bool = True  # of a story, so that a confidential one is not to be had there
    post: dict | None = None
    to_post: tuple | None = None  # what a page that is read needs before anything is sent to it, where that is more
    more: tuple = ()  # further arguments: a word is one of the world's, where there is one of that name
    query: str = ""
    fine: tuple = (200, 302)
    anybody: str = ""


def may(*needs, **kw):
    return Address(needs=needs, **kw)


def story(*needs, **kw):
    return Address(needs=("view_article", *needs), thing="article", scoped=True, **kw)


def work(*needs, **kw):
    return Address(needs=("view_assignment", "view_article", *needs), thing="work", scoped=True, **kw)


def batch(*needs, **kw):
    return Address(needs=("view_wirebatch", *needs), thing="batch", scoped=True, tells=False, **kw)


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
        f"{prefix}_change": may(view, thing=name, to_post=(either.format("change"),)),
        f"{prefix}_history": may(view, thing=name),
        f"{prefix}_delete": may(either.format("delete"), thing=name),
    }


ADDRESSES = {
    "index": Address(anybody=STAFF),
    "login": Address(anybody=OPEN),
    "sign_in": Address(anybody=OPEN),
    "drafts": Address(anybody=STAFF),
    "logout": Address(anybody=OPEN, post={}),
    "password_change": Address(anybody=STAFF),
    "password_change_done": Address(anybody=STAFF),
    "jsi18n": Address(anybody=STAFF),
    "app_list": Address(anybody=STAFF),
    "autocomplete": may("view_article", query="?kind=story&q=a"),
    # stories
    "articles_article_changelist": may("view_article"),
    "articles_article_add": may("add_article"),
    "articles_article_change": story(to_post=("change_article",)),
    "articles_article_history": story(),
    "articles_article_revision": story(more=(1,)),
    "articles_article_compare": story(query="?from=1&to=1"),
    "articles_article_preview": story(),
    "articles_article_preview_signed": story(more=("x",), fine=(410,)),
    "articles_article_preview_page": story(more=("x",), fine=(410,)),
    "articles_article_previews": story("share_preview"),
    "articles_article_revoke_preview": story("share_preview", more=("preview",), post={}, fine=(302,)),
    "articles_article_releases": story(),
    "articles_article_outlets": story(),
    "articles_article_ask_outlets": story(post={}, fine=(302,)),
    "articles_article_delete": story("delete_article"),
    "articles_article_lift_wire": button("lift_kill", reason="We have it ourselves."),
    "articles_article_move": button("submit_article", target="submitted"),
    "articles_article_restore": Address(
        needs=("change_article",), thing="article", scoped=True, more=(1,), post={}, fine=(302,)
    ),
    "articles_article_settle": Address(
        needs=("view_article", "change_article"), thing="article", scoped=True, more=("kept",), fine=(200, 422)
    ),
    "articles_article_keep": story(post={}, fine=(200,)),
    "articles_article_draft": story(fine=(200, 204)),
    "articles_article_keep_new": may("add_article", post={}),
    "articles_article_draft_new": may("add_article", fine=(200, 204)),
    "articles_article_name_revision": Address(
        needs=("view_article", "name_revision"),
        thing="article",
        scoped=True,
        more=(1,),
        post={"name": "x"},
        fine=(302,),
    ),
    "articles_article_erase": story("erase_text"),
    "articles_article_publish": button("publish_article"),
    "articles_article_schedule": button("publish_article", at="2099-01-01T12:00"),
    "articles_article_correct": button("publish_article", "correct_article", note="It was Monday."),
    "articles_article_retract": button("retract_article", note="It was wrong."),
    "articles_article_unschedule": button("publish_article"),
    "articles_article_expire": button("retract_article"),
    "articles_article_roll_back": button("publish_article", sequence=1, reason="A mix-up."),
    "articles_article_hold": button("set_legal_hold", reason="A judge asked."),
    "articles_article_confidential": button("view_confidential_article", reason="Its source is in danger."),
    # notes and work
    "articles_article_notes": story("view_note", to_post=("add_note",)),
    "articles_article_note_turn": story("change_note", more=("note", "resolve"), post={}, fine=(302,)),
    "articles_article_people": story("add_note", query="?q=a"),
    "articles_assignment_changelist": may("view_assignment"),
    "articles_assignment_add": may("add_assignment"),
    "articles_assignment_change": work(to_post=("add_assignment",)),
    "articles_assignment_act": work("add_assignment", more=("finish",), post={}, fine=(302,)),
    # what one has been told: somebody else's is nobody's
    "articles_notice_changelist": Address(anybody=STAFF),
    "articles_notice_settings": Address(anybody=STAFF),
    "articles_notice_read": Address(anybody=STAFF, post={}),
    "articles_notice_open": may("nobody", thing="notice"),
    "articles_article_advise_new": may("add_article", post={}, fine=(200,)),
    # the list's views, its files, and what is done to many at once: somebody else's order or view is nobody's
    "articles_article_view_save": may("view_article", post={"name": "x"}),
    "articles_article_view_change": may("nobody", thing="view", post={"name": "x"}),
    "articles_article_view_delete": may("nobody", thing="view", post={}),
    "articles_article_export": may("view_article", "export_article", post={"format": "csv"}, fine=(200,)),
    "articles_article_bulk": may("view_article"),
    "articles_article_bulk_order": may("nobody", thing="order"),
    "articles_article_bulk_give": may("nobody", thing="order", post={}),
    "articles_article_bulk_drop": may("nobody", thing="order", post={}),
    "articles_article_advise": Address(
        needs=("view_article", "change_article"), thing="article", scoped=True, post={}, fine=(200,)
    ),
    # pictures
    **reference("photo"),
    "articles_photo_thumb": may("view_photo or change_article", thing="photo"),
    "articles_photo_wide": may("view_photo or change_article", thing="photo_id"),
    "articles_photo_original": may("change_photo", thing="photo"),
    "articles_photo_replace": may("change_photo", "add_photo", thing="photo", post={}, fine=(302,)),
    "articles_photo_restore": may("change_photo", thing="photo", more=(1,), post={}, fine=(302,)),
    "articles_photo_correct": may("change_photo", thing="photo"),
    "articles_photo_take": may("add_photo", post={}, fine=(422,)),
    "articles_photo_sheet": may("change_photo"),
    "articles_photo_check": may("change_photo", post={}, fine=(200,)),
    "articles_photo_batch": may("change_photo"),
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
    **reference("subscriber"),
    **reference("fixedpage"),
    "articles_subscriber_keys": may("change_subscriber", thing="subscriber", post={}, fine=(200,)),
    # staff: nobody is ever deleted
    **reference("user"),
    "articles_user_delete": may("nobody", thing="user"),
    "auth_user_password_change": may("change_user", thing="user"),
    **reference("group", app="auth"),
    # wire and log
    "articles_wirebatch_changelist": may("view_wirebatch"),
    "articles_wirebatch_change": may("view_wirebatch", thing="batch", scoped=True, tells=False),
    "articles_wirebatch_upload": may("import_stories", "view_wirebatch"),
    "articles_wirebatch_look": batch("import_stories"),
    "articles_wirebatch_progress": batch(),
    "articles_wirebatch_again": batch("import_stories", post={}, fine=(302,)),
    "articles_wirebatch_undo": batch("undo_import"),
    **reference("wirerule"),
    **reference("feedpoint"),
    "articles_wirerecord_changelist": may("view_wirerecord"),
    "articles_wirerecord_news": may("view_wirerecord", query="?after=0"),
    "articles_wirerecord_view_save": may("view_wirerecord", post={"name": "Mine"}, fine=(302,)),
    "articles_wirerecord_view_change": may("nobody", thing="view", post={"name": "x"}),
    "articles_wirerecord_view_delete": may("nobody", thing="view", post={}),
    "articles_photo_view_save": may("view_photo or change_photo", post={"name": "x"}),
    "articles_photo_view_change": may("nobody", thing="view", post={"name": "x"}),
    "articles_photo_view_delete": may("nobody", thing="view", post={}),
    "articles_wirerecord_act": may(
        "view_wirerecord", "work_wire", thing="record", scoped=True, post={"act": "park"}, fine=(302,)
    ),
    "articles_wirerecord_mend": may("view_wirerecord", "work_wire", thing="record", scoped=True),
    "articles_wirerecord_change": may("view_wirerecord", thing="record", scoped=True),
    "articles_wirerecord_raw": may("view_wirerecord", thing="record", scoped=True),
    "articles_wirerecord_offer": may("view_article", thing="record", scoped=True),
    # the front page
    "articles_frontslot_changelist": may("view_frontslot"),
    "articles_frontslot_arrange": may(
        "arrange_front", post={"language": "en", "seen": "0", "slot": "lead"}, fine=(422,)
    ),
    "articles_frontslot_strip": may("arrange_front", post={"language": "en", "seen": "0"}, fine=(422,)),
    "articles_frontslot_move": may("arrange_front", post={"language": "en", "seen": "0"}, fine=(422,)),
    "articles_frontslot_withdraw": may("arrange_front", thing="front", post={"seen": "0"}, fine=(302, 409)),
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


def make_order():
    article, asker = make_article(headline="Ordered"), make_user(group="Publisher")
    return bulk.prepare(asker, "submit", [article], {})


def make_front_slot():
    now = timezone.now()
    return FrontSlot.objects.create(slot="lead", language="en", public_id="x", live_from=now, made_at=now)


def shared():
    photo = make_photo(renditions=False)
    confidential = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    event = Event.objects.create(at=timezone.now(), action="changed", kind="photo", thing="x", name="x")
    group = load_groups()["Reporter"]
    return {
        "photo": photo.pk,
        "photo_id": photo.public_id,
        "region": make_region().pk,
        "topic": make_topic().pk,
        "source": make_source().pk,
        "author": make_author().pk,
        "desk": make_desk("spare").pk,
        "fixedpage": FixedPage.objects.create(slug="about", language="en", title="About", body="<p>We.</p>").pk,
        "subscriber": Subscriber.objects.create(name="The Evening Quay").pk,
        "confidentialsource": confidential.pk,
        "wirerule": WireRule.objects.create(source=make_source()).pk,
        "feedpoint": FeedPoint.objects.create(source=make_source(), address="https://feeds.example.org/rss").pk,
        "user": make_user().pk,
        "group": group.pk,
        "event": event.pk,
        "front": make_front_slot().pk,
        "view": SavedView.objects.create(name="Hers", owner=make_user(), desk=make_desk("world")).pk,
        "order": make_order().pk,
        "notice": Notice.objects.create(recipient=make_user(), reason="noted", text="x", once="x").pk,
    }


def world_of(place):
    desk = make_desk({"other": "africa", "guest": "sport"}.get(place, "world"))
    until = timezone.now() + timedelta(days=1) if place == "embargoed" else None
    article = make_article(desk=desk, captions=[{"caption": "Awaited."}], embargo_until=until)
    Article.objects.filter(pk=article.pk).update(confidential=place == "confidential")
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
    shown_to = {"made_by": make_user(), "expires_at": timezone.now() + timedelta(days=1)}
    own["preview"] = PreviewLink.objects.create(article=article, token_hash=place, for_whom="x", **shown_to).pk
    refused = {**article.revisions.get().content, "headline": "Refused"}
    own["kept"] = aside.keep(article, refused, None, opened=1, newest=article.revisions.get()).number
    own["note"] = Note.objects.create(article=article, text="Which boats?").pk
    own["work"] = Assignment.objects.create(article=article, title="The port", desk=desk).pk
    return World({**shared(), **own}, article.version)


def sign_in(client, who):
    """The permissions of whoever that is, a member of one desk and a guest of another, at this browser."""
    if who == "anonymous":
        return set()
    user = make_user(desks=[make_desk("world"), make_desk("sport")])
    DeskMember.objects.filter(user=user, desk__code="sport").update(role="guest")
    permissions = set()
    if who in GROUPS:
        group = load_groups()[who]
        user.groups.add(group)
        permissions = set(group.permissions.values_list("codename", flat=True))
    client.force_login(user)
    if who == "left":
        type(user).objects.filter(pk=user.pk).update(is_active=False)
    return permissions


def expected(address, permissions, place, *, signed_in, to_post=False):
    if address.anybody == OPEN:
        return True
    if not signed_in:
        return False
    if address.anybody == STAFF:
        return True
    needs = [*address.needs, *((address.to_post or ()) if to_post else ())]
    held = [[word for word in need.split(" or ") if word in permissions] for need in needs]
    if not all(held):
        return False
    if not address.scoped:
        return True
    if place == "confidential" and address.tells and "view_confidential_article" not in permissions:
        return False
    if "span_desks" in permissions or place in ("own", "embargoed", "confidential"):
        return True
    guests_may = [[word.startswith(GUESTS_MAY) and word != GUESTS_MAY_NOT for word in words] for words in held]
    return place == "guest" and all(any(words) for words in guests_may)


def where(name, address, world):
    arguments = [world.ids[address.thing]] if address.thing else []
    if name == "app_list":
        arguments = ["articles"]
    return reverse(f"admin:{name}", args=[*arguments, *(world.ids.get(word, word) for word in address.more)])


def sent(client, name, address, world, method):
    """The answer to one request. Nothing that it does is kept, signing out included."""
    where_to = where(name, address, world) + address.query
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        if method == "GET":
            answer = client.get(where_to)
        else:
            answer = client.post(where_to, {"version": world.version, **(address.post or {})})
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def turned_away(name, address, answer):
    to_the_door = (
        address.anybody != OPEN
        and answer.status_code == 302
        and (answer.url.startswith("/admin/login/") or (answer.url == "/admin/" and name != "app_list"))
    )
    return to_the_door or answer.status_code in (403, 404, 405)


def asked_by(*whos):
    """Each of them on SQLite; on PostgreSQL, those of ``IN_BOTH``."""
    return pytest.mark.parametrize("who", [who for who in whos if connection.vendor == "sqlite" or who in IN_BOTH])


def test_who_asks_on_postgresql_stands_for_all_groups():
    held = {
        name: _turn_on(group.permissions.values_list("codename", flat=True)) for name, group in load_groups().items()
    }
    assert {held[who] for who in IN_BOTH if who in held} == set(held.values())


def _turn_on(permissions):
    return frozenset(TURNS_ON) & set(permissions)


@pytest.fixture
def unrendered(monkeypatch):
    """Pages are decided on and put together, but not written out, which costs more than all the rest.

    That each is written out without a fault is seen below, by every group.
    """
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")


@pytest.mark.usefixtures("unrendered")
@pytest.mark.parametrize("place", PLACES)
@asked_by(*GROUPS, "staff without a group", "anonymous", "left")
def test_every_address_is_open_to_whom_it_should_be_and_to_nobody_else(client, who, place):
    world = world_of(place)
    nowhere = World({name: 10**9 if isinstance(one, int) else one for name, one in world.ids.items()})
    permissions = sign_in(client, who)
    client.raise_request_exception = False  # a page that breaks is a line of the list below
    signed_in = who not in ("anonymous", "left")
    wrong = []
    for name, address in ADDRESSES.items():
        if place != "own" and not address.scoped:
            continue
        its_own = "GET" if address.post is None else "POST"
        for method in ("GET", "POST"):
            answer = sent(client, name, address, world, method)
            to_post = method == "POST"
            may_open = expected(address, permissions, place, signed_in=signed_in, to_post=to_post)
            line = f"{method} {name}: {answer.status_code}"
            if method == its_own:
                fine = (*address.fine, 302) if address.anybody == OPEN else address.fine
                let_in = answer.status_code in fine and not turned_away(name, address, answer)
            else:  # an address that is read answers many things to what is sent, so long as it lets nobody in
                let_in = not turned_away(name, address, answer) or (may_open and answer.status_code != 500)
                wrong += [f"{line} is broken"] if answer.status_code == 500 else []
            if let_in != may_open:
                wrong.append(f"{line}, and it should be {'open' if may_open else 'shut'}")
            if not let_in and address.scoped and place in SHUT and SHUT[place] not in permissions:
                never = sent(client, name, address, nowhere, method)
                if signed_in and never.status_code != answer.status_code:
                    wrong.append(f"{line}, but {never.status_code} for one that never was")
    assert not wrong, "\n".join(wrong)
    assert Photo.objects.count() == 1


def test_every_address_stands_in_the_table():
    assert set(names(admin.site.get_urls())) == set(ADDRESSES)


# --- no page names what is not open ---------------------------------------------------------------------------------

CANARIES = {"other": "Zanzibar", "confidential": "Quicksilver"}


def hide_canary(place, word, reader, photo):
    """A story that says that word wherever a story says anything, and everything that tells of it."""
    desk = make_desk("africa" if place == "other" else "world")
    article = make_article(desk=desk, headline=f"{word} story", slugline=word, body=f"<p>{word} text.</p>")
    article.captions.create(photo=photo, caption=f"{word} boats.")
    article.captions.create(caption=f"{word} awaited.", position=1)
    Article.objects.filter(pk=article.pk).update(confidential=place == "confidential", status="submitted")
    article.notes.create(text=f"{word} note")
    Assignment.objects.create(article=article, title=f"{word} work", desk=desk)
    Notice.objects.create(recipient=reader, reason="noted", text=f"{word} notice", article=article, once=word)
    audit.log(None, "returned", article, reason=f"{word} reason")
    received, _ = WireBytes.objects.get_or_create(sha256=word, defaults={"data": f"{word} copy.".encode()})
    WireRecord.objects.create(
        batch=WireBatch.objects.create(name="wire.txt", desk=make_desk("world" if place == "confidential" else "wire")),
        received=received,
        parser="text",
        outcome="created",
        headline=f"{word} head",
        article=article,
        is_offered=True,
        content={"content": {"headline": f"{word} newer", "body": "", "captions": []}},
    )
    return article


@pytest.fixture
def looked_for(monkeypatch):
    """What was looked for in addresses' queries since this was emptied: “q”, if somebody went through a whole one."""
    names = set()

    def kept(real, named):
        def ask(query, *given):
            names.add(given[0] if named else "q")
            return real(query, *given)

        return ask

    for way in ("__getitem__", "__contains__", "getlist", "items", "dict", "urlencode", "copy"):
        named = way in ("__getitem__", "__contains__", "getlist")
        monkeypatch.setattr(QueryDict, way, kept(getattr(QueryDict, way), named))
    return names


def shown(client, name, address, world, looked_for):
    """Every page that is at that address, by its query: what can be searched is searched."""
    for query in (address.query, "?q=story", *(f"?kind=story&q={word[:4]}" for word in CANARIES.values())):
        looked_for.clear()
        answer = client.get(where(name, address, world) + query)
        yield query, answer, (b"".join(answer.streaming_content) if answer.streaming else answer.content).lower()
        if answer.status_code in (302, 403, 404, 405) or "q" not in looked_for:
            break  # whoever is turned away is, whatever they ask; and so is answered what nobody looks for


@asked_by(*GROUPS, "staff without a group")
def test_every_page_is_written_out_and_names_no_story_that_is_not_open_to_its_reader(client, who, looked_for):
    world = world_of("own")
    permissions = sign_in(client, who)
    reader = User.objects.get(pk=client.session["_auth_user_id"])
    photo, sibling = Photo.objects.get(pk=world.ids["photo"]), Article.objects.get(pk=world.ids["article"])
    hidden = {place: hide_canary(place, word, reader, photo) for place, word in CANARIES.items()}
    client.raise_request_exception = False
    named = {place: [] for place in CANARIES}
    siblings_page = where("articles_article_change", ADDRESSES["articles_article_change"], world)
    for place, article in hidden.items():
        Article.objects.filter(pk=sibling.pk).update(translation_of=article)
        if CANARIES[place].encode() in client.get(siblings_page).content:
            named[place].append("the page of its translation")
    broken = []
    for name, address in ADDRESSES.items():
        for query, answer, content in shown(client, name, address, world, looked_for):
            broken += [f"{name}{query}"] if answer.status_code == 500 else []
            for place, word in CANARIES.items():
                if word.lower().encode() in content:
                    named[place].append(f"{name}{query}")
    assert not broken, "\n".join(broken)
    for place, where_to in named.items():
        # Whoever may see it is shown it: the words would be found.
        assert bool(where_to) == (SHUT[place] in permissions), f"{place}:\n" + "\n".join(where_to)


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
def test_every_look_up_is_open_to_whom_it_should_be(client, who):
    from articles.desk.picking import KINDS as real

    assert set(real) == set(KINDS)
    permissions = sign_in(client, who)
    for kind, needs in KINDS.items():
        answer = client.get(reverse("admin:autocomplete"), {"kind": kind, "q": "a"})
        assert (answer.status_code == 200) == bool(permissions & set(needs)), kind
    assert client.get(reverse("admin:autocomplete"), {"kind": "user", "q": "a"}).status_code == 403


def test_a_look_up_finds_no_story_of_another_desk(client):
    make_article(headline="Harbour of ours", desk=make_desk("world"))
    make_article(headline="Harbour of theirs", desk=make_desk("africa"))
    sign_in(client, "Reporter")
    answer = client.get(reverse("admin:autocomplete"), {"kind": "story", "q": "Harbour"})
    assert [one["text"] for one in answer.json()["results"]] == ["Harbour of ours"]


def test_no_look_up_tells_who_a_confidential_source_is(client):
    ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    client.force_login(make_user(group="Publisher", permissions="view_confidentialsource read_identity"))
    for words in ("Omar", "official"):
        answer = client.get(reverse("admin:autocomplete"), {"kind": "confidential", "q": words})
        assert "Omar" not in answer.content.decode().replace("q=Omar", "")
    assert len(answer.json()["results"]) == 1
