"""What readers see, asked as a reader asks: over HTTP, at every place where a story shows."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import outlet_answers, outlets, releasing, tasks, writing
from articles.models import Article, Listing, OutletCheck, Region, Release
from articles.readers import cursors
from articles.readers.feeds import views as feeds
from articles.readers.views import searching

from .desk import page_text, url
from .factories import (
    approve,
    fresh,
    make_article,
    make_author,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)


@pytest.fixture
def publisher(transactional_db):
    return make_user("publisher", group="Publisher")


@pytest.fixture
def site(live_server, settings):
    settings.SITE_URL = live_server.url
    return live_server


def make_story(publisher, **kw):
    """A story that stands in many places."""
    asia = make_region("142", name="Asia", kind="continent")
    kw.setdefault("headline", "Harbour opens after repairs")
    return make_released(
        publisher=publisher,
        regions=[make_region("SY", name="Syria", parent=asia)],
        topics=[make_topic("Ships")],
        bylines=[{"author": make_author(slug="lina").code, "text": ""}],
        citations=[{"source": make_source(slug="observatory").code}],
        **kw,
    )


def rewritten(article, publisher, headline="Harbour sinks"):
    article = fresh(article)
    article.headline = headline
    article.save()
    writing.record(article, make_user())
    return approve(fresh(article), editor=publisher)


def found(article):
    """What the checks say, by outlet: (due, found, right)."""
    rows = OutletCheck.objects.filter(article=article)
    return {row.outlet: (row.expected, row.found, row.is_right) for row in rows}


# --- which addresses ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_list_that_a_story_stands_in_is_an_outlet(publisher):
    article = make_story(publisher)
    of = {outlet.name: outlet.address for outlet in outlets.of(article)}
    slug = Release.objects.get().slug
    assert of["Story page"] == f"/stories/{article.public_id}/{slug}/"
    assert of["Front page"] == "/"
    assert of["Region: Syria"] == "/regions/asia/syria/"
    assert of["Region: World, RSS"] == "/regions/world/rss.xml"
    assert of["Topic: Ships"] == "/topics/ships/"
    assert of["Source: Harbour Observatory"] == "/sources/observatory/"
    assert of["Author: Lina Haddad, RSS"] == "/authors/lina/rss.xml"
    assert of["Search: “Harbour opens after repairs”"] == "/search/?q=%22Harbour+opens+after+repairs%22"
    places = set(Listing.objects.values_list("place", flat=True))
    assert len(of) == 2 * len(places) + len(["story page", "search", "sitemap"])


def test_the_lengths_of_lists_are_those_that_readers_see():
    assert (outlets.LIST, outlets.FEED, outlets.FOUND) == (cursors.PAGE, feeds.ITEMS, searching.PAGE)


@pytest.mark.django_db
def test_a_story_that_readers_never_had_has_no_outlet(publisher, clock):
    assert outlets.of(make_article()) == []
    article = make_story(publisher, at=timezone.now() + timedelta(hours=1))
    assert outlets.of(article) == []
    assert outlets.of(article, timezone.now() + timedelta(hours=1))


@pytest.mark.django_db
def test_an_arabic_story_stands_in_the_arabic_edition(publisher):
    article = make_story(publisher, headline="إعادة فتح المرفأ", language="ar")
    assert {outlet.address.split("/")[1] for outlet in outlets.of(article)} == {"ar", "sitemaps"}


# --- asked over HTTP ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_released_story_is_found_wherever_it_should_be(publisher, site):
    article = make_story(publisher)
    outlets.check(article)
    told = found(article)
    assert all(right for _, _, right in told.values()), told
    for outlet in ("Story page", "Front page", "Front page, RSS", "Region: Syria", "Region: Asia, RSS", "Topic: Ships"):
        assert told[outlet] == (1, 1, True), outlet
    assert {due for due, _, _ in told.values()} == {1}
    assert {seen for _, seen, _ in told.values()} == {1}


@pytest.mark.django_db(transaction=True)
def test_an_update_is_told_from_what_stood_there_before(publisher, site):
    article = make_story(publisher)
    outlets.check(article)
    article = rewritten(article, publisher)
    releasing.release(article, publisher, seen=article.version, correction="It sank.")
    outlets.check(article)
    told = found(article)
    assert {(due, seen) for due, seen, _ in told.values()} == {(2, 2)}
    assert told["Corrections"] == (2, 2, True)
    assert "Search: “Harbour sinks”" in told
    assert "Search: “Harbour opens after repairs”" not in told


@pytest.mark.django_db(transaction=True)
def test_after_a_retraction_nothing_but_the_notice_is_left(publisher, site):
    article = make_story(publisher)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    assert all(one.is_right for one in outlets.check(article))
    told = found(article)
    assert told.pop("Story page") == (2, 2, True)
    assert told.pop("Corrections") == (2, 2, True)
    assert set(told.values()) == {(None, None, True)}
    assert {"Front page", "Region: Syria, RSS", "Search: “Harbour opens after repairs”"} <= set(told)


@pytest.mark.django_db(transaction=True)
def test_what_the_law_had_removed_is_looked_for_at_its_bare_address(publisher, site):
    article = make_story(publisher)
    releasing.retract(article, publisher, seen=article.version, note="A court asked.", removed_by_law=True)
    assert all(one.is_right for one in outlets.check(article))
    assert OutletCheck.objects.get(outlet="Story page").address == f"/stories/{article.public_id}/"
    assert "Corrections" not in found(article)


@pytest.mark.django_db(transaction=True)
def test_an_outlet_that_still_shows_a_retracted_story_is_red_until_it_does_not(publisher, site, monkeypatch):
    article = make_story(publisher)
    stale = {}
    ask = outlet_answers.Site.ask

    def cached(self, address):
        """A cache in front of the site that keeps what it has."""
        return stale.setdefault(address, ask(self, address))

    monkeypatch.setattr(outlet_answers.Site, "ask", cached)
    outlets.check(article)
    releasing.retract(fresh(article), publisher, seen=article.version, note="It was wrong.")
    article = fresh(article)
    wrong = [one for one in outlets.check(article) if not one.is_right]
    # Each that was asked before; the list of corrections was not, and is fresh.
    assert {one.outlet for one in wrong} == set(found(article)) - {"Corrections"}
    home = OutletCheck.objects.get(outlet="Front page")
    assert (home.expected, home.found, home.problem) == (None, 1, "It still shows release 1.")
    page = OutletCheck.objects.get(outlet="Story page")
    assert (page.expected, page.found, page.problem) == (2, 1, "It shows release 1.")
    assert [(story, len(rows)) for story, rows in outlets.wrong()] == [(article, len(wrong))]

    for address in [one for one in stale if one != "/"]:
        del stale[address]
    assert [one.outlet for one in outlets.check(article) if not one.is_right] == ["Front page"]
    assert [story for story, _ in outlets.wrong()] == [article]
    stale.clear()
    outlets.check(article)
    assert outlets.wrong() == []


@pytest.mark.django_db(transaction=True)
def test_two_releases_in_one_list_are_told_apart(publisher, site, monkeypatch):
    """A page that shows the story twice, in two states, is wrong whichever of them is read first."""
    article = make_story(publisher)
    article = rewritten(article, publisher)
    releasing.release(article, publisher, seen=article.version)
    old, new = Release.objects.order_by("sequence")
    for order in ((old, new), (new, old)):
        body = "".join(f'<article data-release="{outlet_answers.mark_of(one)}"></article>' for one in order).encode()
        monkeypatch.setattr(
            outlet_answers.Site, "ask", lambda self, at, b=body: outlet_answers.Answer(200, "text/html", b)
        )
        outlets.check(article)
        assert found(article)["Region: Syria"] == (2, 1, False)


@pytest.mark.django_db
def test_where_the_site_cannot_be_reached_nothing_is_called_right(publisher, settings):
    settings.SITE_URL = "http://127.0.0.1:9"
    article = make_story(publisher)
    rows = outlets.check(article)
    assert rows
    assert {(one.is_right, one.problem) for one in rows} == {(False, "The site cannot be reached at 127.0.0.1:9.")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (outlet_answers.Answer(500, "text/html", b""), "The site answered with an error (500)."),
        (outlet_answers.Answer(200, "text/html", b"<p>Nothing."), "It does not show the story."),
        (outlet_answers.Answer(404, "text/html", b"<p>No."), "It does not show the story."),
        (outlet_answers.Answer(200, "application/xml", b"<rss>"), "It is not what it should be (status 200)."),
    ],
)
def test_an_answer_that_says_nothing_is_no_good_answer(publisher, settings, monkeypatch, answer, problem):
    settings.SITE_URL = "http://news.example"
    article = make_story(publisher)
    monkeypatch.setattr(outlet_answers.Site, "ask", lambda self, address: answer)
    outlets.check(article)
    assert OutletCheck.objects.get(outlet="Region: Syria").problem == problem


@pytest.mark.django_db
def test_a_full_first_page_may_do_without_an_older_story(publisher, settings, monkeypatch, clock):
    settings.SITE_URL = "http://news.example"
    article = make_story(publisher)
    monkeypatch.setattr(outlets, "LIST", 1)
    clock.shift(timedelta(hours=1))
    make_released(publisher=publisher, regions=[Region.objects.get(code="SY")])
    monkeypatch.setattr(outlet_answers.Site, "ask", lambda self, address: outlet_answers.Answer(200, "text/html", b""))
    outlets.check(article)
    assert found(article)["Region: Syria"] == (None, None, True)


# --- the site, and nobody else --------------------------------------------------------------------------------------


class FakeConnection:
    """A site that answers each address with the same status, headers and body."""

    def __init__(self, status=200, headers=None, body=b"x"):
        self.status, self.headers_, self.body, self.asked = status, headers or {}, body, []

    def connect(self):
        pass

    def close(self):
        pass

    def request(self, method, address, headers):
        self.asked.append((method, address, headers))

    def getresponse(self):
        from email.message import Message

        headers = Message()
        for name, value in self.headers_.items():
            headers[name] = value

        class Response:
            status, will_close = self.status, False
            rest = [self.body]

            def read1(self, size):
                return self.rest.pop() if self.rest else b""

        Response.headers = headers
        return Response()


def site_with(monkeypatch, **kw):
    fake = FakeConnection(**kw)
    monkeypatch.setattr(outlet_answers.http.client, "HTTPConnection", lambda *a, **k: fake)
    return outlet_answers.Site("http://news.example"), fake


@pytest.mark.parametrize(
    "where", ["http://169.254.169.254/latest", "//evil.example/", "https://news.example/", "ftp://x/"]
)
def test_a_redirect_to_anywhere_else_is_not_followed(monkeypatch, where):
    site, fake = site_with(monkeypatch, status=302, headers={"Location": where})
    with pytest.raises(outlet_answers.Unreachable, match="another site"):
        site.ask("/")
    assert len(fake.asked) == 1


def test_redirects_end(monkeypatch):
    site, fake = site_with(monkeypatch, status=301, headers={"Location": "/next/"})
    with pytest.raises(outlet_answers.Unreachable):
        site.ask("/")
    assert len(fake.asked) == 4


def test_an_endless_answer_is_dropped(monkeypatch):
    monkeypatch.setattr(outlet_answers, "LARGEST", 1000)
    site, _ = site_with(monkeypatch, body=b"x" * 1001)
    with pytest.raises(outlet_answers.Unreachable):
        site.ask("/")


def test_all_the_pages_together_take_no_more_than_their_time(monkeypatch):
    site, fake = site_with(monkeypatch)
    site.ask("/")
    site.ends = 0
    with pytest.raises(outlet_answers.Unreachable, match="too long"):
        site.ask("/")
    assert len(fake.asked) == 1


def test_a_reader_sends_no_cookie_and_no_name(monkeypatch):
    site, fake = site_with(monkeypatch)
    site.ask("/x/")
    assert fake.asked[0][:2] == ("GET", "/x/")
    assert not {"Cookie", "Authorization"} & set(fake.asked[0][2])


# --- when it is asked -----------------------------------------------------------------------------------------------


def waiting():
    return [
        (task.args_kwargs["args"], task.run_after)
        for task in DBTaskResult.objects.filter(task_path="articles.outlets.look").order_by("enqueued_at")
    ]


@pytest.mark.django_db
def test_each_release_asks_for_a_look_at_the_instant_at_which_it_is_live(publisher, settings, clock):
    settings.SITE_URL = "http://news.example"
    article = make_released(publisher=publisher)
    at = timezone.now() + timedelta(hours=1)
    releasing.expire(article, publisher, seen=article.version, at=at)
    assert [told for told, _ in waiting()] == [[article.public_id, 1]]
    clock.move_to(at)
    (to_come,) = DBTaskResult.objects.filter(task_path="articles.tasks.tell_of_release", run_after=at)
    tasks.tell_of_release.func(*to_come.args_kwargs["args"])
    assert waiting()[1] == ([article.public_id, 2], at + timedelta(seconds=2))


@pytest.mark.django_db
def test_a_newsroom_that_knows_no_address_of_its_own_asks_nobody(publisher, settings):
    settings.SITE_URL = ""
    make_released(publisher=publisher)
    assert waiting() == []
    assert outlets.wrong() == []


@pytest.mark.django_db
def test_what_is_wrong_is_asked_again_and_what_is_right_is_not(publisher, settings, clock, monkeypatch):
    settings.SITE_URL = "http://127.0.0.1:9"
    article = make_released(publisher=publisher)
    DBTaskResult.objects.all().delete()
    assert outlets.look.func(article.public_id, 1) > 0
    assert waiting() == [([article.public_id, 1, 1], timezone.now() + timedelta(seconds=15))]
    DBTaskResult.objects.all().delete()
    outlets.look.func(article.public_id, 1, len(outlets.AGAIN_AFTER))
    assert waiting() == []
    monkeypatch.setattr(outlets, "check", lambda article: [])
    assert outlets.look.func(article.public_id, 1) == 0
    assert waiting() == []


@pytest.mark.django_db
def test_a_look_for_a_release_that_another_one_has_followed_ends(publisher, settings, monkeypatch):
    settings.SITE_URL = "http://news.example"
    article = make_released(publisher=publisher)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    monkeypatch.setattr(outlets, "check", lambda article: pytest.fail("asked for nothing"))
    assert outlets.look.func(article.public_id, 1) == 0


@pytest.mark.django_db
def test_a_retraction_is_red_at_once_even_if_nobody_gets_to_look(publisher, settings):
    settings.SITE_URL = "http://news.example"
    article = make_released(publisher=publisher)
    other = make_released(publisher=publisher)
    assert outlets.wrong() == []
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    [(story, [row])] = outlets.wrong()
    assert (story, row.problem) == (article, outlets.NOT_ASKED)
    assert outlets.wrong(Article.objects.filter(pk=other.pk)) == []


def test_what_nobody_looked_for_is_looked_for_once(publisher, site, clock):
    article = make_released(publisher=publisher)
    releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    assert outlets.look_for_forgotten() == 0  # the worker may be at it
    clock.shift(outlets.FORGOTTEN_AFTER + timedelta(seconds=1))
    assert [outlets.look_for_forgotten(), outlets.look_for_forgotten()] == [1, 0]
    assert outlets.wrong() == []


@pytest.mark.django_db
def test_the_list_of_what_is_wrong_costs_two_queries(publisher, settings, django_assert_num_queries):
    settings.SITE_URL = "http://127.0.0.1:9"
    for _ in range(3):
        article = make_released(publisher=publisher)
        outlets.check(article)
        releasing.retract(article, publisher, seen=article.version, note="It was wrong.")
    with django_assert_num_queries(2):
        assert len(outlets.wrong()) == 3


# --- the panel ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_panel_says_what_was_found_where(client, publisher, site):
    client.force_login(publisher)
    article = make_story(publisher)
    address = url("article_outlets", article.pk)
    assert "Not asked since that release." in page_text(client.get(address))
    outlets.check(article)
    page = page_text(client.get(address))
    assert f"All {OutletCheck.objects.count()} outlets are as they should be." in page
    assert f'href="{site.url}/regions/asia/syria/"' in page
    OutletCheck.objects.filter(outlet="Front page").update(is_right=False, problem="It still shows release 1.")
    page = page_text(client.get(address))
    assert "1 of" in page
    assert "It still shows release 1." in page


@pytest.mark.django_db
def test_the_panel_does_not_say_right_where_nobody_looked(client, publisher, settings):
    client.force_login(publisher)
    article = make_released(publisher=publisher)
    settings.SITE_URL = ""
    page = page_text(client.get(url("article_outlets", article.pk)))
    assert "Nobody has looked" in page
    assert "as they should be" not in page


@pytest.mark.django_db
def test_the_button_has_every_outlet_asked(client, publisher, settings):
    client.force_login(publisher)
    settings.SITE_URL = "http://news.example"
    article = make_released(publisher=publisher)
    DBTaskResult.objects.all().delete()
    answer = client.post(url("article_ask_outlets", article.pk))
    assert answer.status_code == 302
    assert [args for args, _ in waiting()] == [[article.public_id, 1, len(outlets.AGAIN_AFTER)]]
    assert client.get(url("article_ask_outlets", article.pk)).status_code == 405


# --- marks ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_mark_says_no_more_than_the_page_does(client, publisher, clock):
    """A story that was scheduled and unscheduled before looks like any other: nothing is counted in public."""
    article = make_released(publisher=publisher, at=timezone.now() + timedelta(hours=1))
    releasing.unschedule(article, publisher, seen=article.version)
    article = fresh(article)
    releasing.release(article, publisher, seen=article.version)
    assert Release.objects.in_force(article.public_id).sequence == 2
    mark = f"{article.public_id}.{int(timezone.now().timestamp() * 1000)}"
    assert f'<meta name="release" content="{mark}">' in client.get(f"/stories/{article.public_id}/", follow=True).text
    assert f'data-release="{mark}"' in client.get("/").text
    assert "<atom:updated>2026-03-02T09:00:00.000+00:00</atom:updated>" in client.get("/rss.xml").text
