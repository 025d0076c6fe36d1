"""The wire inbox: taken, attached, parked, spiked, mended, undone; uploads are looked at before they come in."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles import access, arrivals, inbox, writing
from articles.desk import alarms
from articles.models import Article, SavedView, WireBatch, WireBytes, WireKey, WireRecord, WireRule
from articles.search import find_records
from articles.workflow import Refused

from .arriving import AFP, arrive, at, batch, item
from .desk import page_text, url
from .factories import fresh, make_article, make_desk, make_source, make_user

pytestmark = pytest.mark.django_db

FIVE = [*AFP[:3], "The works cost five million dollars, the transport ministry said in a statement on Sunday evening."]
WORK = "view_wirerecord view_wirebatch work_wire import_stories undo_import"


@pytest.fixture
def editor(client):
    user = make_user(group="Desk editor", desks=[make_desk("wire"), make_desk("world")], permissions=WORK)
    client.force_login(user)
    return user


def waits(*items, **kw):
    return arrive(*(items or [item("a1", "1")]), waits=True, **kw)


def press(client, record, act, **data):
    return client.post(url("wirerecord_act", record.pk), {"act": act, **data})


# --- the queue ------------------------------------------------------------------------------------------------------


def test_what_waits_is_listed_with_what_others_tell_of_it(client, editor):
    make_source("AFP", short_name="AFP", kind="agency")
    waits(item("a1", "1", urgency=1), item("r1", "1", [*AFP[:3], "More."], "Syrian port open", provider="Reuters"))
    page = page_text(client.get(url("wirerecord_changelist")))
    assert page.count("data-wire-row") == 1
    assert "Also: " in page
    record = WireRecord.objects.get(provider="Reuters")
    page = page_text(client.get(url("wirerecord_change", record.pk)))
    assert "% of this stands in AFP’s" in page
    assert '<mark class="span-source"' in page
    assert "As received" in page


@pytest.mark.parametrize(
    "query, shown",
    [
        ("", ["Port", "Wheat"]),
        ("?urgency=2", ["Port"]),
        ("?source=afp", ["Port"]),
        ("?state=parked", []),
        ("?q=breakwater", ["Port"]),
        ("?q=wheat", ["Wheat"]),
        ("?what=kill", []),
        ("?sort=urgency", ["Port", "Wheat"]),
        ("?sort=source", ["Port", "Wheat"]),
        ("?urgency=most", None),
    ],
)
def test_the_queue_is_filtered_searched_and_ordered(client, editor, query, shown):
    make_source("AFP", short_name="AFP", kind="agency", code="afp")
    waits(item("a1", "1", urgency=1, headline="Port opens"), item("", "", ["Wheat rose.", "Oats fell."], "Wheat up"))
    page = page_text(client.get(url("wirerecord_changelist") + query))
    if shown is None:
        assert "not understood" in page
    else:
        assert [word for word in ("Port", "Wheat") if f">{word} " in page] == shown


def test_an_open_page_is_told_of_what_comes_and_of_a_kill(client, editor):
    first = waits()[0]
    news = client.get(f"{url('wirerecord_news')}?after={first.pk}").json()
    assert (news["count"], news["last"]) == (0, str(first.pk))
    waits(item("a2", "1", FIVE, "Another"))
    waits(item("a1", "2", [], "", standing="canceled"))
    news = client.get(f"{url('wirerecord_news')}?after={first.pk}").json()
    assert news["kills"] == 1
    assert "Another" in news["rows"]
    assert client.get(f"{url('wirerecord_news')}?after=x").json()["count"] == 0


@pytest.mark.parametrize(
    "model, query", [("wirerecord", "urgency=2&state=new"), ("photo", "rights=usable&sort=oldest")]
)
def test_each_list_has_views_of_its_own(client, editor, model, query):
    editor.user_permissions.add(Permission.objects.get(codename="view_photo"))
    client.post(url(f"{model}_view_save"), {"name": "Urgent", "query": query})
    view = SavedView.objects.get()
    assert f"?{view.query.replace('&', '&amp;')}&amp;view={view.pk}" in page_text(
        client.get(url(f"{model}_changelist"))
    )
    other = {"wirerecord": "photo", "photo": "wirerecord"}[model]
    for elsewhere in (other, "article"):
        assert "Urgent" not in page_text(client.get(url(f"{elsewhere}_changelist")))
    assert client.post(url(f"{other}_view_change", view.pk), {"name": "Ours"}).status_code == 404
    page = client.post(url(f"{model}_view_change", view.pk), {"name": "Ours", "desk": "wire"}, follow=True)
    assert "“Ours” is shared with the Wire desk." in page_text(page)
    page = client.post(
        url(f"{model}_view_save"), {"name": "Worse", "query": f"{query}&urgency=most&rights=most"}, follow=True
    )
    assert "one of the filters is not understood" in page_text(page)
    client.post(url(f"{model}_view_delete", view.pk))
    assert not SavedView.objects.exists()


# --- deciding -------------------------------------------------------------------------------------------------------


def test_to_take_makes_a_draft_on_my_desk_and_a_newer_version_finds_it(client, editor):
    (record,) = waits(item("a1", "1", usage={"no_syndication": True}))
    assert press(client, record, "take", desk="world").status_code == 302
    article = Article.objects.get()
    record.refresh_from_db()
    assert (article.desk.code, article.no_syndication, record.state, record.taken_by) == (
        "world",
        True,
        "taken",
        editor,
    )
    assert record.is_held
    (newer,) = waits(item("a1", "2", FIVE))
    assert newer.article == article
    assert "five million" in fresh(article).body


def test_two_people_who_take_one_item_make_one_story(editor):
    (record,) = waits()
    inbox.take(record, editor)
    with pytest.raises(Refused, match="decided about it already"):
        inbox.take(record, editor)
    assert Article.objects.count() == 1


def test_whoever_does_not_work_there_may_look_and_not_decide(client):
    (record,) = waits()
    client.force_login(make_user(desks=[make_desk("wire")], permissions="view_wirerecord"))
    assert client.get(url("wirerecord_change", record.pk)).status_code == 200
    assert press(client, record, "park").status_code == 403
    outsider = make_user(desks=[make_desk("world")], permissions=WORK)
    with pytest.raises(access.NotAllowed):
        inbox.take(record, outsider)


def test_what_is_attached_stops_with_its_kill_and_offers_its_newer_text(client, editor):
    article = make_article(desk=make_desk("world"), body="<p>Our own words.</p>")
    (record,) = waits(item("a1", "1", embargo_until=timezone.now() + timedelta(days=1)))
    assert press(client, record, "attach", story=f"/admin/{article.public_id}/").status_code == 302
    article = fresh(article)
    assert article.embargo_until is not None
    (newer,) = waits(item("a1", "2", FIVE))
    assert (newer.is_offered, newer.article) == (True, article)
    assert "Our own words" in fresh(article).body
    waits(item("a1", "3", [], "", standing="canceled", ednote="Wrong."))
    assert fresh(article).wire_standing == "canceled"
    assert any("killed by the wire" in alarm.message for alarm in alarms.alarms(editor))
    assert "Killed by the wire" in page_text(client.get(url("article_change", article.pk)))


def test_what_is_parked_or_spiked_is_found_there_and_comes_back(client, editor):
    (record,) = waits()
    for act, state in (("park", "parked"), ("spike", "spiked"), ("back", "new")):
        assert press(client, record, act).status_code == 302
        record.refresh_from_db()
        assert record.state == state
    answer = client.post(url("wirerecord_act", record.pk), {"act": "spike"}, headers={"Accept": "application/json"})
    assert "Spiked" in answer.json()["said"]
    waits(item("a1", "2", FIVE))
    assert not WireRecord.objects.filter(state="new").exists()  # what was not wanted is not wanted in a newer version


def test_what_was_killed_is_not_taken(editor):
    (record,) = waits()
    waits(item("a1", "2", [], "", standing="canceled"))
    record.refresh_from_db()
    with pytest.raises(Refused, match="withdrawn"):
        inbox.take(record, editor)


def test_an_offer_is_taken_against_the_version_that_was_taken(client, editor):
    (record,) = waits(item("a1", "1"))
    article = inbox.take(record, editor)
    article = fresh(article)
    article.body = article.body.replace("four million", "some four million").replace("AP", "AP")
    article.save()
    writing.record(article, editor)
    changed = [AFP[0].replace("a week", "ten days"), *AFP[1:]]
    (newer,) = waits(item("a1", "2", changed))
    page = page_text(client.get(url("wirerecord_offer", newer.pk)))
    assert page.count('name="take"') == 1  # what the desk alone has changed is no change of theirs
    version = fresh(article).version
    assert client.post(url("wirerecord_offer", newer.pk), {"version": version, "take": "body-1"}).status_code == 302
    article = fresh(article)
    assert "ten days" in article.body
    assert "some four million" in article.body
    newer.refresh_from_db()
    record.refresh_from_db()
    assert (newer.is_held, record.is_held, newer.state) == (True, False, "taken")


# --- uploads --------------------------------------------------------------------------------------------------------

COPY = "\n\n".join(["Port of Tartus Reopens After Storm", *AFP]).encode()


def give(client, *files, **data):
    given = {"desk": "wire", "format": "auto", "files": [SimpleUploadedFile(name, words) for name, words in files]}
    return client.post(url("wirebatch_upload"), {**given, **data})


def test_an_upload_is_looked_at_row_by_row_and_then_brought_in(client, editor):
    answer = give(client, ("one.txt", COPY), ("bad.txt", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(400)))
    made = WireBatch.objects.get()
    assert answer.url == reverse("admin:articles_wirebatch_look", args=[made.pk])
    page = page_text(client.get(answer.url))
    assert "one.txt" in page
    assert "1 created" in page
    assert "1 refused" in page
    assert not Article.objects.exists()
    assert not WireRecord.objects.exists()
    client.post(answer.url, {"act": "bring"})
    made.refresh_from_db()
    assert made.totals["created"] == 1
    assert made.finished_at
    assert set(WireRecord.objects.values_list("path", "state")) == {("one.txt", "taken"), ("bad.txt", "quarantined")}
    client.post(answer.url, {"act": "bring"})
    assert Article.objects.count() == 1
    again = give(client, ("one.txt", COPY))
    assert "1 unchanged" in page_text(client.get(again.url))


def test_pasted_copy_waits_where_that_is_asked_for(client, editor):
    answer = client.post(url("wirebatch_upload"), {"desk": "wire", "words": COPY.decode(), "waits": "on"})
    client.post(answer.url, {"act": "bring"})
    assert WireRecord.objects.get().state == "new"
    assert not Article.objects.exists()
    assert find_records("breakwater", WireRecord.objects.all())


def test_an_upload_that_holds_nothing_or_too_much_is_refused_in_words(client, editor, monkeypatch):
    assert "Choose files" in client.post(url("wirebatch_upload"), {"desk": "wire"}).content.decode()
    monkeypatch.setattr(arrivals, "MOST_BYTES", 10)
    assert "At most" in give(client, ("one.txt", COPY)).content.decode()


def test_an_upload_given_up_leaves_nothing(client, editor):
    answer = give(client, ("one.txt", COPY))
    client.post(answer.url, {"act": "drop"})
    assert not WireBatch.objects.exists()


# --- quarantine -----------------------------------------------------------------------------------------------------


def test_what_was_refused_is_mended_and_read_again(client, editor):
    into = batch()
    refused = WireRecord.objects.create(
        batch=into,
        received=WireBytes.objects.create(sha256="1" * 64, data=b"Port"),
        parser="text",
        outcome="rejected",
        state="quarantined",
        code="missing_body",
        message="There is no text beneath the headline.",
    )
    assert "no text beneath" in page_text(client.get(url("wirerecord_mend", refused.pk)))
    still = {"words": "Port", "encoding": "utf-8", "format": "auto"}
    assert client.post(url("wirerecord_mend", refused.pk), still).status_code == 422
    refused.refresh_from_db()
    assert refused.state == "quarantined"
    answer = client.post(url("wirerecord_mend", refused.pk), {**still, "words": COPY.decode()})
    assert answer.status_code == 302
    refused.refresh_from_db()
    mended = refused.mended.get()
    assert (refused.state, mended.outcome, mended.article is not None) == ("replaced", "created", True)


# --- undo -----------------------------------------------------------------------------------------------------------


def test_an_import_is_undone_but_for_what_somebody_has_touched(client, editor):
    into = batch()
    arrive(item("a1", "1"), item("a2", "1", FIVE, "Touched"), item("a3", "1", ["One.", "Two."], "Third"), into=into)
    touched = Article.objects.get(headline="Touched")
    writing.record(touched, editor)
    page = page_text(client.get(url("wirebatch_undo", into.pk)))
    assert "2 stories" in page
    assert "Touched" in page
    assert Article.objects.count() == 3
    client.post(url("wirebatch_undo", into.pk))
    assert list(Article.objects.all()) == [touched]
    assert list(into.records.values_list("headline", flat=True)) == ["Touched"]
    with pytest.raises(Refused, match="undone already"):
        inbox.undo(into, editor)
    assert not WireKey.objects.exclude(record__in=WireRecord.objects.values("pk")).exists()
    arrive(item("a1", "1"))
    assert Article.objects.count() == 2


def test_an_undone_import_gives_an_older_draft_its_text_back(editor):
    arrive(item("a1", "1"))
    into = batch()
    arrive(item("a1", "2", FIVE), into=into)
    assert "five million" in Article.objects.get().body
    report = inbox.undo(into, editor)
    assert (report.removed, report.restored, report.kept) == (0, 1, [])
    assert "four million" in Article.objects.get().body


# --- silence --------------------------------------------------------------------------------------------------------


def test_a_source_that_is_silent_for_longer_than_usual_raises_an_alarm(editor, clock):
    WireRule.objects.create(source=make_source("AFP", short_name="AFP", kind="agency"), silent_after=60)
    waits()
    assert not any("Nothing has come" in alarm.message for alarm in alarms.alarms(editor))
    clock.move_to(at(11))
    assert any("Nothing has come from AFP" in alarm.message for alarm in alarms.alarms(editor))
