"""The demo newsroom: filled once, in the hands of the right people, and only where DEBUG is on."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.demo import newsroom, pictures
from articles.models import Article, Event, Photo, Release, Revision, User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quick_pictures(monkeypatch):
    """Two of the pictures, rendered in this process: what is tested here is the way, not the painting."""
    few = dict(list(pictures.PICTURES.items())[:2])

    def make(folder, workers):
        for slug in few:
            pictures.draw(slug, folder / f"{slug}.jpg")
        return [folder / f"{slug}.jpg" for slug in few]

    monkeypatch.setattr(newsroom, "make_pictures", make)
    monkeypatch.setattr(newsroom, "_render_all", lambda ids: [newsroom._render(public_id) for public_id in ids])


def test_the_demo_refuses_to_run_where_debug_is_off():
    with pytest.raises(CommandError, match="only where DEBUG is on"):
        call_command("run_demo", prepare_only=True, stdout=StringIO())
    assert not User.objects.exists()


def test_the_demo_newsroom_is_filled_once_by_different_people(settings, quick_pictures, client):
    settings.DEBUG = True
    newsroom.open_newsroom("a long pass phrase", say=lambda words: None)
    assert Article.objects.count() >= 30
    released = Release.objects.exclude(kind="retraction").values("article").distinct().count()
    assert released >= 28
    assert {account.username for account in newsroom.ACCOUNTS} == set(User.objects.values_list("username", flat=True))
    for action, username in (("submit", "reporter"), ("approve", "deskeditor"), ("released", "publisher")):
        assert set(Event.objects.filter(action=action).values_list("actor", flat=True)) == {username}
    assert Release.objects.filter(kind="correction").exists()
    assert Release.objects.pending().exists()
    assert client.login(username="photoeditor", password="a long pass phrase")

    counts = [model.objects.count() for model in (Article, Revision, Release, Event, Photo, User)]
    newsroom.open_newsroom("a long pass phrase", say=lambda words: None)
    assert [model.objects.count() for model in (Article, Revision, Release, Event, Photo, User)] == counts


def test_an_interrupted_demo_goes_on_where_it_stopped(settings, quick_pictures, monkeypatch):
    settings.DEBUG = True
    through, done = newsroom._through_the_desk, []

    def stop(*args):
        if len(done) == 5:
            raise KeyboardInterrupt
        done.append(through(*args))

    monkeypatch.setattr(newsroom, "_through_the_desk", stop)
    with pytest.raises(KeyboardInterrupt):
        newsroom.open_newsroom("a long pass phrase", say=lambda words: None)
    monkeypatch.setattr(newsroom, "_through_the_desk", through)
    newsroom.open_newsroom("a long pass phrase", say=lambda words: None)
    assert Article.objects.count() == 36
    assert Release.objects.filter(sequence=1).count() == 32
