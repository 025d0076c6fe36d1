"""Notes on a story: who may leave one, what it is about, whom it can mention, and that nothing typed is lost."""

import pytest

from articles import access, notes, workflow
from articles.models import Article, DeskMember, Note, Notice

from .desk import make_staff, page_text, url
from .factories import fresh, make_article, make_desk

pytestmark = pytest.mark.django_db
BODY = "<p>The harbour opened on Monday.</p><p>Boats came in.</p>"


@pytest.fixture
def desk():
    return make_desk("world")


@pytest.fixture
def rana(desk):
    return make_staff("Reporter", username="rana", first_name="Rana", desks=[desk])


@pytest.fixture
def sami(desk):
    return make_staff("Sub-editor", username="sami", first_name="Sami", desks=[desk])


@pytest.fixture
def article(desk, rana):
    return make_article(desk=desk, by=rana, headline="Harbour opens", body=BODY)


def paragraph(article, words):
    return next(place.key for place in notes.places(article) if words in place.passage and place.key.startswith("p-"))


def write(article, body):
    Article.objects.filter(pk=article.pk).update(body=body)
    return fresh(article)


# --- rules -----------------------------------------------------------------------------------------------------------


def test_a_note_keeps_the_paragraph_as_it_then_read(article, sami):
    note = notes.add(article, sami, "Which boats?", about=paragraph(article, "Boats"))
    assert (note.field, note.passage) == ("body", "Boats came in.")
    assert not notes.has_changed(note, article)
    assert not notes.has_changed(note, write(article, "<p>Boats came in.</p><p>Moved, and not changed.</p>"))
    assert notes.has_changed(note, write(article, "<p>Six boats came in.</p>"))


def test_a_note_on_a_headline_knows_that_it_has_changed(article, sami):
    note = notes.add(article, sami, "Too long", about="headline")
    assert note.passage == "Harbour opens"
    Article.objects.filter(pk=article.pk).update(headline="Harbour open")
    assert notes.has_changed(note, fresh(article))


def test_a_note_on_a_paragraph_that_is_no_longer_there_is_refused(article, sami):
    about = paragraph(article, "Boats")
    article = write(article, "<p>The harbour opened on Monday.</p>")
    with pytest.raises(workflow.Refused, match="has changed since you chose it"):
        notes.add(article, sami, "Which boats?", about=about)


@pytest.mark.parametrize("words", ["", "  \n ", "\x00", "x" * (notes.LONGEST + 1)])
def test_an_empty_note_and_an_endless_one_are_refused(article, sami, words):
    with pytest.raises(workflow.Refused):
        notes.add(article, sami, words)


@pytest.mark.parametrize("words", ["@rana look", "see @rana.", "(@Rana)", "@rana, @nobody-here"])
def test_a_mention_tells_that_person(article, sami, rana, words):
    note = notes.add(article, sami, words)
    assert list(note.mentions.all()) == [rana]
    assert [(one.recipient, one.reason) for one in Notice.objects.all()] == [(rana, "mentioned")]
    assert Notice.objects.get().address.endswith(f"#note-{note.pk}")


@pytest.mark.parametrize("words", ["rana@example.org", "mail press@rana now", "no one", "@ rana"])
def test_an_address_is_no_mention(article, sami, rana, words):
    assert not notes.add(article, sami, words).mentions.exists()


def test_nobody_is_mentioned_who_may_not_see_the_story(article, sami):
    make_staff("Reporter", username="ali", first_name="Ali", desks=[make_desk("africa")])
    with pytest.raises(workflow.Refused, match="Ali may not see this story"):
        notes.add(article, sami, "@ali do you know him?")
    assert not Note.objects.exists()
    assert not Notice.objects.exists()


def test_on_a_confidential_story_only_who_may_see_it_is_mentioned(article, desk, sami, rana):
    editor = make_staff("Desk editor", username="dina", desks=[desk])
    article = workflow.set_confidential(article, editor, seen=article.version, reason="In danger")
    notes.add(article, editor, "@rana who is it?")
    with pytest.raises(workflow.Refused, match="Sami may not see this story"):
        notes.add(article, editor, "@sami who is it?")


def test_a_note_tells_its_storys_writers_and_never_its_own_author(article, sami, rana):
    notes.add(article, sami, "Good.")
    notes.add(article, rana, "Thanks.")
    assert [(one.recipient, one.reason) for one in Notice.objects.order_by("id")] == [(rana, "noted")]


def test_a_notice_of_a_note_says_nothing_of_what_stands_in_it(article, sami, rana):
    notes.add(article, sami, "Colonel Haddad told us, @rana")
    assert "Haddad" not in Notice.objects.get().text


