"""Legal erasure: the passage is nowhere any more, a tombstone is, and the rest is as it was."""

import json

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import access, erasing, releasing, search, text, writing
from articles.desk import saving
from articles.models import Autosave, Event, Note, Release

from .desk import form_data, url
from .factories import approve, fresh, make_article, make_desk, make_region, make_topic, make_user

TOMBSTONE = erasing.TOMBSTONES["en"]
NAME = "Selma Marwan Qabbani"


@pytest.fixture
def editor():
    return make_user("lawful", group="Publisher", permissions="erase_text view_revision")


@pytest.fixture
def story(editor, clock):
    """Released, changed since, with a note and an unsaved draft: the name stands in all of them."""
    article = make_article(
        headline=f"Court hears {NAME}",
        standfirst="A hearing in the harbour town.",
        body="<p>The court heard <em>Selma Marwan</em> Qabbani.</p>"
        f"<p>{NAME.upper()} said nothing.</p><p>It rained.</p>",
        regions=[make_region("SY", name="Syria")],
        topics=[make_topic()],
        captions=[{"caption": f"{NAME} leaves the court.", "photographer": NAME}],
        citations=[{"as_printed": f"a lawyer of {NAME}"}],
    )
    approve(article)
    article = fresh(article)
    releasing.release(article, editor, seen=article.version)
    article = fresh(article)
    article.headline = f"Court hears {NAME} again"
    article.save()
    writing.new_version(article)
    writing.record(article, editor)
    Note.objects.create(article=article, text=f"Is {NAME} of age?", author=editor)
    Autosave.objects.create(
        user=editor,
        article=article,
        base=2,
        form={"headline": [f"{NAME} walks free"], "body": [f"<p>{NAME}</p>"], "captions-0-caption": [NAME]},
        saved_at=timezone.now(),
    )
    return fresh(article)


def whole_record():
    """Every row of every table, as text without mark-up."""
    rows = [row for model in apps.get_app_config("articles").get_models() for row in model._base_manager.all()]
    words = json.dumps(json.loads(serializers.serialize("json", rows)), ensure_ascii=False)
    return " ".join(text.plain(words.replace("\\n", " ")).split()).casefold()


@pytest.mark.django_db
def test_the_passage_is_in_no_table_any_more_but_for_the_names_in_the_log(story, editor):
    assert whole_record().count(NAME.casefold()) > 12
    erasing.erase(story, editor, seen=story.version, passage=NAME, reason="A judgment")
    in_log = sum(event.name.count(NAME) for event in Event.objects.all())
    assert whole_record().count(NAME.casefold()) == in_log


@pytest.mark.django_db
def test_a_tombstone_stands_where_it_was_and_the_rest_stays(story, editor):
    erasing.erase(story, editor, seen=story.version, passage=NAME, reason="A judgment")
    after = fresh(story)
    assert after.headline == f"Court hears {TOMBSTONE} again"
    assert text.paragraphs(after.body) == [f"The court heard {TOMBSTONE}.", f"{TOMBSTONE} said nothing.", "It rained."]
    assert after.standfirst == story.standfirst
    first = after.revisions.get(number=1).content
    assert first["headline"] == f"Court hears {TOMBSTONE}"
    assert first["regions"] == ["SY"]
    assert first["captions"][0]["caption"] == f"{TOMBSTONE} leaves the court."
    draft = Autosave.objects.get()
    assert draft.form["captions-0-caption"] == [TOMBSTONE]


@pytest.mark.django_db
def test_readers_find_the_tombstone_and_not_the_passage(story, editor):
    address = f"/stories/{story.public_id}/x/"
    before = Client().get(address, follow=True)
    assert "Qabbani" in before.content.decode()
    assert search.find_released("Qabbani", "en").hits
    erasing.erase(story, editor, seen=story.version, passage=NAME, reason="A judgment")
    after = Client().get(address, follow=True)
    page = after.content.decode().casefold()
    assert "qabbani" not in page
    assert "selma" not in page
    assert TOMBSTONE in page
    assert "selma" not in after.redirect_chain[-1][0]
    assert search.find_released("Qabbani", "en").hits == []
    assert [hit.release_id for hit in search.find_released("harbour", "en").hits] == [Release.objects.get().pk]
    assert before.headers["ETag"] != after.headers["ETag"]


@pytest.mark.django_db
def test_no_new_revision_and_no_new_release_come_of_it(story, editor):
    before = story.revisions.count(), Release.objects.count()
    erasing.erase(story, editor, seen=story.version, passage=NAME, reason="A judgment")
    assert (story.revisions.count(), Release.objects.count()) == before


@pytest.mark.django_db
def test_the_log_says_that_it_was_done_and_not_what(story, editor):
    erasing.erase(story, editor, seen=story.version, passage="A hearing in the harbour town", reason="A judgment")
    event = Event.objects.get(action="erased")
    assert (event.actor, event.reason) == ("lawful", "A judgment")
    assert ["Revision 1", 1] in event.data["places"]
    assert "hearing" not in json.dumps(event.data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("passage", "reason", "sentence"),
    [
        ("", "A judgment", "at least 4 letters"),
        ("abc", "A judgment", "at least 4 letters"),
        ("Selma Marwan\nQ", "A judgment", "at least 4 letters"),
        ("Nobody wrote this.", "A judgment", "stands nowhere"),
        (NAME, "  ", "Say why"),
    ],
)
def test_what_cannot_be_erased_is_refused_and_changes_nothing(story, editor, passage, reason, sentence):
    before = whole_record()
    with pytest.raises(erasing.NothingToErase, match=sentence):
        erasing.erase(story, editor, seen=story.version, passage=passage, reason=reason)
    assert whole_record() == before


