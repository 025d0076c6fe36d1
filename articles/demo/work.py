"""What the demo's desk is at: work given out, notes on a story, and what people have been told of them."""

from datetime import timedelta

from django.utils import timezone

from articles import assigning, notes, notices
from articles.models import Article, Desk, DeskMember

# Title, desk, to whom, due in so many hours, words, briefing.
WORK = (
    (
        "What the harbour repairs cost, and who paid",
        "middle-east",
        "reporter",
        4,
        900,
        "Ring the port first.",
    ),
    ("A day with the night dispatchers", "africa", "reporter", 30, 1200, "A feature. Pictures by Farid."),
    ("Read the second edition's headlines against the body", "world", "subeditor", 2, None, ""),
    ("Museums that open at night", "culture-science-sport", "", 50, 700, "Somebody who likes museums."),
)


def give_work(staff: dict) -> None:
    """Give out some work and leave some notes, each by whose work that is; what was told before has been read."""
    editor, subeditor, reporter = staff["deskeditor"], staff["subeditor"], staff["reporter"]
    DeskMember.objects.filter(user=editor).update(role=DeskMember.Role.LEAD)
    for person in staff.values():
        notices.mark_read(person)
    desks = {desk.code: desk for desk in Desk.objects.all()}
    now = timezone.now()
    for title, desk, to, hours, words, briefing in WORK:
        assigning.give(
            editor,
            title=title,
            desk=desks[desk],
            assignee=staff.get(to),
            due_at=now + timedelta(hours=hours),
            words=words,
            briefing=briefing,
        )
    story = Article.objects.filter(status="editing", desk__in=desks.values()).order_by("id").first()
    if story is None:
        return
    given = assigning.give(editor, title=str(story)[:200], desk=story.desk, article=story, assignee=reporter)
    assigning.accept(given, reporter)
    paragraph = next((place.key for place in notes.places(story) if place.key.startswith("p-")), "")
    notes.add(story, subeditor, f"@{reporter.username} who says so? The lead needs its source.", about=paragraph)
    done = notes.add(story, editor, f"@{subeditor.username} too long for a push message.", about="headline")
    notes.resolve(done, subeditor)
