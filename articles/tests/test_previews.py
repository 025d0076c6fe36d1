"""Previews: of the desk's own people at any instant, and of outsiders by a link that ends."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import access, releasing, sharing, workflow, writing
from articles.models import Article, DeskMember, Event, PreviewLink, Release
from articles.tests.test_readers_hidden import public_addresses

from .desk import make_staff, page_text, url
from .factories import (
    approve,
    fresh,
    make_article,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, clock):
    user = make_staff("Desk editor", desks=[make_desk()], username="dina", first_name="Dina", last_name="Khoury")
    client.force_login(user)
    return user


def opened(client, article, **asked):
    """The desk's preview: the page with the frame, and the page inside of it."""
    around = client.get(url("article_preview", article.pk), asked, follow=True)
    framed = re.search(r'<iframe src="([^"]+)"', page_text(around))
    return around, client.get(framed[1].replace("&amp;", "&")) if framed else None


def given(article, by, **kw):
    """A link and its address."""
    kw = {"for_whom": "Salma Aoun, lawyer", "expires_at": timezone.now() + timedelta(days=1), **kw}
    link, token = sharing.give(fresh(article), by, **kw)
    return link, f"/preview/{token}/"


@pytest.fixture
def outsider(client):
    """Somebody without an account."""
    return type(client)()


# --- the desk's own -------------------------------------------------------------------------------------------------


def test_the_working_copy_is_shown_as_it_would_be_if_it_were_out(client, editor):
    photo = make_photo()
    article = make_article(headline="Harbour opens", captions=[{"photo": photo.public_id}])
    around, page = opened(client, article)
    assert "As readers would see it on <strong>Mon 2 March 2026, 11:00 Beirut (09:00 UTC)" in page_text(around)
    assert "<h1>Harbour opens</h1>" in page_text(page)
    assert f"/admin/articles/photo/wide/{photo.public_id}/" in page_text(page)
    assert "/media/" not in page_text(page)


def test_what_readers_will_have_at_an_instant_is_shown(client, editor, clock):
    publisher = make_user(group="Publisher")
    article = make_released(publisher=publisher, headline="Harbour opens")
    article.headline = "Harbour sinks"
    article.save()
    writing.record(article, make_user())
    article = approve(fresh(article), editor=publisher)
    at = timezone.now() + timedelta(hours=2)
    releasing.release(article, publisher, seen=article.version, at=at)
    article = fresh(article)
    releasing.expire(article, publisher, seen=article.version, at=at + timedelta(hours=1), note="It is over.")
    for when, words in (("12:59", "Harbour opens"), ("13:00", "Harbour sinks"), ("14:00", "It is over.")):
        _, page = opened(client, fresh(article), show="released", at=f"2026-03-02T{when}")
        assert words in page_text(page), when
    _, page = opened(client, fresh(article), show="released", at="2026-03-01T12:00")
    assert "readers have nothing" in page_text(page)


def test_a_picture_is_left_out_of_what_is_shown_after_its_rights_end(client, editor):
    photo = make_photo(usable_until=timezone.now() + timedelta(hours=1))
    article = make_article(captions=[{"photo": photo.public_id}])
    assert photo.public_id in page_text(opened(client, article, at="2026-03-02T11:30")[1])
    assert photo.public_id not in page_text(opened(client, article, at="2026-03-02T12:00")[1])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-03-29T00:30", ["there is no 00:30", "Choose 23:30 on 28 March (21:30 UTC) or 01:30 (22:30 UTC)"]),
        ("2026-10-24T23:30", ["comes twice", "20:30 UTC", "21:30 UTC"]),
        ("yesterday", ["Give a day and a time"]),
    ],
)
def test_a_time_that_the_clock_shows_never_or_twice_is_refused_with_both_instants(client, editor, typed, words):
    around, _ = opened(client, make_article(), at=typed)
    assert 'role="alert"' in page_text(around)
    for part in words:
        assert part in page_text(around)


@pytest.mark.parametrize(("width", "name"), [("390", "preview-390"), ("1280", "preview-1280")])
def test_it_is_shown_as_wide_as_a_phone_and_a_desktop(client, editor, width, name):
    around, _ = opened(client, make_article(), width=width)
    assert f'class="preview-stage {name}"' in page_text(around)


