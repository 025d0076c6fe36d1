"""What a release may cost: so many queries, whatever the story holds and whatever was scheduled before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import releasing, writing
from articles.models import Assignment, Author, Byline, DeskMember, Notice, Region

from .factories import (
    approve,
    fresh,
    make_article,
    make_author,
    make_photo,
    make_region,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

MOST = 25


@pytest.fixture
def publisher(clock, settings):
    settings.SITE_URL = "http://127.0.0.1:1"  # its outlets are to be looked at, which is one more
    user = make_user("publisher", group="Publisher")
    user.has_perm("articles.publish_article")  # a request has asked that before anything else
    return user


def make_rich(publisher):
    """An approved story with some of everything: places, groupings, sources, pictures, a translation."""
    asia = make_region("142", name="Asia", kind="continent")
    countries = [make_region(code, name=f"Land {code}", parent=asia) for code in ("SY", "LB", "JO")]
    levant = make_region("levant", name="Levant", kind="grouping")
    levant.members.set(countries)
    parent = make_topic("Transport")
    topics = [make_topic(f"Topic {number}", parent=parent) for number in range(4)]
    photos = [{"photo": make_photo().public_id, "caption": f"Picture {number}"} for number in range(3)]
    things = {"regions": countries, "topics": topics}
    original = make_article(**things, headline="إعادة فتح المرفأ", language="ar")
    article = make_article(
        **things,
        by=make_user(),
        translation_of=original,
        captions=photos,
        citations=[{"source": make_source(f"Agency {number}").code, "use": "quote"} for number in range(3)],
        bylines=[{"author": make_author(f"Author {number}").code, "text": ""} for number in range(3)],
    )
    return approve(article, editor=publisher)


def rewritten(article, publisher, headline):
    article = fresh(article)
    article.headline = headline
    article.save()
    writing.record(article, make_user())
    return approve(fresh(article), editor=publisher)


def cost(act):
    """The statements of an act, savepoints apart: those are no questions."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]


def test_each_way_of_releasing_keeps_within_its_queries(publisher, clock):
    article = make_rich(publisher)
    hour = timedelta(hours=1)
    now = timezone.now()
    steps = [
        ("the first", lambda one: releasing.release(one, publisher, seen=one.version)),
        ("an update", lambda one: releasing.release(one, publisher, seen=one.version)),
        ("one for later", lambda one: releasing.release(one, publisher, seen=one.version, at=now + hour)),
        ("another for later", lambda one: releasing.release(one, publisher, seen=one.version, at=now + 2 * hour)),
        ("a correction", lambda one: releasing.release(one, publisher, seen=one.version, correction="It was Monday.")),
        ("an end", lambda one: releasing.expire(one, publisher, seen=one.version, at=now + 3 * hour)),
        ("an update with an end", lambda one: releasing.release(one, publisher, seen=one.version)),
        ("a retraction", lambda one: releasing.retract(one, publisher, seen=one.version, note="It was wrong.")),
        (
            "back",
            lambda one: releasing.roll_back(
                one, publisher, seen=one.version, sequence=1, reason="x", note="It was right."
            ),
        ),
    ]
    for number, (what, act) in enumerate(steps):
        clock.shift(timedelta(seconds=1))
        article = rewritten(article, publisher, f"Text {number}")
        statements = cost(lambda act=act, article=article: act(article))
        assert len(statements) <= MOST, f"{what}: {len(statements)}\n" + "\n".join(one[:160] for one in statements)


def test_a_release_costs_the_same_however_many_places_list_it(publisher):
    few = approve(make_article(regions=[make_region("QA")], topics=[make_topic()]), editor=publisher)
    many = approve(
        make_article(
            regions=[make_region(f"Q{letter}") for letter in "BCDEFGH"],
            topics=[make_topic(f"Topic {number}") for number in range(7)],
        ),
        editor=publisher,
    )
    assert Region.objects.count() > 7
    costs = [len(cost(lambda one=one: releasing.release(one, publisher, seen=one.version))) for one in (few, many)]
    assert costs[0] == costs[1]


def tell_many(article, count=12):
    """So many people are to be told of it, each by mail too: who wrote, stands over it, works on it, leads its desk."""
    desk = article.desk
    for number in range(count):
        person = make_user(f"told{number}", group="Reporter", desks=[desk], email=f"told{number}@example.org")
        DeskMember.objects.filter(user=person).update(role="lead")
        article = fresh(article)
        article.standfirst = f"As number {number} has it."
        article.save()
        writing.record(article, person)
        Assignment.objects.create(title="The port", desk=desk, article=article, assignee=person)
        author = Author.objects.create(name=f"Told {number}", slug=f"told-{number}", user=person)
        Byline.objects.create(article=article, author=author, position=10 + number)
    return fresh(article)


@pytest.mark.parametrize("people", [0, 12])
def test_with_a_schedule_to_cancel_and_many_people_to_tell_it_keeps_within_them(publisher, clock, people):
    """The richest case: two more to come, an end and an update, each set by somebody who is mailed that it falls."""
    hour = timedelta(hours=1)
    others = [make_user(f"other{number}", group="Publisher", email=f"o{number}@example.org") for number in (1, 2)]
    article = make_rich(publisher)
    steps = {
        "an update": lambda one: releasing.release(one, publisher, seen=one.version),
        "a correction": lambda one: releasing.release(one, publisher, seen=one.version, correction="It was Monday."),
        "an update for later": lambda one: releasing.release(one, publisher, seen=one.version, at=later),
        "a retraction": lambda one: releasing.retract(one, publisher, seen=one.version, note="It was wrong."),
        "back": lambda one: releasing.roll_back(one, publisher, seen=one.version, sequence=1, reason="x", note="Yes."),
        "an end": lambda one: releasing.expire(one, publisher, seen=one.version),
    }
    releasing.release(article, publisher, seen=article.version)
    for number, (what, act) in enumerate(steps.items()):
        clock.shift(timedelta(seconds=1))
        later = timezone.now() + 2 * hour
        article = rewritten(article, publisher, f"To come {number}")
        releasing.release(article, others[0], seen=article.version, at=timezone.now() + hour)
        article = fresh(article)
        releasing.expire(article, others[1], seen=article.version, at=timezone.now() + 3 * hour)
        article = tell_many(rewritten(article, publisher, f"Text {number}"), people if number == 0 else 0)
        # Who approves has written some of it: who wrote the most has to be found out.
        article = fresh(article)
        article.slugline = f"TEXT-{number}"
        article.save()
        writing.record(article, publisher)
        article = approve(fresh(article), editor=publisher)
        statements = cost(lambda act=act, article=article: act(article))
        assert len(statements) <= MOST, f"{what}: {len(statements)}\n" + "\n".join(one[:160] for one in statements)
    assert Notice.objects.filter(recipient=others[0], reason="schedule_canceled", by_mail=True).count() == len(steps)
