"""Two people at one story: what does not overlap is merged at once, what does is kept, shown and settled."""

import re

import pytest
from django.utils import timezone

from articles import aside, guards, releasing, retention, writing
from articles.desk import saving
from articles.models import Article, ConfidentialSource, Event, Release, Revision

from .desk import form_data, make_staff, page_text, url
from .factories import (
    approve,
    fresh,
    make_article,
    make_citation,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

ONE = "<p>The harbour opened on Monday after a year of repairs.</p>"
TWO = "<p>Boats came in from the north, the port authority said.</p>"
THREE = "<p>The ministry of transport paid for half of the work.</p>"
MINE = "<p>Boats came in from the north and the west, the port authority said.</p>"
THEIRS = "<p>Boats came in from the north and the south, a pilot said.</p>"


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def lina(client, desk):
    user = make_user("lina", group="Sub-editor", desks=[desk], first_name="Lina", last_name="Haddad")
    client.force_login(user)
    return user


@pytest.fixture
def amal(desk):
    return make_user("amal", group="Desk editor", desks=[desk], first_name="Amal")


@pytest.fixture
def story(desk):
    return make_article(
        desk=desk, body=ONE + TWO + THREE, regions=[make_region("XA"), make_region("XB")], topics=[make_topic()]
    )


def save_as(user, article, **changes):
    article = fresh(article)
    return saving.save(article, writing.snapshot(article) | changes, user, seen=article.version)


def opened(client, article):
    """The form as a browser has it that opened the story now."""
    return form_data(client.get(url("article_change", article.pk)))


def send(client, article, form, **changes):
    return client.post(url("article_change", article.pk), form | changes)


def numbers(article):
    return sorted(article.revisions.values_list("number", flat=True))


# --- merged at once -----------------------------------------------------------------------------------------------


def test_what_does_not_overlap_is_saved_at_once(client, lina, amal, story):
    form = opened(client, story)
    save_as(
        amal,
        story,
        standfirst="Amal's standfirst.",
        body=ONE.replace("Monday", "Tuesday") + TWO + THREE + "<p>New.</p>",
    )
    answer = send(client, story, form, headline=["Lina's headline"], body=[ONE + MINE + THREE])
    assert answer.status_code == 302
    after = fresh(story)
    assert after.headline == "Lina's headline"
    assert after.standfirst == "Amal's standfirst."
    assert after.body == ONE.replace("Monday", "Tuesday") + MINE + THREE + "<p>New.</p>"
    assert numbers(story) == [1, 2, 3]
    assert after.revisions.first().content == writing.snapshot(after)


def test_the_message_says_what_came_in_and_from_whom(client, lina, amal, story):
    form = opened(client, story)
    save_as(amal, story, standfirst="Amal's.", body=ONE.replace("Monday", "Tuesday") + TWO + THREE + "<p>New.</p>")
    answer = client.post(url("article_change", story.pk), form | {"headline": ["Lina's"]}, follow=True)
    assert "Saved as revision 3. Amal’s changes to the standfirst and two paragraphs are in it." in page_text(answer)
    assert f'href="{url("article_compare", story.pk)}?from=1&amp;to=2"' in page_text(answer)


def test_a_merge_is_logged_with_both_names(client, lina, amal, story):
    form = opened(client, story)
    save_as(amal, story, standfirst="Amal's standfirst.")
    send(client, story, form, headline=["Lina's headline"])
    event = Event.objects.about(story).filter(action="saved").first()
    assert event.actor == "lina"
    assert event.data["merged"]["people"] == ["Amal"]
    assert (event.data["merged"]["from"], event.data["merged"]["with"]) == (1, 2)
    assert story.revisions.first().reason == "Merged with what Amal had saved"


def test_lists_are_merged_too(client, lina, amal, story):
    form = opened(client, story)
    make_region("XC")
    save_as(amal, story, regions=["XA", "XB", "XC"], citations=[make_citation(source=make_source().code)])
    send(client, story, form, regions=["XB"], topics=form["topics"])
    content = writing.snapshot(fresh(story))
    assert content["regions"] == ["XB", "XC"]
    assert len(content["citations"]) == 1
    assert [link.region.code for link in story.region_links.all()] == ["XB", "XC"]


def test_a_change_of_state_alone_is_no_obstacle(client, amal, story, desk):
    client.force_login(amal)
    form = opened(client, story)
    approve(story)
    answer = client.post(url("article_change", story.pk), form | {"headline": ["Amal's"]}, follow=True)
    assert fresh(story).headline == "Amal's"
    assert fresh(story).status == "editing"
    assert "The story was approved meanwhile. It needs to be approved again." in page_text(answer)


def test_saving_what_another_has_made_already_changes_nothing(client, lina, amal, story):
    form = opened(client, story)
    save_as(amal, story, headline="The same")
    answer = client.post(url("article_change", story.pk), form | {"headline": ["The same"]}, follow=True)
    assert "Nothing had changed" in page_text(answer)
    assert numbers(story) == [1, 2]


def test_three_people_one_after_the_other(client, lina, amal, story):
    form = opened(client, story)
    save_as(amal, story, standfirst="Amal's standfirst.")
    save_as(make_user("rami", group="Publisher", first_name="Rami"), story, dateline="BEIRUT")
    answer = client.post(url("article_change", story.pk), form | {"headline": ["Lina's"]}, follow=True)
    assert "Amal and Rami’s changes to the standfirst and the dateline are in it." in page_text(answer)
    assert (fresh(story).standfirst, fresh(story).dateline) == ("Amal's standfirst.", "BEIRUT")


def test_an_embargo_set_meanwhile_stays_and_one_set_now_is_enforced(client, lina, amal, story):
    until = timezone.now().replace(microsecond=0) + timezone.timedelta(days=2)
    form = opened(client, story)
    save_as(amal, story, embargo_until=until.isoformat())
    send(client, story, form, headline=["Lina's"])
    assert fresh(story).embargo_until == until
    assert fresh(story).headline == "Lina's"


# --- kept beside ----------------------------------------------------------------------------------------------------


def overlap(client, article, amal):
    """Lina's save of what Amal has changed meanwhile: the answer."""
    form = opened(client, article)
    save_as(amal, article, headline="Amal's headline", body=ONE + THEIRS + THREE)
    return send(
        client,
        article,
        form,
        headline=["Lina's headline"],
        standfirst=["Lina's standfirst."],
        body=[ONE + MINE + THREE],
    )


def test_what_overlaps_is_refused_and_both_texts_are_revisions(client, lina, amal, story):
    answer = overlap(client, story, amal)
    assert answer.status_code == 409
    assert fresh(story).headline == "Amal's headline"
    assert numbers(story) == [1, 2, 3, 4]
    kept, stands = story.revisions.get(number=3), story.revisions.get(number=4)
    assert (kept.content["headline"], kept.content["standfirst"]) == ("Lina's headline", "Lina's standfirst.")
    assert kept.content["body"] == ONE + MINE + THREE
    assert (kept.name, kept.author_name) == ("Not merged", "Lina Haddad")
    assert stands.content == story.revisions.get(number=2).content == writing.snapshot(fresh(story))


def test_the_page_shows_both_texts_of_each_place_and_nothing_is_chosen(client, lina, amal, story):
    answer = overlap(client, story, amal)
    words = page_text(answer)
    assert "Somebody else has changed the same places in this story" in words
    assert "Amal saved what stands now" in words
    for marked in ("<ins>Lina&#x27;s", "<ins>Amal&#x27;s", "west,", "pilot", "After “<bdi>The harbour opened"):
        assert marked in words
    assert "Lina&#x27;s standfirst." not in words, "only one of them changed it"
    assert not re.search(r"<input[^>]*checked", words)


def settle(client, article, number=3, **data):
    page = url("article_settle", article.pk, number)
    hidden = {"version": fresh(article).version, "stands": numbers(article)[-1]}
    return client.post(page, hidden | data)


@pytest.mark.parametrize(
    "how, headline, body",
    [
        ("mine", "Lina's headline", MINE),
        ("theirs", "Amal's headline", THEIRS),
    ],
)
def test_each_place_is_settled_by_taking_one(client, lina, amal, story, how, headline, body):
    overlap(client, story, amal)
    answer = settle(client, story, **{"how-headline": how, "how-body-1": how})
    assert answer.status_code == 302
    after = fresh(story)
    assert (after.headline, after.body) == (headline, ONE + body + THREE)
    assert after.standfirst == "Lina's standfirst.", "what did not overlap goes together by itself"
    assert after.revisions.first().reason == "Merged with revision 3, which Lina Haddad had saved beside"


def test_a_paragraph_may_be_kept_from_both(client, lina, amal, story):
    overlap(client, story, amal)
    settle(client, story, **{"how-headline": "mine", "how-body-1": "both"})
    assert fresh(story).body == ONE + THEIRS + MINE + THREE


def test_a_place_may_be_written_anew(client, lina, amal, story):
    overlap(client, story, amal)
    own = {"how-headline": "own", "own-headline": " Ours \n now", "how-body-1": "own"}
    settle(client, story, **own, **{"own-body-1": "<p>Ours. <script>alert(1)</script></p>"})
    assert fresh(story).headline == "Ours now"
    assert fresh(story).body == ONE + "<p>Ours. </p>" + THREE


@pytest.mark.parametrize(
    "data, said",
    [
        ({"how-headline": "mine"}, "Choose one of them, or write it yourself."),
        (
            {"how-headline": "own", "own-headline": " ", "how-body-1": "mine"},
            "Write the words, or take one of the two.",
        ),
        ({"how-headline": "mine", "how-body-1": "own", "own-body-1": "<p></p>"}, "Write the words"),
        ({"how-headline": "both", "how-body-1": "mine"}, "Select a valid choice"),
        ({"how-headline": "own", "own-headline": "x" * 301, "how-body-1": "mine"}, "at most 300 characters"),
    ],
)
def test_every_place_asks_for_a_choice(client, lina, amal, story, data, said):
    overlap(client, story, amal)
    answer = settle(client, story, **data)
    assert answer.status_code == 422
    assert said in page_text(answer)
    assert numbers(story) == [1, 2, 3, 4]
    if data["how-headline"] == "mine":
        (kept,) = re.findall(r"<input[^>]*how-headline[^>]*checked[^>]*>", page_text(answer))
        assert 'value="mine"' in kept


def test_a_settlement_that_is_stale_itself_is_merged_again(client, lina, amal, story):
    overlap(client, story, amal)
    page = {"version": fresh(story).version, "stands": 4, "how-headline": "mine", "how-body-1": "mine"}
    save_as(amal, story, dateline="BEIRUT")
    client.post(url("article_settle", story.pk, 3), page)
    after = fresh(story)
    assert (after.dateline, after.headline, after.body) == ("BEIRUT", "Lina's headline", ONE + MINE + THREE)


def test_a_settlement_that_overlaps_again_is_kept_and_shown_again(client, lina, amal, story):
    overlap(client, story, amal)
    page = {
        "version": fresh(story).version,
        "stands": 4,
        "how-headline": "own",
        "own-headline": "Ours",
        "how-body-1": "mine",
    }
    save_as(amal, story, headline="Amal's second headline")
    answer = client.post(url("article_settle", story.pk, 3), page)
    assert answer.status_code == 409
    assert "Amal&#x27;s second headline" in page_text(answer)
    assert story.revisions.get(number=6).content["headline"] == "Ours"
    assert fresh(story).headline == "Amal's second headline"
    settle(client, story, 6, **{"how-headline": "mine"})
    assert (fresh(story).headline, fresh(story).body) == ("Ours", ONE + MINE + THREE)


def test_it_can_be_left_for_later(client, lina, amal, story):
    overlap(client, story, amal)
    save_as(amal, story, dateline="BEIRUT")
    assert url("article_settle", story.pk, 3) in page_text(client.get(url("article_revision", story.pk, 3)))
    answer = client.get(url("article_settle", story.pk, 3))
    assert answer.status_code == 200
    settle(client, story, **{"how-headline": "mine", "how-body-1": "theirs"})
    assert (fresh(story).headline, fresh(story).dateline) == ("Lina's headline", "BEIRUT")
    assert "This was settled already" in page_text(client.get(url("article_settle", story.pk, 3)))


def test_a_colleague_may_settle_it(client, lina, amal, story):
    overlap(client, story, amal)
    client.force_login(amal)
    words = page_text(client.get(url("article_settle", story.pk, 3)))
    assert "Lina Haddad’s" in words
    assert "Yours" not in words


def test_the_same_text_sent_twice_is_kept_once(client, lina, amal, story):
    form = opened(client, story)
    save_as(amal, story, headline="Amal's headline")
    for _ in range(2):
        assert send(client, story, form, headline=["Lina's headline"]).status_code == 409
    assert numbers(story) == [1, 2, 3, 4]


def test_only_what_was_kept_beside_can_be_settled(client, lina, amal, story):
    overlap(client, story, amal)
    for number in (1, 2, 4, 99):
        assert client.get(url("article_settle", story.pk, number)).status_code == 404


def test_who_may_not_edit_may_not_settle(client, lina, amal, story):
    overlap(client, story, amal)
    client.force_login(make_user(group="Sub-editor", desks=[make_desk("africa")]))
    assert client.get(url("article_settle", story.pk, 3)).status_code == 404
    Article.objects.filter(pk=story.pk).update(status="spiked")
    client.force_login(lina)
    assert settle(client, story, **{"how-headline": "mine", "how-body-1": "mine"}).status_code == 403
    assert fresh(story).headline == "Amal's headline"


def test_without_the_ancestor_everything_that_differs_is_shown(client, lina, amal, story):
    form = opened(client, story)
    save_as(amal, story, headline="Amal's headline", dateline="BEIRUT")
    story.revisions.get(number=1).delete()
    answer = send(client, story, form, headline=["Lina's headline"])
    words = page_text(answer)
    assert answer.status_code == 409
    assert "The text that both began from is not kept any more" in words
    assert story.revisions.get(number=3).content["headline"] == "Lina's headline"
    settle(client, story, **{"how-headline": "mine", "how-dateline": "theirs"})
    assert (fresh(story).headline, fresh(story).dateline) == ("Lina's headline", "BEIRUT")


def test_arabic_stands_from_right_to_left(client, lina, amal, desk):
    story = make_article(desk=desk, language="ar", headline="فتح المرفأ", body="<p>فتح المرفأ أبوابه يوم الاثنين.</p>")
    form = opened(client, story)
    save_as(amal, story, headline="المرفأ يفتح")
    words = page_text(send(client, story, form, headline=["افتتاح المرفأ"]))
    assert '<bdi lang="ar" dir="rtl">المرفأ يفتح</bdi>' in words
    assert '<p dir="auto">' in words


def test_pictures_are_settled_field_by_field(client, lina, amal, desk):
    photo = make_photo()
    story = make_article(desk=desk, captions=[{"photo": photo.public_id, "caption": "Boats.", "credit": "AFP"}])
    form = opened(client, story)
    caption = writing.snapshot(story)["captions"][0]
    save_as(amal, story, captions=[caption | {"caption": "Amal's caption.", "credit": "Reuters"}])
    answer = send(client, story, form, **{"captions-0-caption": ["Lina's caption."]})
    words = page_text(answer)
    assert "Pictures – Amal&#x27;s caption. – caption" in words
    assert "Reuters" not in words
    settle(client, story, **{"how-captions-0-caption": "own", "own-captions-0-caption": "Our caption."})
    entry = writing.snapshot(fresh(story))["captions"][0]
    assert (entry["caption"], entry["credit"]) == ("Our caption.", "Reuters")


# --- confidential sources -------------------------------------------------------------------------------------------


@pytest.fixture
def protected(desk):
    source = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    article = make_article(desk=desk, body=ONE, citations=[make_citation(confidential=source.code, as_printed="Deep")])
    return source, article


def test_a_confidential_source_is_merged_unseen(client, protected, desk):
    source, story = protected
    client.force_login(make_staff("Reporter", desks=[desk]))
    form = opened(client, story)
    content = writing.snapshot(story)
    other = ConfidentialSource.objects.create(described_as="a clerk", identity="Nadia Secret")
    citations = [content["citations"][0] | {"use": "quote"}, make_citation(confidential=other.code)]
    chief = make_user(group="Publisher", first_name="Chief")
    save_as(chief, story, citations=citations)
    answer = client.post(url("article_change", story.pk), form | {"headline": ["Mine"]}, follow=True)
    assert answer.status_code == 200
    assert writing.snapshot(fresh(story))["citations"] == citations
    assert "source" not in page_text(answer).partition('class="messagelist"')[2].partition("</ul>")[0]
    for secret in (source.code, other.code, "Deep", "Secret"):
        assert secret not in page_text(answer)


@pytest.mark.parametrize("pruned", [False, True])
def test_a_conflict_about_a_confidential_source_is_not_shown_to_who_may_not_see_it(client, protected, desk, pruned):
    source, story = protected
    base = writing.snapshot(story)["citations"][0]
    chief = make_user("chief", group="Publisher", permissions="view_confidentialsource")
    save_as(make_user(group="Publisher"), story, citations=[base | {"as_printed": "Deeper"}], headline="Theirs")
    if pruned:
        story.revisions.get(number=1).delete()
    mine = writing.snapshot(story) | {"citations": [base | {"as_printed": "Shallow"}], "headline": "Mine"}
    with pytest.raises(saving.Overlap):
        saving.save(story, mine, chief, seen=1, opened=1)
    client.force_login(make_staff("Sub-editor", desks=[desk]))
    words = page_text(client.get(url("article_settle", story.pk, 3)))
    for secret in (source.code, "Deeper", "Shallow", "confidential"):
        assert secret not in words
    assert settle(client, story, **{"how-headline": "mine"}).status_code == 302
    assert fresh(story).headline == "Mine"
    assert writing.snapshot(fresh(story))["citations"][0]["as_printed"] == "Deeper"


# --- what a text beside the story never becomes -----------------------------------------------------------------------


def refused(article, by, headline="Refused headline"):
    """Have a save of that person refused, whose form was opened before the last one. Gives the revision kept."""
    content = article.revisions.get(number=1).content | {"headline": headline}
    with pytest.raises(saving.Overlap) as caught:
        saving.save(fresh(article), content, by, seen=1, opened=1)
    return caught.value.kept


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


@pytest.fixture
def approved(desk, amal, publisher):
    article = make_article(desk=desk, by=amal, regions=[make_region()], topics=[make_topic()])
    save_as(amal, article, headline="Approved headline")
    return approve(article, editor=publisher)


def test_an_approval_outlives_a_refused_save(approved, publisher):
    refused(approved, make_user(group="Publisher"))
    article = fresh(approved)
    assert (article.status, article.approved_by, article.version) == ("approved", publisher, approved.version)
    assert guards.between_story_and_readers(article) == []


def test_readers_never_get_what_was_refused(approved, publisher):
    kept = refused(approved, make_user(group="Publisher"))
    released = releasing.release(fresh(approved), publisher, seen=approved.version)
    assert released.headline == "Approved headline"
    assert released.revision.content["headline"] == "Approved headline"
    assert not Release.objects.filter(revision=kept).exists()


def test_who_was_refused_did_not_write_the_story(desk, publisher, amal):
    """The only writer since the release cannot approve alone, though somebody was refused before them."""
    article = make_released(desk=desk, by=amal, publisher=publisher)
    save_as(publisher, article, headline="Published headline")
    article = approve(article, editor=make_user(group="Publisher"))
    releasing.release(article, publisher, seen=article.version)
    refused(article, make_user("refused", group="Publisher"))
    save_as(publisher, article, standfirst="Changed by the one who then approves it.")
    article = approve(article, editor=publisher)
    assert "one_person" in [problem.code for problem in guards.between_story_and_readers(article)]


def test_the_text_of_wire_copy_stays_as_it_came(desk):
    """A newer text from the wire is still taken: no editor's words are in the story."""
    article = make_article(desk=desk)
    writing.apply(article, writing.snapshot(article) | {"headline": "From the wire"})
    writing.new_version(article)
    writing.record(article, None, origin=Revision.Origin.WIRE)
    refused(article, make_user(group="Publisher"))
    assert writing.newest_revision(article).origin == "wire"


def test_retention_keeps_what_was_not_merged(approved):
    kept = refused(approved, make_user(group="Publisher"))
    save_as(make_user(group="Publisher"), approved, headline="Another")
    assert kept.number not in retention.prunable(timezone.now()).values_list("number", flat=True)


def test_a_refused_save_is_in_the_log(approved):
    by = make_user("rami", group="Publisher")
    kept = refused(approved, by)
    event = Event.objects.about(approved).first()
    assert (event.action, event.actor) == ("not_merged", "rami")
    assert (event.data["revision"], event.data["begun_from"], event.data["stands"]) == (kept.number, 1, kept.number + 1)


def test_it_can_be_restored_like_any_other(client, approved):
    client.force_login(make_user(group="Publisher"))
    kept = refused(approved, make_user(group="Publisher"))
    client.post(url("article_restore", approved.pk, kept.number), {"version": approved.version})
    assert fresh(approved).headline == "Refused headline"


def test_who_saved_leaves_out_who_was_refused(approved):
    refused(approved, make_user(group="Publisher", first_name="Refused"))
    assert aside.who_saved(approved, after=1, to=4) == ("Amal",)


# --- what a save costs ------------------------------------------------------------------------------------------------


def test_a_save_writes_only_what_changed(django_assert_num_queries, story, amal):
    save_as(amal, story, dateline="TYRE")  # reads the permissions and the desks of who saves
    article = fresh(story)
    content = writing.snapshot(article) | {"headline": "Changed"}
    # The savepoint that a test makes of the transaction, the story locked, its newest revision, the story, the
    # revision, the desk's search, the event.
    with django_assert_num_queries(8):
        saving.save(article, content, amal, seen=article.version)


def test_a_merged_save_costs_two_queries_more(django_assert_num_queries, story, amal):
    save_as(amal, story, dateline="TYRE")
    content = story.revisions.get(number=1).content | {"headline": "Changed"}
    with django_assert_num_queries(10):
        saving.save(story, content, amal, seen=1, opened=1)


def test_rows_that_did_not_change_stay_the_same_rows(desk, amal, story):
    links = list(story.region_links.values_list("pk", flat=True))
    save_as(amal, story, topics=[make_topic("Ferries").code])
    assert list(story.region_links.values_list("pk", flat=True)) == links
    assert [topic.name for topic in fresh(story).ordered_topics()] == ["Ferries"]