def test_a_note_is_resolved_and_reopened(article, sami, rana):
    note = notes.resolve(notes.add(article, sami, "Which boats?"), rana)
    assert (note.resolved_by, list(article.notes.open())) == (rana, [])
    assert list(article.notes.open()) == []
    note = notes.reopen(note, sami)
    assert note.resolved_at is None
    assert list(article.notes.open()) == [note]


def test_a_guest_of_the_desk_may_note_and_change_nothing(article, desk):
    guest = make_staff("Desk editor", desks=[desk])
    DeskMember.objects.filter(user=guest).update(role="guest")
    guest = type(guest).objects.get(pk=guest.pk)
    note = notes.add(article, guest, "From the lawyer's side: fine.")
    notes.resolve(note, guest)
    assert access.may_see(guest, article)
    assert not access.may_edit(guest, article)
    assert workflow.moves_for(guest, article) == []
    with pytest.raises(access.NotAllowed):
        workflow.move(article, "submitted", guest, seen=article.version)


def test_a_stranger_neither_notes_nor_resolves(article, sami):
    stranger = make_staff("Desk editor", desks=[make_desk("africa")])
    note = notes.add(article, sami, "Which boats?")
    with pytest.raises(access.NotAllowed):
        notes.add(article, stranger, "Mine")
    with pytest.raises(access.NotAllowed):
        notes.resolve(note, stranger)


# --- screens ---------------------------------------------------------------------------------------------------------


def test_a_note_stands_beside_its_story_under_an_address_of_its_own(client, article, sami, rana):
    client.force_login(sami)
    answer = client.post(
        url("article_notes", article.pk), {"text": "@rana which?", "about": paragraph(article, "Boats")}
    )
    note = Note.objects.get()
    assert answer.url == f"{url('article_change', article.pk)}#note-{note.pk}"
    page = page_text(client.get(answer.url))
    assert f'id="note-{note.pk}"' in page
    assert "@rana which?" in page
    assert "Rana will be told." in page
    assert "changed since" not in page
    write(article, "<p>Six boats came in.</p>")
    assert "changed since" in page_text(client.get(answer.url))


def test_what_was_typed_is_still_there_when_a_note_is_refused(client, article, sami):
    make_staff("Reporter", username="ali", first_name="Ali", desks=[make_desk("africa")])
    client.force_login(sami)
    answer = client.post(url("article_notes", article.pk), {"text": "Long thoughts, @ali", "about": "headline"})
    assert answer.status_code == 422
    page = page_text(answer)
    assert "Ali may not see this story" in page
    assert "Long thoughts, @ali</textarea>" in page
    assert '<option value="headline" selected>' in page


def test_a_note_never_runs(client, article, sami):
    notes.add(article, sami, "<script>alert(1)</script>\n<b>x</b>")
    client.force_login(sami)
    page = page_text(client.get(url("article_notes", article.pk)))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&lt;b&gt;x&lt;/b&gt;" in page


def test_a_note_is_resolved_by_a_button(client, article, sami):
    note = notes.add(article, sami, "Which boats?")
    client.force_login(sami)
    assert client.get(url("article_note_turn", article.pk, note.pk, "resolve")).status_code == 405
    assert client.post(url("article_note_turn", article.pk, note.pk, "resolve")).status_code == 302
    assert "1 resolved" in page_text(client.get(url("article_notes", article.pk)))
    assert client.post(url("article_note_turn", article.pk, note.pk, "burn")).status_code == 404


def test_a_note_of_another_story_is_not_found_under_this_one(client, article, desk, sami):
    note = notes.add(make_article(desk=desk), sami, "Elsewhere")
    client.force_login(sami)
    assert client.post(url("article_note_turn", article.pk, note.pk, "resolve")).status_code == 404
    note.refresh_from_db()
    assert note.resolved_at is None


def test_only_who_may_see_the_story_is_offered_for_a_mention(client, article, sami, rana):
    make_staff("Reporter", username="ranya", desks=[make_desk("africa")])
    client.force_login(sami)
    answer = client.get(url("article_people", article.pk), {"q": "ran"})
    assert answer.json() == {"results": [{"id": "rana", "text": "Rana"}]}


def test_the_script_gets_the_panel_back_and_the_page_is_not_left(client, article, sami):
    client.force_login(sami)
    answer = client.post(url("article_notes", article.pk), {"text": "Hello"}, headers={"X-Panel": "1"}, follow=True)
    assert answer.redirect_chain == [(url("article_notes", article.pk), 302)]
    assert "data-notes" in page_text(answer)