def test_the_desk_alone_may_frame_it(client, editor):
    around, page = opened(client, make_article())
    policy = page["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in around["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]
    assert around["X-Frame-Options"] == "DENY"


def test_nobody_keeps_or_lists_it(client, editor):
    for answer in opened(client, make_article()):
        assert_closed(answer)


def assert_closed(answer):
    assert answer["Cache-Control"].startswith("no-store")
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.has_header("ETag")


def test_it_runs_out_with_the_hour_and_with_the_next_change(client, editor, clock):
    article = make_article()
    around, _ = opened(client, article)
    address = around.request["PATH_INFO"]
    clock.shift(timedelta(minutes=61))
    for one in (address, f"{address}page/"):
        assert client.get(one).status_code == 410
    address = opened(client, article)[0].request["PATH_INFO"]
    writing.new_version(article)
    for one in (address, f"{address}page/"):
        assert client.get(one).status_code == 410


# --- given to outsiders ---------------------------------------------------------------------------------------------


def test_somebody_without_an_account_reads_the_story(client, editor, outsider):
    photo = make_photo()
    article = make_article(headline="Harbour opens", captions=[{"photo": photo.public_id}])
    answer = client.post(url("article_previews", article.pk), {"for_whom": "Salma Aoun, lawyer", "days": 3})
    address = re.search(r'value="http://testserver(/preview/[^"]+)"', page_text(answer))[1]
    page = outsider.get(address)
    assert page.status_code == 200
    text = page_text(page)
    assert "<h1>Harbour opens</h1>" in text
    assert "Not published." in text
    assert "Salma Aoun, lawyer" in text
    assert "Dina Khoury" in text
    picture = re.search(r'<img[^>]* src="([^"]+)"', text)[1]
    assert picture == f"{address}pictures/{photo.public_id}/"
    shown = outsider.get(picture)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    for one in (page, shown):
        assert_closed(one)
        assert not one.cookies
    assert "/admin/" not in text
    assert "/media/" not in text


def test_the_token_is_long_and_is_not_kept(editor):
    article = make_article()
    link, address = given(article, editor)
    token = address.split("/")[2]
    assert len(token) >= 43  # 256 bits, six to a letter
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(list(PreviewLink.objects.values())) + str(list(Event.objects.values()))
    assert given(article, editor)[1] != address


def test_it_shows_the_newest_text_or_the_one_revision_that_it_names(editor, outsider):
    article = make_article(headline="Harbour opens")
    _, newest = given(article, editor)
    _, first = given(article, editor, revision=article.revisions.get(number=1))
    article.headline = "Harbour sinks"
    article.save()
    writing.record(article, editor)
    assert "<h1>Harbour sinks</h1>" in page_text(outsider.get(newest))
    assert "<h1>Harbour opens</h1>" in page_text(outsider.get(first))


def test_it_shows_the_story_as_at_its_instant(editor, outsider):
    photo = make_photo(usable_until=timezone.now() + timedelta(hours=1))
    article = make_article(captions=[{"photo": photo.public_id}])
    _, now = given(article, editor)
    _, later = given(article, editor, at=timezone.now() + timedelta(hours=2))
    assert photo.public_id in page_text(outsider.get(now))
    assert photo.public_id not in page_text(outsider.get(later))


def test_every_opening_is_counted_and_logged(editor, outsider, clock):
    article = make_article()
    link, address = given(article, editor)
    outsider.get(address)
    clock.shift(timedelta(minutes=5))
    outsider.get(address)
    outsider.head(address)
    link.refresh_from_db()
    assert (link.opened, link.opened_at) == (2, timezone.now())
    events = Event.objects.about(article).filter(action="preview_opened")
    assert [(event.actor, event.data["for_whom"]) for event in events] == [("", "Salma Aoun, lawyer")] * 2


