"""Versions of one item: which is newer, what is nothing new, and what a desk's own work is worth against it."""

import pytest

from articles import access, releasing, usage, wire_holds, workflow, writing
from articles.models import Article, Notice, Release, WireRecord, WireRule
from articles.wire import versions
from articles.wire.versions import Facts, Version

from .arriving import AFP, arrive, at, item
from .factories import approve, fresh, make_article, make_region, make_source, make_topic, make_user

FIVE = [*AFP[:3], "The works cost five million dollars, the transport ministry said in a statement on Sunday evening."]
REUTERS = [
    "TARTUS, Syria: repairs to the breakwater have ended and ships may enter again, officials told reporters.",
    *AFP[1:],
]
KILL = {"paragraphs": [], "headline": "", "standing": "canceled", "ednote": "Facts are wrong. Do not use."}


def version(number="", sent=None, text="a", **facts):
    return Version(number, sent, text, Facts(**facts))


@pytest.mark.parametrize(
    "new, known, what",
    [
        (version("2", text="b"), [version("1")], "newer"),
        (version("10", text="b"), [version("9")], "newer"),
        (version("1", text="b"), [version("2")], "older"),
        (version("2", text="b"), [version("2")], "conflict"),
        (version("2"), [version("1")], "same"),
        (version("2", standing="withheld"), [version("1")], "facts"),
        (version("3", embargo_until=at(9)), [version("2")], "facts"),
        (version(text="b", sent=at(8)), [version(sent=at(9))], "older"),
        (version(text="b", sent=at(10)), [version(sent=at(9))], "newer"),
        (version(text="a"), [version(text="a"), version(text="b")], "same"),
        (version("1", standing="canceled", text=""), [version("1")], "kill"),
        (version("4", standing="canceled"), [version("3", standing="canceled")], "kill"),
        (version("3", standing="canceled"), [version("3", standing="canceled")], "same"),
        (version("2"), [version("3", standing="canceled")], "after_kill"),
        (version("4", text="b"), [version("3", standing="canceled")], "newer"),
        (version("1"), [], "newer"),
    ],
)
def test_what_a_version_is_beside_those_on_record(new, known, what):
    assert versions.compare(new, known) == what


pytestmark = pytest.mark.django_db


def states(records):
    return [(record.outcome, record.state) for record in records]


def test_versions_in_order_take_an_untouched_draft_along():
    first, second = [arrive(item("a1", number, text))[0] for number, text in (("1", AFP), ("2", FIVE))]
    (article,) = Article.objects.all()
    assert "five million" in article.body
    assert (first.thread, first.article) == (second.thread, article)
    assert [record.is_held for record in WireRecord.objects.order_by("pk")] == [False, True]


def test_a_version_that_comes_late_is_kept_and_overwrites_nothing():
    arrive(item("a1", "2", FIVE))
    (late,) = arrive(item("a1", "1", AFP))
    assert (late.outcome, late.state, late.content is not None) == ("out_of_date", "known", True)
    assert "five million" in Article.objects.get().body
    assert "newer version" in late.warnings[0]


def test_the_same_again_is_unchanged_and_another_body_of_one_version_is_told():
    arrive(item("a1", "1"))
    assert arrive(item("a1", "1"))[0].outcome == "unchanged"
    (other,) = arrive(item("a1", "1", FIVE))
    assert other.outcome == "updated"
    assert any("another text" in warning for warning in other.warnings)
    assert Article.objects.count() == 1


def test_two_ids_with_one_headline_are_two_stories_and_an_id_that_replaces_another_is_that_story():
    arrive(item("a1", "1"), item("a2", "1", FIVE))
    assert Article.objects.count() == 2
    (later,) = arrive(item("a3", "1", [*FIVE, "A second ship is due on Tuesday, he said."], replaces=["a1"]))
    assert later.outcome == "updated"
    assert Article.objects.count() == 2
    assert "second ship" in Article.objects.order_by("pk").first().body


def test_what_an_editor_has_touched_is_offered_the_newer_text():
    (first,) = arrive(item("a1", "1"))
    article = first.article
    article.headline = "The desk's headline"
    article.save()
    writing.record(article, make_user())
    (second,) = arrive(item("a1", "2", FIVE))
    assert second.is_offered
    assert second.state == "new"
    assert "four million" in fresh(article).body
    (third,) = arrive(item("a1", "3", [*FIVE, "More came later that day."]))
    second.refresh_from_db()
    assert (second.state, second.is_offered, third.is_offered) == ("replaced", False, True)


