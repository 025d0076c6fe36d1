"""The front page: what stands in which slot at any instant, by hand or by itself."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from articles import front, releasing
from articles.models import Article, Event, FrontSlot, User

from .factories import approve, fresh, make_article, make_desk, make_region, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db
BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)  # the clock's
SCREEN = "admin:articles_frontslot_changelist"


@pytest.fixture(scope="module", autouse=True)
def made(shared_rows):
    """The keys of an editor and of twelve stories, which were released an hour apart, the oldest first."""

    def make():
        editor = make_user("editor", group="Publisher", permissions="view_frontslot arrange_front")
        keys = []
        with time_machine.travel(BEGINNING, tick=False) as time:
            for number in range(12):
                words = {"headline": f"Story {number}", "body": f"<p>Story {number}.</p>"}
                keys.append(make_released(publisher=editor, **words).pk)
                time.shift(3600)
        return editor.pk, keys

    return shared_rows(make)


@pytest.fixture
def editor(made, clock):
    return User.objects.get(pk=made[0])


@pytest.fixture
def stories(made, clock):
    """Twelve stories, an hour apart, the newest first."""
    clock.shift(12 * 3600)
    found = Article.objects.in_bulk(made[1])
    return [found[key] for key in reversed(made[1])]


def put(editor, slot, article, **kw):
    return front.arrange(editor, "en", [front.Wish(slot, article.public_id)], seen=None, **kw)[0]


def top(at=None, **kw):
    shown = front.front_at("en", at, **kw)
    return [slot.release.headline for slot in [shown.lead, *shown.secondary]]


def test_nobody_has_decided_so_the_latest_stand_there(stories):
    shown = front.front_at("en")
    assert top() == [f"Story {number}" for number in (11, 10, 9, 8, 7, 6)]
    assert [release.headline for release in shown.latest] == [f"Story {number}" for number in (5, 4, 3, 2, 1, 0)]
    assert shown.lead.decision is None


def test_a_story_stands_where_it_was_put_and_nowhere_else(stories, editor):
    put(editor, "lead", stories[7])
    put(editor, "secondary-2", stories[11])
    assert top() == ["Story 4", "Story 11", "Story 0", "Story 10", "Story 9", "Story 8"]
    shown = front.front_at("en")
    assert "Story 4" not in [release.headline for release in shown.latest]
    assert shown.lead.decision.made_by_name == "editor"


def test_readers_see_it_at_once(client, stories, editor):
    put(editor, "lead", stories[7])
    page = client.get("/").content.decode()
    assert page.index("Story 4<") < page.index("Story 11<")


def test_it_leaves_when_its_time_is_over(stories, editor, clock):
    put(editor, "lead", stories[7], until=timezone.now() + timedelta(hours=2))
    clock.shift(7199)
    assert top()[0] == "Story 4"
    clock.shift(1)
    assert top()[0] == "Story 11"


def test_a_planned_front_comes_true_by_itself(stories, editor, clock):
    start = timezone.now() + timedelta(hours=9)
    put(editor, "lead", stories[3], at=start, until=start + timedelta(hours=1))
    assert top()[0] == "Story 11"
    assert top(start, known=timezone.now())[0] == "Story 8"
    clock.move_to(start)
    assert top()[0] == "Story 8"
    clock.move_to(start + timedelta(hours=1))
    assert top()[0] == "Story 11"


def test_the_newest_decision_holds_and_taking_it_back_shows_the_one_beneath(stories, editor):
    put(editor, "lead", stories[7])
    later = put(editor, "lead", stories[8])
    assert top()[0] == "Story 3"
    front.withdraw(editor, later, seen=None)
    assert top()[0] == "Story 4"


def test_taking_a_story_out_leaves_the_slot_to_the_page(stories, editor):
    put(editor, "lead", stories[7])
    put(editor, "lead", stories[8])
    front.arrange(editor, "en", [front.Wish("lead")], seen=None)
    assert top()[0] == "Story 11"


def test_the_front_of_yesterday_is_what_readers_saw_then(stories, editor, clock):
    first = put(editor, "lead", stories[7])
    nine = timezone.now()
    clock.shift(timedelta(hours=3))
    front.withdraw(editor, first, seen=None)
    put(editor, "lead", stories[8])
    clock.shift(timedelta(hours=20))
    assert top(nine)[0] == "Story 4"
    assert top(nine - timedelta(seconds=1))[0] == "Story 11"
    assert top(nine + timedelta(hours=3))[0] == "Story 3"


def test_yesterdays_front_shows_what_was_retracted_since(stories, editor, clock):
    put(editor, "lead", stories[7])
    nine = timezone.now()
    clock.shift(60)
    releasing.retract(fresh(stories[7]), editor, seen=fresh(stories[7]).version, note="It was wrong.")
    assert top()[0] == "Story 11"
    assert top(nine)[0] == "Story 4"


def test_a_retracted_story_leaves_the_page_at_once(client, stories, editor):
    put(editor, "lead", stories[7])
    assert "Story 4<" in client.get("/").content.decode()
    releasing.retract(fresh(stories[7]), editor, seen=fresh(stories[7]).version, note="It was wrong.")
    assert "Story 4<" not in client.get("/").content.decode()


def test_a_scheduled_story_may_be_placed_and_is_not_shown_early(client, stories, editor, clock):
    start = timezone.now() + timedelta(hours=2)
    article = approve(make_article(headline="Tomorrow", regions=[make_region("XB")], topics=[make_topic()]))
    releasing.release(article, editor, seen=article.version, at=start)
    put(editor, "lead", article)
    assert top()[0] == "Story 11"
    assert "Tomorrow" not in client.get("/").content.decode()
    clock.move_to(start)
    assert top()[0] == "Tomorrow"


def test_one_story_in_two_slots_shows_in_the_first(stories, editor):
    put(editor, "secondary-1", stories[7])
    put(editor, "lead", stories[7])
    assert top() == ["Story 4", "Story 11", "Story 10", "Story 9", "Story 8", "Story 7"]


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (lambda stories: front.Wish("lead", "nosuchstory"), "not been released"),
        (lambda stories: front.Wish("attic", stories[0].public_id), "no slot"),
        (lambda stories: front.Wish("strip-1", stories[0].public_id), "strip holds a place"),
        (lambda stories: front.Wish("strip-1", place="source:afp"), "region or a topic"),
        (lambda stories: front.Wish("strip-1", place="region:nowhere"), "region or a topic"),
        (lambda stories: front.Wish("lead", place="region:XA"), "no slot"),
        (lambda stories: front.Wish("lead", make_article().public_id), "not been released"),
    ],
)
def test_what_cannot_stand_there_is_refused(stories, editor, wish, sentence):
    with pytest.raises(front.NotArranged, match=sentence):
        front.arrange(editor, "en", [wish(stories)], seen=None)
    assert not FrontSlot.objects.exists()


def test_a_story_of_another_edition_is_refused(editor):
    article = make_released(publisher=editor, language="ar")
    with pytest.raises(front.NotArranged, match="another language"):
        put(editor, "lead", article)


def test_the_past_is_not_arranged(stories, editor):
    with pytest.raises(front.NotArranged, match="passed"):
        put(editor, "lead", stories[0], at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(front.NotArranged, match="before it begins"):
        put(editor, "lead", stories[0], until=timezone.now())


def test_a_story_stands_no_longer_than_a_month(stories, editor):
    row = put(editor, "lead", stories[0], until=timezone.now() + timedelta(days=400))
    assert row.live_until == timezone.now() + front.LONGEST


def test_only_who_may_arranges(stories):
    with pytest.raises(front.NotArranged, match="may not"):
        put(make_user(group="Publisher"), "lead", stories[0])


def test_nobody_arranges_over_what_they_have_not_seen(stories, editor):
    seen = front.newest_decision("en")
    front.arrange(editor, "en", [front.Wish("lead", stories[5].public_id)], seen=seen)
    with pytest.raises(front.Rearranged):
        front.arrange(editor, "en", [front.Wish("lead", stories[6].public_id)], seen=seen)
    assert top()[0] == "Story 6"


def test_all_of_it_or_nothing(stories, editor):
    wishes = [front.Wish("lead", stories[5].public_id), front.Wish("secondary-1", "nosuchstory")]
    with pytest.raises(front.NotArranged):
        front.arrange(editor, "en", wishes, seen=None)
    assert not FrontSlot.objects.exists()


def test_a_strip_is_filled_by_the_place_that_was_chosen(client, stories, editor):
    region = make_region("XB", name="Elsewhere", name_ar="مكان آخر")
    make_released(publisher=editor, headline="From elsewhere", regions=[region])
    front.arrange(editor, "en", [front.Wish("strip-1", place="region:XB")], seen=None)
    for slot, article in zip(front.TOP_SLOTS, stories, strict=False):
        put(editor, slot, article)
    shown = front.front_at("en")
    strip = next(strip for strip in shown.strips if strip.name == "strip-1")
    assert [slot.release.headline for slot in strip.stories] == ["From elsewhere"]
    page = client.get("/").content.decode()
    assert '<a href="/regions/elsewhere/">Elsewhere</a>' in page


def test_a_strip_whose_place_is_gone_is_what_it_was_without_a_decision(stories, editor):
    topic = make_topic("Short-lived")
    front.arrange(editor, "en", [front.Wish("strip-1", place=f"topic:{topic.code}")], seen=None)
    topic.delete()
    assert front.front_at("en")  # and not a fault


def test_three_queries_however_much_was_decided(stories, editor, django_assert_num_queries):
    for slot, article in zip(front.TOP_SLOTS, stories, strict=False):
        put(editor, slot, article)
    front.arrange(editor, "en", [front.Wish("strip-1", place="region:XA")], seen=None)
    with django_assert_num_queries(3):
        front.front_at("en")


def test_every_decision_is_in_the_log(stories, editor):
    row = put(editor, "lead", stories[0])
    front.withdraw(editor, row, seen=None)
    assert list(Event.objects.filter(kind="frontslot").order_by("id").values_list("action", flat=True)) == [
        "front_arranged",
        "front_withdrawn",
    ]


@pytest.mark.parametrize("statement", ["UPDATE articles_frontslot SET slot = 'x'", "DELETE FROM articles_frontslot"])
def test_the_database_refuses_to_change_a_decision(stories, editor, statement):
    put(editor, "lead", stories[0])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert FrontSlot.objects.get().slot == "lead"


# --- the screen ---------------------------------------------------------------------------------------------------


def test_the_screen_shows_what_stands_there_and_why(client, stories, editor):
    client.force_login(editor)
    put(editor, "lead", stories[7])
    page = client.get(reverse(SCREEN)).content.decode()
    assert "This is what readers see now" in page
    assert page.index("Story 4<") < page.index("Story 11<")
    assert "by hand" in page
    assert "by itself" in page


def test_a_story_is_put_into_a_slot(client, stories, editor):
    client.force_login(editor)
    form = {"language": "en", "seen": "0", "slot": "secondary-1", "story": stories[9].public_id}
    client.post(reverse("admin:articles_frontslot_arrange"), form)
    assert top()[1] == "Story 2"
    row = FrontSlot.objects.get()
    assert row.live_until - row.live_from == timedelta(days=1)


def test_up_and_down_change_places(client, stories, editor):
    client.force_login(editor)
    form = {"language": "en", "seen": "0", "slot": "secondary-1", "to": "lead"}
    client.post(reverse("admin:articles_frontslot_move"), form)
    assert top()[:3] == ["Story 10", "Story 11", "Story 9"]


def test_what_was_seen_too_long_ago_is_refused_with_a_sentence(client, stories, editor):
    put(editor, "lead", stories[7])
    client.force_login(editor)
    form = {"language": "en", "seen": "0", "slot": "secondary-1", "to": "lead"}
    answer = client.post(reverse("admin:articles_frontslot_move"), form)
    assert answer.status_code == 409
    assert "Somebody else has arranged the front page" in answer.content.decode()
    assert top()[0] == "Story 4"


def test_yesterday_is_shown_and_not_arranged(client, stories, editor, clock):
    put(editor, "lead", stories[7])
    yesterday = timezone.localtime(timezone.now() + timedelta(minutes=30))
    clock.shift(timedelta(days=1, hours=1))
    client.force_login(editor)
    page = client.get(reverse(SCREEN), {"at": yesterday.strftime("%Y-%m-%dT%H:%M")}).content.decode()
    assert "This is what readers saw" in page
    assert page.index("Story 4<") < page.index("Story 11<")
    assert "Put it there" not in page


@pytest.fixture
def secret(editor, clock):
    """A confidential story of another desk, scheduled for noon, and put on the lead of that time."""
    noon = timezone.now() + timedelta(hours=3)
    article = make_released(publisher=editor, desk=make_desk("africa"), headline="The deposition", at=noon)
    put(editor, "lead", article, at=noon)
    Article.objects.filter(pk=article.pk).update(confidential=True)
    return article


@pytest.mark.parametrize("at", ["", "2026-03-02T15:00"])
def test_the_screen_names_no_story_to_come_that_is_not_open_to_its_reader(client, editor, secret, clock, at):
    client.force_login(make_user("dina", permissions="view_article view_frontslot", desks=[make_desk("asia")]))
    page = client.get(reverse(SCREEN), {"at": at}).content.decode()
    assert "The deposition" not in page
    assert "tory that is not open to you" in page
    # Who may see it is shown it, and everybody once readers have it.
    cleared = make_user("amal", permissions="view_article view_frontslot span_desks view_confidential_article")
    for user, shift in ((cleared, 0), (User.objects.get(username="dina"), 3 * 3600)):
        clock.shift(shift)
        client.force_login(user)
        assert "The deposition" in client.get(reverse(SCREEN), {"at": at}).content.decode()


def test_a_story_that_is_not_open_is_neither_placed_nor_named(client, editor, secret):
    client.force_login(make_user(permissions="view_article view_frontslot arrange_front", desks=[make_desk("asia")]))
    form = {"language": "en", "seen": front.newest_decision("en"), "slot": "lead", "story": secret.public_id}
    answer = client.post(reverse("admin:articles_frontslot_arrange"), form)
    assert answer.status_code == 422
    assert "That choice is no longer there" in answer.content.decode()
    assert "The deposition" not in answer.content.decode()
    assert FrontSlot.objects.count() == 1


def test_a_time_that_makes_no_sense_is_said_so(client, editor):
    client.force_login(editor)
    page = client.get(reverse(SCREEN), {"at": "yesterday"}).content.decode()
    assert "Give a day and a time" in page


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "9" * 5000, "٣"])
def test_a_forged_number_is_refused(client, stories, editor, seen):
    client.force_login(editor)
    form = {"language": "en", "seen": seen, "slot": "secondary-1", "to": "lead"}
    assert client.post(reverse("admin:articles_frontslot_move"), form).status_code == 409
    assert not FrontSlot.objects.exists()