def closings():
    """Each way in which a link shuts: what happens to (story, link, its maker, somebody who may do anything)."""

    def hours(article, link, maker, chief):
        PreviewLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())

    def taken_back(article, link, maker, chief):
        sharing.take_back(link, maker)

    def left(article, link, maker, chief):
        type(maker).objects.filter(pk=maker.pk).update(is_active=False)

    def no_group(article, link, maker, chief):
        maker.groups.clear()

    def no_desk(article, link, maker, chief):
        maker.memberships.all().delete()

    def guest(article, link, maker, chief):
        maker.memberships.update(role=DeskMember.Role.GUEST)

    def moved(article, link, maker, chief):
        Article.objects.filter(pk=article.pk).update(desk=make_desk("elsewhere"))

    def spiked(article, link, maker, chief):
        article = fresh(article)
        workflow.move(article, "spiked", chief, seen=article.version, reason="No.")

    def embargoed(article, link, maker, chief):
        Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + timedelta(days=1))

    def removed_by_law(article, link, maker, chief):
        article = approve(article, editor=chief)
        releasing.release(article, chief, seen=article.version)
        article = fresh(article)
        releasing.retract(article, chief, seen=article.version, note="A court asked.", removed_by_law=True)

    return [hours, taken_back, left, no_group, no_desk, guest, moved, spiked, embargoed, removed_by_law]


@pytest.mark.parametrize("close", closings(), ids=lambda way: way.__name__)
def test_a_link_that_is_shut_opens_nothing_and_looks_like_one_that_never_was(editor, outsider, close):
    photo = make_photo()
    article = make_article(
        headline="Harbour opens",
        regions=[make_region()],
        topics=[make_topic()],
        captions=[{"photo": photo.public_id, "caption": "A quay."}],
    )
    link, address = given(article, editor)
    picture = f"{address}pictures/{photo.public_id}/"
    assert outsider.get(address).status_code == outsider.get(picture).status_code == 200
    close(article, link, editor, make_user(group="Publisher"))
    never = outsider.get("/preview/" + "x" * 43 + "/")
    for one in (address, picture, "/preview/1/"):
        answer = outsider.get(one)
        assert answer.status_code == never.status_code == 404
        assert answer.content == never.content, one
        assert dict(answer.headers) == dict(never.headers), one
        assert_closed(answer)
    assert PreviewLink.objects.get().opened == 1


def test_a_legal_hold_and_a_retraction_leave_it_open_for_the_lawyer(editor, outsider):
    chief = make_user(group="Publisher")
    article = make_released(publisher=chief)
    _, address = given(article, editor)
    article = fresh(article)
    releasing.retract(article, chief, seen=article.version, note="It was wrong.")
    article = fresh(article)
    workflow.set_legal_hold(article, chief, seen=article.version, reason="A judge asked.")
    assert outsider.get(address).status_code == 200


def test_a_confidential_story_is_shown_as_long_as_its_giver_may_see_it(editor, outsider):
    article = make_article()
    reporter = make_user(group="Reporter", permissions="share_preview", desks=[article.desk])
    _, address = given(article, editor)
    _, other = given(article, reporter)
    Article.objects.filter(pk=article.pk).update(confidential=True)
    assert outsider.get(address).status_code == 200  # a desk editor sees confidential stories
    assert outsider.get(other).status_code == 404


def test_a_picture_of_another_story_is_not_had_by_it(editor, outsider):
    photo = make_photo()
    _, address = given(make_article(), editor)
    assert outsider.get(f"{address}pictures/{photo.public_id}/").status_code == 404


def test_no_confidential_source_is_shown_to_outsiders(editor, outsider):
    from articles.models import ConfidentialSource

    secret = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    article = make_article(citations=[{"confidential": secret.code, "use": "quote"}])
    _, address = given(article, editor)
    page = page_text(outsider.get(address))
    assert not [words for words in ("Omar", "an official", secret.code) if words in page]


# --- who may give one -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["Reporter", "Sub-editor", "Photo editor", "Wire editor"])
def test_who_may_not_give_previews_is_offered_none(client, group):
    desk = make_desk()
    client.force_login(make_staff(group, desks=[desk]))
    article = make_article(desk=desk)
    assert client.get(url("article_previews", article.pk)).status_code == 403
    answer = client.post(url("article_previews", article.pk), {"for_whom": "A friend", "days": 3})
    assert answer.status_code == 403
    assert url("article_previews", article.pk) not in page_text(client.get(url("article_change", article.pk)))
    assert not PreviewLink.objects.exists()