def test_what_waits_is_replaced_by_its_newer_version_and_makes_no_draft():
    (first,) = arrive(item("a1", "1"), waits=True)
    (second,) = arrive(item("a1", "2", FIVE), waits=True)
    first.refresh_from_db()
    assert states([first, second]) == [("created", "replaced"), ("updated", "new")]
    assert not Article.objects.exists()


def test_one_story_of_two_agencies_is_one_cluster_and_two_items():
    afp, reuters = arrive(item("a1", "1"), item("r9", "1", REUTERS, "Syrian port open again", provider="Reuters"))
    (later,) = arrive(item("x", "1", REUTERS, "Port open", provider="AP"))
    other = arrive(
        item("b", "1", [f"Wheat prices rose by {n} percent in {n} markets, traders said." for n in range(9)])
    )
    assert afp.cluster == reuters.cluster == later.cluster != other[0].cluster
    assert len({afp.thread, reuters.thread, later.thread}) >= 2


# --- kills and holds ------------------------------------------------------------------------------------------------


def live(record, publisher):
    article = fresh(record.article)
    writing.write_children(
        article,
        {**writing.snapshot(article), "regions": [make_region().code], "topics": [make_topic().code]},
        replace=True,
    )
    writing.record(article, None)
    article = approve(article, editor=publisher)
    releasing.release(article, publisher, seen=article.version)
    return fresh(article)


def test_a_kill_stops_release_cancels_what_is_scheduled_tells_and_offers_and_never_retracts_by_itself(clock):
    publisher = make_user(group="Publisher", permissions="lift_kill")
    (record,) = arrive(item("a1", "1"))
    article = live(record, publisher)
    article = approve(make_touched(article), editor=publisher)
    releasing.release(article, publisher, seen=article.version, at=at(18))
    writer = make_user(group="Reporter", desks=[article.desk])
    writing.record(article, writer)
    (kill,) = arrive(item("a1", "3", **KILL))
    article = fresh(article)
    assert (kill.outcome, kill.article, article.wire_standing) == ("killed", article, "canceled")
    assert "Facts are wrong" in article.wire_note
    assert not Release.objects.pending().filter(article=article).exists()
    assert Release.objects.in_force(article.public_id).kind == "first"
    assert Notice.objects.filter(recipient=writer, reason="wire", text__startswith="KILL").count() == 1
    assert list(wire_holds.unsettled(Article.objects.all())) == [article]
    with pytest.raises(releasing.NotReleasable, match="stopped by the wire"):
        releasing.release(approve(article, editor=publisher), publisher, seen=fresh(article).version)
    releasing.retract(article, publisher, seen=fresh(article).version, note="Withdrawn by the agency.")
    assert not wire_holds.unsettled(Article.objects.all()).exists()
    arrive(item("a1", "3", **KILL))
    assert Notice.objects.filter(recipient=writer, reason="wire", text__startswith="KILL").count() == 1


def make_touched(article):
    article.headline += " now"
    article.save()
    writing.record(article, None)
    return fresh(article)


def test_a_kill_is_lifted_by_permission_and_reason_alone():
    (record,) = arrive(item("a1", "1"))
    arrive(item("a1", "2", **KILL))
    article = fresh(record.article)
    with pytest.raises(access.NotAllowed):
        wire_holds.lift(article, make_user(group="Publisher"), seen=article.version, reason="We have it ourselves.")
    lifter = make_user(group="Publisher", permissions="lift_kill")
    with pytest.raises(workflow.Refused):
        wire_holds.lift(article, lifter, seen=article.version, reason=" ")
    assert wire_holds.lift(article, lifter, seen=article.version, reason="We have it ourselves.").wire_note == ""


def test_a_source_whose_kills_are_obeyed_is_retracted_with_the_note_at_once():
    WireRule.objects.create(source=make_source("AFP", short_name="AFP", kind="agency"), obeys_kills=True)
    (record,) = arrive(item("a1", "1"))
    article = live(record, make_user(group="Publisher"))
    arrive(item("a1", "2", **KILL))
    assert Release.objects.in_force(article.public_id).kind == "retraction"


def test_a_kill_of_an_unknown_item_waits_for_it():
    (kill,) = arrive(item("a1", "3", **KILL))
    (late,) = arrive(item("a1", "2"))
    assert (kill.outcome, kill.state, kill.article) == ("killed", "new", None)
    assert (late.outcome, late.state, late.article) == ("out_of_date", "spiked", None)
    assert not Article.objects.exists()


