"""An archive for measuring holds what a newsroom's would: everything that the rules would have written, and no more."""

from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import photos, releasing, search, synthetic, writing
from articles.models import Article, Listing, Release, User
from articles.readers import addresses
from articles.synthetic import making, words

from .factories import approve, fresh, make_article, make_user

pytestmark = pytest.mark.django_db

COUNT = 53


@pytest.fixture(autouse=True, scope="module")
def archive(shared_rows):
    """Some of it by the rules, some by Python, and on PostgreSQL the last by its own statements, without indexes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        patch.setattr(making, "BASE", 32)
        patch.setattr(making, "INDEXES_AFTERWARDS", 1)
        patch.setattr(words, "VOCABULARY", 500)
        patch.setattr(words, "SENTENCES", 200)
        shared_rows(lambda: synthetic.make(COUNT, say=lambda words: None))
        yield
    words.vocabulary.cache_clear()
    words.sentences.cache_clear()


def test_every_story_is_listed_where_the_rules_would_list_it():
    assert Article.objects.count() == COUNT == Article.objects.values("public_id").distinct().count()
    for article in Article.objects.all():
        assert releasing.relist(article) == 0
        for release in article.releases.all():
            release.validate_constraints()
            assert release.archive_day == timezone.localdate(release.published_at)
            assert release.live_from <= timezone.now()
            assert [note["at"] for note in release.document["corrections"]] == (
                [release.live_from.isoformat()] if release.public_note else []
            )
    first, second = Release.objects.filter(kind="correction").first().article.releases.order_by("sequence")
    ends = set(Listing.objects.filter(release=first).values_list("live_until", flat=True))
    assert ends == {second.live_from}


def test_the_desk_has_what_readers_have():
    for article in Article.objects.exclude(releases__kind__in=Release.GONE):
        newest = writing.newest_revision(article)
        assert writing.snapshot(article) == newest.content
        release = article.releases.first()
        assert release.revision == newest
        for name in ("headline", "standfirst", "body"):
            assert release.document[name] == newest.content[name] == getattr(article, name)
        assert release.slug == article.slug


def _index(table, key):
    with connection.cursor() as cursor:
        columns = "words" if connection.vendor == "postgresql" else "head, rest"
        cursor.execute(f"SELECT {key}, {columns} FROM {table} ORDER BY 1")
        return cursor.fetchall()


def test_both_indexes_hold_what_indexing_again_gives():
    on_postgresql = connection.vendor == "postgresql"
    for table, key in (("articles_releasetext", "release_id"), ("articles_desktext", "article_id")):
        held = _index(table, key if on_postgresql else "rowid")
        (search.rebuild_releases if "release" in table else search.rebuild_articles)()
        again = _index(table, key if on_postgresql else "rowid")
        if on_postgresql:  # the same words; where they stand need not be the same place
            held, again = ([(pk, sorted(_words(one))) for pk, one in rows] for rows in (held, again))
        assert not [(one, other) for one, other in zip(held, again, strict=True) if one != other], table
        assert len(held) >= COUNT - 3


def _words(vector):
    return (part.partition(":")[0] if not part.startswith("':") else part for part in vector.split(" "))


def test_pages_open_and_known_words_are_found(client):
    releases = list(Release.objects.order_by("sequence"))
    for release in {one.public_id: one for one in releases}.values():
        answer = client.get(addresses.story(release.language, release.public_id, release.slug))
        assert answer.status_code == 200
        assert release.headline in answer.text
    shown = Listing.objects.at_place("home", "en")
    for path in ("/", "/regions/world/", addresses.day("en", timezone.localdate(shown.first().published_at)), "/ar/"):
        assert client.get(path).status_code == 200, path
    half = {hit.public_id for hit in search.find_released(words.HALF, "en").hits}
    held = {row.public_id for row in shown.select_related("release") if words.HALF in row.release.document["body"]}
    assert half == held
    assert 0.3 < len(held) / shown.count() < 0.7


def test_a_newsroom_goes_on_from_there(client):
    editor = make_user(group="Publisher")
    plain = Release.objects.filter(kind="first", language="en", photos_shown=None)  # files go with the first test
    article = fresh(plain.order_by("pk").last().article)
    article.headline = "What happened since"
    article.save()
    writing.record(article, make_user())
    article = approve(article, editor=editor)
    releasing.release(article, editor, seen=article.version, correction="The headline was wrong.")
    assert "What happened since" in client.get(addresses.story("en", article.public_id), follow=True).text
    assert "What happened since" in client.get("/corrections/").text


def test_it_is_refused_where_somebody_wrote_something():
    make_article()
    with pytest.raises(CommandError, match="has stories"):
        call_command("make_archive", "12")
    with pytest.raises(CommandError, match="at least one"):
        call_command("make_archive", "0")


def test_nobody_can_sign_in_who_made_it():
    made = User.objects.filter(username__startswith="synthetic-")
    assert made.count() == 2
    assert not made.exclude(is_active=False, is_superuser=False).exists()
    assert not any(user.has_usable_password() for user in made)


def test_the_same_chance_tells_the_same_story():
    one, same = (words.story(Random(5), "en", 7) for _ in range(2))
    assert one == same
    assert one != words.story(Random(6), "en", 7)
    everyday = [words.known_words(number, "en") for number in range(10_000)]
    counts = [sum(word in known for known in everyday) for word in (words.HALF, words.HUNDREDTH, words.RARE)]
    assert counts == [5000, 100, 2]