def test_links_are_listed_with_what_became_of_them_and_taken_back(client, editor, outsider):
    article = make_article()
    link, address = given(article, editor)
    outsider.get(address)
    page = page_text(client.get(url("article_previews", article.pk)))
    assert "Salma Aoun, lawyer" in page
    assert "opened 1 time, last" in page
    assert address not in page
    assert client.get(url("article_revoke_preview", article.pk, link.pk)).status_code == 405
    assert client.post(url("article_revoke_preview", article.pk, link.pk)).status_code == 302
    assert outsider.get(address).status_code == 404
    assert "taken back" in page_text(client.get(url("article_previews", article.pk)))
    assert Event.objects.about(article).filter(action="preview_revoked").get().actor == "dina"


def test_a_link_is_not_taken_back_through_another_story(client, editor):
    link, _ = given(make_article(), editor)
    other = make_article()
    assert client.post(url("article_revoke_preview", other.pk, link.pk)).status_code == 404
    assert sharing.shut(PreviewLink.objects.get()) == ""


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"for_whom": ""}, "This field is required."),
        ({"days": 365}, "365 is not one of the available choices."),
        ({"revision": 7}, "The story has no revision 7."),
        ({"at": "2026-03-29T00:30"}, "The clocks go forward that night"),
    ],
)
def test_what_cannot_be_given_is_said_beside_the_field(client, editor, sent, words):
    article = make_article()
    answer = client.post(url("article_previews", article.pk), {"for_whom": "A lawyer", "days": 3, **sent})
    assert answer.status_code == 422
    assert words in page_text(answer)
    assert not PreviewLink.objects.exists()


def test_no_link_lasts_longer_than_a_month(editor):
    for days in (-1, 0, 31):
        with pytest.raises(sharing.NotShared, match="ends within 30 days"):
            given(make_article(), editor, expires_at=timezone.now() + timedelta(days=days))


def test_under_embargo_a_preview_needs_its_permission_and_a_reason(client, editor, outsider):
    article = make_article(embargo_until=timezone.now() + timedelta(days=2))
    reason = releasing.Override("The lawyers must read it.", frozenset({"embargo"}))
    with pytest.raises(sharing.NotShared, match="under embargo"):
        given(article, editor)
    with pytest.raises(access.NotAllowed):
        given(article, editor, override=reason)
    chief = make_staff("Publisher")
    _, address = given(article, chief, override=reason)
    assert outsider.get(address).status_code == 200
    event = Event.objects.about(article).filter(action="preview_given").get()
    assert event.reason == "The lawyers must read it."
    # Another embargo is another decision.
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + timedelta(days=3))
    assert outsider.get(address).status_code == 404


# --- nothing public tells of it -------------------------------------------------------------------------------------


def test_no_public_answer_changes_and_none_mentions_it(client, editor, outsider):
    publisher = make_user(group="Publisher")
    released = make_released(publisher=publisher)
    article = make_article(headline="Harbour opens", topics=[make_topic()])

    def answers():
        found = {}
        for path in public_addresses(released, article):
            answer = outsider.get(path)
            body = b"" if answer.streaming else answer.content
            found[path] = (answer.status_code, answer.get("ETag"), answer.get("Cache-Control"), body)
        return found

    before = answers()
    _, address = given(article, editor)
    token = address.split("/")[2]
    outsider.get(address)
    after = answers()
    assert after == before
    for path, (_, _, cached, body) in after.items():
        assert b"/preview/" not in body, path
        assert token.encode() not in body, path
        assert cached, path
    assert not Release.objects.filter(article=article).exists()


def test_what_is_told_in_a_preview_is_what_a_release_would_hold(editor, outsider):
    """The same words in the same places, but for the bar on top and the addresses of pictures."""
    publisher = make_user(group="Publisher")
    things = {"regions": [make_region()], "topics": [make_topic()]}
    article = make_article(headline="Harbour opens", standfirst="After a year.", dateline="BEIRUT", **things)
    _, address = given(article, editor)
    shown = re.search(r"<article.*</article>", page_text(outsider.get(address)), re.DOTALL)[0]
    article = approve(article, editor=publisher)
    releasing.release(article, publisher, seen=article.version)
    public = outsider.get(f"/stories/{article.public_id}/", follow=True)
    released = re.search(r"<article.*?</article>", public.text, re.DOTALL)[0]
    share = re.compile(r'<div class="story-share".*?</div>\s*|<p class="address-print">.*?</p>\s*', re.DOTALL)
    assert share.sub("", released).split() == share.sub("", shown).split()
