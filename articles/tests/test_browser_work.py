"""Notes in a real browser: left beside a story that is being written, with nothing of it lost."""

import pytest
from playwright.sync_api import expect

from articles.models import Note

from .desk import load_groups, make_staff, url
from .factories import fresh, make_article, make_desk
from .test_browser_desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_note_is_left_and_resolved_while_the_story_is_being_written(new_context, live_server, transactional_db):
    load_groups()
    desk = make_desk("world")
    make_staff("Reporter", username="rana", first_name="Rana", last_name="Haddad", desks=[desk])
    editor = make_staff("Desk editor", username="dina", first_name="Dina", desks=[desk])
    body = "<p>The harbour opened on Monday.</p><p>Boats came in.</p>"
    article = make_article(desk=desk, headline="Harbour opens", body=body)
    at = Desk(new_context().new_page(), live_server, editor)
    page = at.go(url("article_change", article.pk))
    headline = page.get_by_label("Headline", exact=True)
    headline.fill("Harbour opens at last")
    # The caret stands in a paragraph, and the note is offered on that one.
    page.locator("[contenteditable] p", has_text="Boats came in.").click()
    words = page.get_by_label("New note")
    words.click()
    words.press_sequentially("Which boats, @had")
    page.get_by_role("option", name="Rana Haddad").wait_for()
    page.keyboard.press("Enter")
    expect(words).to_have_value("Which boats, @rana ")
    page.get_by_role("button", name="Leave the note").click()
    note = page.locator(".one-note")
    expect(note).to_contain_text("Which boats, @rana")
    expect(note.locator("blockquote")).to_have_text("Boats came in.")
    expect(headline).to_have_value("Harbour opens at last")
    expect(page.get_by_label("New note")).to_have_value("")
    assert [person.username for person in Note.objects.get().mentions.all()] == ["rana"]

    note.get_by_role("button", name="Show in the text").click()
    expect(page.get_by_role("textbox", name="Text of the story")).to_be_focused()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("1 resolved")).to_be_visible()
    expect(headline).to_have_value("Harbour opens at last")
    assert Note.objects.get().resolved_by == editor
    assert fresh(article).headline == "Harbour opens"
    assert at.refused() == []


def test_a_link_to_a_resolved_note_opens_it(new_context, live_server, transactional_db):
    load_groups()
    desk = make_desk("world")
    editor = make_staff("Desk editor", username="dina", desks=[desk])
    article = make_article(desk=desk)
    note = Note.objects.create(article=article, text="Done long ago", author=editor, author_name="Dina")
    Note.objects.filter(pk=note.pk).update(resolved_at=note.created_at, resolved_by=editor)
    page = Desk(new_context().new_page(), live_server, editor).go(
        url("article_change", article.pk) + f"#note-{note.pk}"
    )
    expect(page.get_by_text("Done long ago")).to_be_visible()
