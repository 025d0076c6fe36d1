"""Many stories at once: exactly those that were shown, each under the rules, nothing twice, nobody alone."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import access, bulk, bulk_actions, workflow, writing
from articles.desk import list_pages
from articles.models import Article, Assignment, BulkOrder, DeskMember, Event, Region, Release

from .desk import page_text, url
from .factories import approve, fresh, make_article, make_desk, make_region, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return make_user("petra", group="Publisher", first_name="Petra", last_name="Nasser")


def make_ready(count, editor=None, **kw):
    """Approved stories, ready for readers."""
    region = Region.objects.filter(code="XA").first() or make_region()
    topic, editor = make_topic(), editor or make_user(group="Publisher")
    return [
        approve(make_article(headline=f"Ready {n}", regions=[region], topics=[topic], **kw), editor=editor)
        for n in range(count)
    ]


def order_of(by, action, stories, **given):
    return bulk.prepare(by, action, [fresh(story) for story in stories], given, given.pop("reason", ""))


def outcome(order):
    return [(result["done"], result["said"]) for result in order.results]


# --- trying ---------------------------------------------------------------------------------------------------------


def test_an_order_is_tried_and_nothing_is_kept_of_it(publisher):
    good, empty = make_article(headline="Good"), make_article(headline="Empty", body="")
    events = Event.objects.count()
    order = order_of(publisher, "submit", [good, empty])
    assert order.stories == [[good.public_id, good.version]]
    assert order.details["plan"] == [[good.public_id, "submitted"]]
    assert order.details["left_out"] == [[empty.public_id, "The story has no text."]]
    assert {fresh(one).status for one in (good, empty)} == {"draft"}
    assert (Event.objects.count(), fresh(good).version) == (events, good.version)


def test_what_is_tried_with_publishing_reaches_no_reader(publisher):
    (story,) = make_ready(1)
    order = order_of(publisher, "publish", [story])
    assert order.details["plan"] == [[story.public_id, "released to readers"]]
    assert not Release.objects.exists()


def test_an_order_does_what_was_planned_and_reports_it(publisher):
    good, empty = make_article(headline="Good"), make_article(headline="Empty", body="")
    order = bulk.give(order_of(publisher, "submit", [good, empty]), publisher)
    assert (fresh(good).status, fresh(empty).status) == ("submitted", "draft")
    assert outcome(order) == [(True, "submitted")]
    assert Event.objects.about(order).get().data["done"] == 1


def test_none_and_too_many_are_refused(publisher, monkeypatch):
    with pytest.raises(workflow.Refused, match="Choose the stories first"):
        bulk.prepare(publisher, "submit", [], {})
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    with pytest.raises(workflow.Refused, match="at most 2"):
        order_of(publisher, "submit", [make_article() for _ in range(3)])
    assert not BulkOrder.objects.exists()


# --- exactly those, and once ----------------------------------------------------------------------------------------


def test_a_story_that_changed_meanwhile_is_left_alone(publisher):
    same, changed = make_article(), make_article()
    order = order_of(publisher, "submit", [same, changed])
    writing.new_version(fresh(changed))
    order = bulk.give(order, publisher)
    assert outcome(order) == [(True, "submitted"), (False, bulk.CHANGED)]
    assert fresh(changed).status == "draft"


def test_an_order_that_is_given_twice_does_nothing_twice(publisher):
    stories = make_ready(2)
    order = order_of(publisher, "publish", stories)
    first = bulk.give(order, publisher)
    events = Event.objects.count()
    again = bulk.give(order, publisher)
    assert again.results == first.results
    assert (Release.objects.count(), Event.objects.count()) == (2, events)


def test_an_order_that_was_cut_short_goes_on_where_it_was(publisher, monkeypatch):
    stories = [make_article(headline=f"Story {n}") for n in range(4)]
    order = order_of(publisher, "submit", stories)
    really = bulk._do
    calls = []

    def fails_at_the_third(*args):
        calls.append(args)
        if len(calls) == 3:
            raise RuntimeError("the power went out")
        return really(*args)

    monkeypatch.setattr(bulk, "_do", fails_at_the_third)
    with pytest.raises(RuntimeError):
        bulk.give(order, publisher)
    monkeypatch.setattr(bulk, "_do", really)
    order.refresh_from_db()
    assert (len(order.results), order.done_at) == (2, None)
    order = bulk.give(order, publisher)
    assert outcome(order) == [(True, "submitted")] * 4
    assert [fresh(one).version for one in stories] == [2] * 4


def test_who_may_no_longer_see_a_story_does_nothing_to_it():
    desk = make_desk("asia")
    editor = make_user(group="Desk editor", desks=[desk])
    story = make_article(desk=desk)
    order = order_of(editor, "submit", [story])
    DeskMember.objects.filter(user=editor).delete()
    order = bulk.give(order, type(editor).objects.get(pk=editor.pk))
    assert outcome(order) == [(False, "You may not see that story any more.")]
    assert fresh(story).status == "draft"


# --- each action ----------------------------------------------------------------------------------------------------


def test_every_action_is_offered_to_who_may_and_refused_to_others():
    reporter = make_user(group="Reporter")
    assert set(bulk.offered(reporter)) == {
        "submit", "desk", "urgency", "add_topic", "remove_topic", "add_region", "remove_region",
    }  # fmt: skip
    with pytest.raises(access.NotAllowed):
        order_of(reporter, "publish", [make_article()])
    everything = make_user(group="Publisher", permissions="add_assignment")
    # What always takes a second person is asked for elsewhere.
    assert set(bulk.offered(everything)) == set(bulk_actions.ACTIONS) - {"caption"}


def test_the_moves_of_the_workflow(publisher):
    story = make_article()
    for action, status in (
        ("submit", "submitted"), ("return", "draft"), ("spike", "spiked"), ("unspike", "draft"),
        ("submit", "submitted"), ("approve", "approved"),
    ):  # fmt: skip
        order = bulk.give(order_of(publisher, action, [story], reason="Because."), publisher)
        assert fresh(story).status == status, outcome(order)


def test_returning_does_not_take_off_the_spike_nor_the_other_way_round(publisher):
    spiked, submitted = make_article(), make_article()
    workflow.move(spiked, "spiked", publisher, seen=1, reason="Old.")
    workflow.move(submitted, "submitted", publisher, seen=1)
    for action, story in (("return", spiked), ("unspike", submitted)):
        order = order_of(publisher, action, [story], reason="Because.")
        assert order.stories == []
        assert "cannot be" in order.details["left_out"][0][1]


def test_a_live_story_is_not_spiked(publisher):
    story = make_released(publisher=publisher)
    order = order_of(publisher, "spike", [story], reason="Because.")
    assert "retract it, then spike it" in order.details["left_out"][0][1]


def test_nobody_releases_by_an_order_what_they_could_not_release_alone(publisher):
    draft = make_article()
    (own,) = make_ready(1, editor=publisher, by=publisher)
    (embargoed,) = make_ready(1, embargo_until=timezone.now() + timedelta(days=1))
    order = order_of(publisher, "publish", [draft, own, embargoed])
    assert order.stories == []
    reasons = [why for _, why in order.details["left_out"]]
    assert "not been approved" in reasons[0]
    assert "cannot be the only one" in reasons[1]
    assert "embargo" in reasons[2]


def test_scheduling_many(publisher):
    at = (timezone.now() + timedelta(hours=3)).replace(microsecond=0)
    stories = make_ready(2)
    bulk.give(order_of(publisher, "schedule", stories, at=at.isoformat()), publisher)
    assert [release.live_from for release in Release.objects.all()] == [at, at]


def test_urgency_desk_topics_and_regions_are_saved_as_revisions(publisher):
    desk, other = make_desk("asia"), make_topic("Old")
    story = make_article(topics=[other], regions=[make_region("XA")])
    topic, region = make_topic("New"), make_region("XB")
    for action, given in (
        ("urgency", {"urgency": 2}), ("desk", {"desk": "asia"}), ("add_topic", {"topic": topic.code}),
        ("remove_topic", {"topic": other.code}), ("add_region", {"region": "XB"}), ("remove_region", {"region": "XA"}),
    ):  # fmt: skip
        order = bulk.give(order_of(publisher, action, [story], **given), publisher)
        assert order.results[0]["done"], outcome(order)
        assert order_of(publisher, action, [story], **given).details["left_out"] == [
            [story.public_id, "That is so already."]
        ]
    story = fresh(story)
    assert (story.urgency, story.desk) == (2, desk)
    assert story.ordered_topics() == [topic]
    assert story.ordered_regions() == [region]
    newest = story.revisions.first()
    assert newest.number == 7
    assert (newest.content["urgency"], newest.content["desk"]) == (2, "asia")
    assert newest.content["topics"] == [topic.code]


def test_an_approval_that_would_fall_is_said_before(publisher):
    (story,) = make_ready(1)
    order = order_of(publisher, "urgency", [story], urgency=1)
    assert order.details["plan"] == [[story.public_id, "given urgency 1; its approval falls"]]
    bulk.give(order, publisher)
    assert fresh(story).status == "editing"


def test_nobody_moves_stories_to_a_desk_that_is_not_theirs():
    asia = make_desk("asia")
    make_desk("africa")
    editor = make_user(group="Desk editor", desks=[asia])
    order = order_of(editor, "desk", [make_article(desk=asia)], desk="africa")
    assert "do not belong to the Africa desk" in order.details["left_out"][0][1]


def test_giving_out_many_as_work(publisher):
    publisher.user_permissions.add(Permission.objects.get(codename="add_assignment"))
    publisher = type(publisher).objects.get(pk=publisher.pk)
    desk = make_desk("asia")
    rana = make_user("rana", group="Reporter", desks=[desk])
    here, elsewhere = make_article(desk=desk), make_article(desk=make_desk("africa"))
    order = bulk.give(order_of(publisher, "assign", [here, elsewhere], assignee="rana"), publisher)
    assert [one.article for one in Assignment.objects.filter(assignee=rana)] == [here]
    assert "does not work on the Africa desk" in order.details["left_out"][0][1]


# --- twenty ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def three_alone(monkeypatch):
    """As if nobody gave more than three stories to readers alone."""
    monkeypatch.setattr(bulk, "MOST_ALONE", 3)


def test_the_figure_is_twenty_within_an_hour():
    assert bulk.MOST_ALONE == 20
    assert bulk.WITHIN.total_seconds() == 3600


def test_more_than_twenty_wait_for_a_second_person(publisher, three_alone):
    order = bulk.give(order_of(publisher, "publish", make_ready(4)), publisher)
    assert bulk.waits(order)
    assert not Release.objects.exists()
    assert bulk.waiting_for(publisher) == []
    bulk.give(order, publisher)
    assert not Release.objects.exists()

    second = make_user("samir", group="Publisher")
    assert bulk.waiting_for(second) == [order]
    order = bulk.give(order, second)
    assert (order.confirmed_by, len(order.results)) == (second, 4)
    assert Release.objects.count() == 4
    assert {release.created_by for release in Release.objects.all()} == {publisher}
    assert bulk.waiting_for(second) == []
    assert [event.action for event in Event.objects.about(order)] == ["bulk_done", "bulk_confirmed", "bulk_asked"]


def test_twenty_go_alone(publisher, three_alone):
    bulk.give(order_of(publisher, "publish", make_ready(3)), publisher)
    assert Release.objects.count() == 3


def test_several_small_orders_within_an_hour_are_no_way_round(publisher, three_alone, clock):
    first, second, third = make_ready(2), make_ready(2), make_ready(2)
    bulk.give(order_of(publisher, "publish", first), publisher)
    at = (timezone.now() + timedelta(hours=5)).isoformat()
    waiting = bulk.give(order_of(publisher, "schedule", second, at=at), publisher)
    assert bulk.waits(waiting)
    assert Release.objects.count() == 2
    other = make_user(group="Publisher")
    bulk.give(order_of(other, "publish", third), other)  # another person's orders are not counted with these
    assert Release.objects.count() == 4
    clock.shift(timedelta(minutes=61))
    assert not bulk.waits(bulk.give(waiting, publisher))
    assert Release.objects.count() == 6


def test_what_a_second_person_confirmed_is_not_counted(publisher, three_alone):
    order = bulk.give(order_of(publisher, "publish", make_ready(4)), publisher)
    bulk.give(order, make_user(group="Publisher"))
    assert bulk.given_alone(publisher) == 0
    bulk.give(order_of(publisher, "publish", make_ready(3)), publisher)
    assert Release.objects.count() == 7


def test_orders_that_give_readers_nothing_need_no_second_person(publisher, three_alone):
    order = bulk.give(order_of(publisher, "submit", [make_article() for _ in range(5)]), publisher)
    assert len(order.results) == 5


@pytest.mark.parametrize("who", ["a reporter", "an editor of another desk", "one who may not see them all"])
def test_who_may_not_release_all_of_it_is_no_second_person(publisher, three_alone, who):
    desk = make_desk("asia")
    publisher.user_permissions.add(Permission.objects.get(codename="view_confidential_article"))
    publisher = type(publisher).objects.get(pk=publisher.pk)
    stories = make_ready(4, desk=desk)
    Article.objects.filter(pk=stories[0].pk).update(confidential=who == "one who may not see them all")
    order = bulk.give(order_of(publisher, "publish", stories), publisher)
    person = {
        "a reporter": lambda: make_user(group="Reporter", desks=[desk]),
        "an editor of another desk": lambda: make_user(
            permissions="view_article publish_article", desks=[make_desk("africa")]
        ),
        "one who may not see them all": lambda: make_user(group="Publisher"),
    }[who]()
    assert bulk.waiting_for(person) == []
    with pytest.raises(access.NotAllowed):
        bulk.give(order, person)
    with pytest.raises(access.NotAllowed):
        bulk.drop(order, person)
    assert not Release.objects.exists()


def test_nobody_gives_an_order_that_its_asker_has_not_given(publisher):
    order = order_of(publisher, "publish", make_ready(2))
    with pytest.raises(access.NotAllowed):
        bulk.give(order, make_user(group="Publisher"))
    assert not Release.objects.exists()


def test_an_order_that_was_dropped_is_never_done(publisher, three_alone):
    order = bulk.give(order_of(publisher, "publish", make_ready(4)), publisher)
    second = make_user(group="Publisher")
    assert bulk.drop(order, second).dropped_at
    assert bulk.waiting_for(second) == []
    bulk.give(order, publisher)
    bulk.give(order, second)
    assert not Release.objects.exists()


def test_the_asker_who_has_left_meanwhile_releases_nothing(publisher, three_alone):
    order = bulk.give(order_of(publisher, "publish", make_ready(4)), publisher)
    type(publisher).objects.filter(pk=publisher.pk).update(is_active=False)
    order = bulk.give(order, make_user(group="Publisher"))
    assert not any(result["done"] for result in order.results)
    assert not Release.objects.exists()


# --- the screens ----------------------------------------------------------------------------------------------------


def begin(client, action, stories=(), **data):
    data = {"action": action, "story": [story.public_id for story in stories], **data}
    return client.post(url("article_bulk"), data, follow=True)


def test_from_the_list_to_the_report(client, publisher):
    client.force_login(publisher)
    good, empty = make_article(headline="Good"), make_article(headline="Empty", body="")
    page = page_text(begin(client, "submit", [good, empty], which="chosen"))
    assert re.search(r"Good</bdi>.*?Will be submitted\.", page, re.DOTALL)
    assert "Left out: 1" in page
    assert "The story has no text." in page
    assert fresh(good).status == "draft"
    order = BulkOrder.objects.get()
    page = page_text(client.post(url("article_bulk_give", order.pk), follow=True))
    assert "Done: 1 story. Refused: 0." in page
    assert "Was submitted." in page
    assert fresh(good).status == "submitted"


def test_what_an_action_needs_is_asked_for_first(client, publisher):
    client.force_login(publisher)
    story = make_article(headline="Of little use")
    page = page_text(begin(client, "spike", [story]))
    assert 'name="reason"' in page
    assert "Of little use" in page
    assert not BulkOrder.objects.exists()
    assert begin(client, "spike", [story], given=1, reason="").status_code == 422
    page = page_text(begin(client, "spike", [story], given=1, reason="Overtaken."))
    assert "Will be spiked." in page
    order = BulkOrder.objects.get()
    client.post(url("article_bulk_give", order.pk))
    assert fresh(story).status == "spiked"
    assert Event.objects.filter(action="spike").get().reason == "Overtaken."


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("schedule", {"at": "2026-03-29T00:30"}),  # the clocks go forward in Beirut
        ("schedule", {"at": "soon"}),
        ("desk", {"desk": "nowhere"}),
        ("urgency", {"urgency": "9"}),
        ("add_topic", {"topic": "nothing"}),
        ("add_region", {}),
    ],
)
def test_what_is_not_understood_makes_no_order(client, publisher, clock, action, data):
    client.force_login(publisher)
    assert begin(client, action, [make_article()], given=1, **data).status_code == 422
    assert not BulkOrder.objects.exists()


def test_all_that_match_are_those_of_the_filters_and_no_others(client, publisher):
    client.force_login(publisher)
    french = [make_article(headline=f"Histoire {n}", language="fr") for n in range(60)]
    make_article(headline="Not this one")
    page = page_text(begin(client, "submit", which="all", query="language=fr&state=draft"))
    order = BulkOrder.objects.get()
    assert {public_id for public_id, _ in order.stories} == {story.public_id for story in french}
    assert "Not this one" not in page
    late = make_article(headline="Late", language="fr")  # it matches now, and was not shown
    client.post(url("article_bulk_give", order.pk))
    assert fresh(late).status == "draft"
    assert Article.objects.filter(status="submitted").count() == 60


def test_all_that_match_finds_those_far_down(client, publisher, monkeypatch):
    monkeypatch.setattr(list_pages, "FEW", 2)
    monkeypatch.setattr(list_pages, "LOOKED_THROUGH", 5)
    client.force_login(publisher)
    arabic = make_article(language="ar")
    for _ in range(20):
        make_article()
    begin(client, "submit", which="all", query="language=ar&confidential=no&sort=created")
    assert [public_id for public_id, _ in BulkOrder.objects.get().stories] == [arabic.public_id]


def test_a_filter_that_is_not_understood_chooses_nothing(client, publisher):
    client.force_login(publisher)
    make_article()
    page = page_text(begin(client, "submit", which="all", query="language=xx"))
    assert "one of the filters is not understood" in page
    assert not BulkOrder.objects.exists()


def test_more_than_can_be_done_at_once_is_said(client, publisher, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 3)
    client.force_login(publisher)
    stories = [make_article() for _ in range(4)]
    for answer in (begin(client, "submit", which="all", query=""), begin(client, "submit", stories)):
        assert "More than 3 stories match" in page_text(answer)
    assert not BulkOrder.objects.exists()


def test_another_desks_story_is_not_touched_by_a_forged_selection(client):
    ours = make_desk("asia")
    client.force_login(make_user(group="Desk editor", desks=[ours]))
    mine, theirs = make_article(desk=ours), make_article(headline="Theirs", desk=make_desk("africa"))
    page = page_text(begin(client, "submit", [mine, theirs]))
    assert "Theirs" not in page
    assert [public_id for public_id, _ in BulkOrder.objects.get().stories] == [mine.public_id]
    begin(client, "submit", [theirs])
    assert BulkOrder.objects.count() == 1


def test_a_second_person_confirms_on_a_page_of_their_own(client, publisher, three_alone):
    client.force_login(publisher)
    stories = make_ready(4)
    page = page_text(begin(client, "publish", stories))
    assert "do not go to readers on one person’s word" in page
    order = BulkOrder.objects.get()
    page = page_text(client.post(url("article_bulk_give", order.pk), follow=True))
    assert "waits for a second person" in page
    assert not Release.objects.exists()

    client.force_login(make_user("samir", group="Publisher"))
    assert "Publish now: 4 stories" in page_text(client.get(url("article_bulk")))
    page = page_text(client.get(url("article_bulk_order", order.pk)))
    assert "Confirm for Petra Nasser" in page
    assert "Ready 0" in page
    page = page_text(client.post(url("article_bulk_give", order.pk), follow=True))
    assert "Done: 4 stories. Refused: 0." in page
    assert Release.objects.count() == 4


def test_an_order_names_no_story_that_has_been_shut_since(client):
    desk = make_desk("asia")
    editor = make_user(group="Desk editor", desks=[desk])
    stays, goes = make_article(headline="Stays", desk=desk), make_article(headline="Quicksilver", desk=desk, body="")
    order = order_of(editor, "submit", [stays, goes])
    Article.objects.filter(pk__in=[goes.pk]).update(confidential=True)
    client.force_login(editor)
    page = page_text(client.get(url("article_bulk_order", order.pk)))
    assert "Stays" in page
    assert "Quicksilver" not in page
    assert "A story that is not open to you" in page


def test_an_order_is_shown_to_nobody_else(client, publisher):
    order = order_of(publisher, "publish", make_ready(1))
    client.force_login(make_user(group="Publisher"))
    assert client.get(url("article_bulk_order", order.pk)).status_code == 404
    assert client.post(url("article_bulk_give", order.pk)).status_code == 404
    assert client.post(url("article_bulk_drop", order.pk)).status_code == 404
    assert not Release.objects.exists()


def test_two_people_confirming_at_once_release_each_story_once(client, publisher, three_alone):
    order = bulk.give(order_of(publisher, "publish", make_ready(4)), publisher)
    one, two = make_user(group="Publisher"), make_user(group="Publisher")
    stale = BulkOrder.objects.get(pk=order.pk)
    bulk.give(order, one)
    done = bulk.give(stale, two)
    assert done.confirmed_by == one
    assert Release.objects.count() == 4


def test_the_database_itself_refuses_one_person_as_both(publisher):
    order = order_of(publisher, "submit", [make_article()])
    with pytest.raises(IntegrityError), transaction.atomic():
        BulkOrder.objects.filter(pk=order.pk).update(confirmed_by=publisher)
