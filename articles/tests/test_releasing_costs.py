"""What a release may cost: so many queries, whatever the story holds and whatever was scheduled before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import releasing, writing
from articles.models import Region

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