@pytest.mark.django_db
def test_only_who_may_erases_and_only_what_they_saw(story, editor):
    with pytest.raises(access.NotAllowed):
        erasing.erase(story, make_user(group="Publisher"), seen=story.version, passage=NAME, reason="x")
    with pytest.raises(writing.StaleVersion):
        erasing.erase(story, editor, seen=story.version - 1, passage=NAME, reason="x")
    assert NAME in fresh(story).headline


@pytest.mark.django_db
def test_at_the_desk_it_is_shown_first_and_erased_on_the_second_word(client, story, editor):
    client.force_login(editor)
    page = client.get(url("article_erase", story.pk))
    form = {**form_data(page, None), "passage": NAME, "reason": "A judgment", "version": story.version}
    shown = client.post(url("article_erase", story.pk), form)
    assert "Revision 1" in shown.content.decode()
    assert "Release 1" in shown.content.decode()
    assert NAME in fresh(story).headline
    done = client.post(url("article_erase", story.pk), {**form, "confirmed": "1"}, follow=True)
    assert "A tombstone stands there." in done.content.decode()
    assert NAME not in fresh(story).headline


@pytest.mark.django_db
def test_a_form_that_was_open_meanwhile_does_not_bring_the_passage_back(client, story, editor):
    client.force_login(editor)
    typed = form_data(client.get(url("article_change", story.pk))) | {"standfirst": ["A hearing, and rain."]}
    control = {"keeping-user": editor.pk, "keeping-window": "a", "keeping-typed": "1"}
    Autosave.objects.all().delete()
    erasing.erase(story, editor, seen=story.version, passage=NAME, reason="A judgment")
    refused = client.post(url("article_change", story.pk), typed)
    assert refused.status_code == 409
    assert "removed from it for legal reasons" in refused.content.decode()
    assert "A hearing, and rain." in refused.content.decode()
    kept = client.post(url("article_keep", story.pk), typed | control)
    assert "removed from it for legal reasons" in kept.json()["problem"]
    in_log = sum(event.name.count(NAME) for event in Event.objects.all())
    assert whole_record().count(NAME.casefold()) == in_log

    mended = {name: [value.replace(NAME, TOMBSTONE) for value in values] for name, values in typed.items()}
    mended["body"] = [fresh(story).body]
    assert client.post(url("article_keep", story.pk), mended | control).json()["kept"]
    assert client.post(url("article_change", story.pk), mended).status_code == 302
    assert fresh(story).standfirst == "A hearing, and rain."
    assert whole_record().count(NAME.casefold()) == in_log


@pytest.mark.django_db
def test_a_form_from_before_an_erasure_that_does_not_touch_it_is_merged(story, editor):
    opened = story.revisions.order_by("-number").first()
    content = writing.snapshot(story)
    erasing.erase(story, editor, seen=story.version, passage="Is Selma", reason="A judgment")
    assert saving.save(story, content | {"standfirst": "Rain."}, editor, seen=story.version, opened=opened.number)
    assert fresh(story).standfirst == "Rain."


@pytest.mark.django_db
def test_a_revision_gets_a_name_and_keeps_its_text(client, editor):
    editor.user_permissions.add(*_permission("name_revision"))
    article = make_article(desk=make_desk())
    client.force_login(editor)
    before = article.revisions.get().content
    client.post(url("article_name_revision", article.pk, 1), {"name": " Before the\nlawyers "})
    revision = article.revisions.get()
    assert (revision.name, revision.content) == ("Before the lawyers", before)
    assert "Before the lawyers" in client.get(url("article_history", article.pk)).content.decode()


def _permission(name):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename=name)


LINES = st.text("abcdé &<>\"'ß", min_size=0, max_size=30)


@given(LINES, LINES, st.sampled_from(["word", "strasse", "a & b", "x < y", "two  words"]))
def test_in_any_plain_text_the_passage_goes_and_what_surrounds_it_stays(before, after, passage):
    pieces = erasing.pieces_of(passage)
    times, left = erasing.without(f"{before} [{passage}] {after}", pieces, "#")
    assert times >= 1
    assert "[#]" in left
    assert erasing.without(left, pieces, "#")[0] == 0 or passage in before + after


@given(LINES, st.booleans())
def test_in_html_the_tags_stay(words, within):
    inner = text.sanitise("<p>ab <em>cd</em> ef</p>")
    times, left = erasing.without(inner + f"<p>{'x' if within else ''}</p>", ["ab cd ef"], "#", is_html=True)
    assert times == 1
    assert left.startswith("<p>#<em></em></p>")


def test_a_passage_does_not_reach_over_the_end_of_a_paragraph():
    assert erasing.without("<p>one</p><p>two</p>", ["onetwo"], "#", is_html=True)[0] == 0
    assert erasing.without("<p>one</p><p>two</p>", ["one two"], "#", is_html=True) == (1, "<p>#</p><p></p>")