def test_what_is_withheld_is_stopped_until_it_is_given_free():
    (record,) = arrive(item("a1", "1", standing="withheld"))
    article = record.article
    assert [problem.code for problem in _problems(article)] == ["withheld"]
    arrive(item("a1", "2"))
    assert _problems(fresh(article)) == []


def _problems(article):
    from articles import guards

    return guards.wire_problems(article, at(9))


def test_an_embargo_comes_along_and_is_never_shortened_unasked(clock):
    (record,) = arrive(item("a1", "1", embargo_until=at(12)))
    article = fresh(record.article)
    article.embargo_until = at(12)
    article.save()
    arrive(item("a1", "2", embargo_until=at(15)))
    assert fresh(article).embargo_until == at(15)
    (shorter,) = arrive(item("a1", "3", FIVE, embargo_until=at(10)))
    assert fresh(article).embargo_until == at(15)
    assert shorter.is_offered
    assert "four million" in fresh(article).body


# --- usage terms ----------------------------------------------------------------------------------------------------


def test_usage_terms_come_into_fields_that_releases_obey(clock):
    terms = {"no_archive": True, "no_syndication": True, "delete_by": at(9, day=4), "terms": "Own use only."}
    (record,) = arrive(item("a1", "1", usage=terms))
    publisher = make_user(group="Publisher")
    article = live(record, publisher)
    current = Release.objects.in_force(article.public_id)
    assert (current.no_archive, current.no_syndication) == (True, True)
    assert not current.listings.filter(place__startswith="day:").exists()
    assert Release.objects.pending().get(article=article).live_from == at(9, day=4)
    clock.move_to(at(10, day=4))
    assert Release.objects.in_force(article.public_id).kind == "expiry"
    assert "delete_by" in [problem.code for problem in _problems_at(article, at(10, day=4))]


def _problems_at(article, now):
    from articles import guards

    return guards.wire_problems(article, now)


def test_stricter_terms_of_a_later_version_reach_what_readers_have(clock):
    (record,) = arrive(item("a1", "1"))
    article = live(record, make_user(group="Publisher"))
    arrive(item("a1", "2", usage={"no_syndication": True, "delete_by": at(9, day=3)}))
    assert Release.objects.in_force(article.public_id).no_syndication
    assert Release.objects.pending().get(article=article).kind == "expiry"


def test_territories_stand_in_the_way_unless_somebody_passes_over_them():
    article = make_article()
    usage.tighten(article, usage.Terms(territories=("LB",), excluded_territories=("FR",)))
    (problem,) = _problems(fresh(article))
    assert (problem.code, problem.override) == ("territory", "override_usage")


@pytest.mark.parametrize(
    "one, other, both",
    [
        ({"territories": ("LB",)}, {}, {"territories": ("LB",)}),
        ({"territories": ("LB", "SY")}, {"territories": ("SY", "FR")}, {"territories": ("SY",)}),
        ({"delete_by": at(9)}, {"delete_by": at(8)}, {"delete_by": at(8)}),
        ({"no_archive": True}, {"no_syndication": True}, {"no_archive": True, "no_syndication": True}),
    ],
)
def test_terms_add_up_to_the_stricter(one, other, both):
    assert usage.Terms(**one).with_those_of(usage.Terms(**other)) == usage.Terms(**both)


# --- rules of a source ----------------------------------------------------------------------------------------------


def test_the_rules_of_a_source_send_change_and_drop_what_comes():
    from .factories import make_desk

    rule = WireRule.objects.create(
        source=make_source("AFP", short_name="AFP", kind="agency"),
        desk=make_desk("africa"),
        urgency=2,
        replacements="Tartus → Tartous",
        drop_words="horoscope",
    )
    rule.topics.add(make_topic("Ports"))
    kept, dropped = arrive(item("a1", "1"), item("a2", "1", ["Your horoscope for today.", "Leo: stay in."]))
    assert (kept.article.desk.code, kept.article.urgency) == ("africa", 2)
    assert "Tartous" in kept.article.headline
    assert "Tartus" not in kept.article.body
    assert [topic.name for topic in kept.article.ordered_topics()][-1:] == ["Ports"]
    assert (dropped.state, dropped.article) == ("spiked", None)
    assert "horoscope" in dropped.warnings[-1]
