"""Many writers at a few stories, who save what they typed onto what they once opened. For tests and benchmarks.

Each writer has a paragraph of their own in each story, and all share the last one and the headline. They do not read a
story again before they save, so nearly every save is stale: it is merged, or refused and kept beside the story.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from articles import writing
from articles.desk import saving
from articles.merging import passages
from articles.models import Article, Revision, User

from .factories import make_article, make_desk, make_region, make_topic, make_user


@dataclass
class Outcome:
    """What came of it, and what the database holds afterwards."""

    stories: list
    writers: int
    typed: dict = field(default_factory=dict)  # by story: all that was typed and acknowledged
    last: dict = field(default_factory=dict)  # by story and writer: what they last wrote into their own paragraph
    merged: int = 0
    refused: int = 0
    unmerged: int = 0
    failed: list = field(default_factory=list)

    def missing(self) -> list[str]:
        """What somebody typed that no revision holds, or that a later save has taken from its writer's paragraph."""
        missing = []
        for story in self.stories:
            held = set()
            for content in Revision.objects.filter(article=story).values_list("content", flat=True).iterator():
                held |= {content["headline"], *passages.cut(content["body"])}
            missing += [words for words in self.typed.get(story.pk, ()) if words not in held]
            stands = passages.cut(Article.objects.get(pk=story.pk).body)
            missing += [words for (pk, _), words in self.last.items() if pk == story.pk and words not in stands]
        return missing

    def breaks(self) -> list[str]:
        """Where the history is not linear, or its newest revision is not what the story holds."""
        breaks = []
        for story in self.stories:
            numbers = list(Revision.objects.filter(article=story).order_by("number").values_list("number", flat=True))
            if numbers != list(range(1, len(numbers) + 1)):
                breaks.append(f"{story.public_id}: numbers {numbers}")
            article = Article.objects.get(pk=story.pk)
            if writing.newest_revision(article).content != writing.snapshot(article):
                breaks.append(f"{story.public_id}: the newest revision is not what it holds")
            saved = Revision.objects.filter(article=story, author__isnull=False).count()
            if article.version != saved:
                breaks.append(f"{story.public_id}: version {article.version} after {saved} saves")
        return breaks


def begin(*, stories: int, writers: int) -> Outcome:
    """The stories, with a paragraph for each writer, and the writers."""
    desk, region, topic = make_desk(), make_region(), make_topic()
    own = "".join(f"<p>Paragraph of writer {number}.</p>" for number in range(writers))
    for number in range(writers):
        make_user(f"writer{number}", group="Publisher", first_name=f"Writer {number}")
    first = User.objects.get(username="writer0")
    made = [
        make_article(by=first, desk=desk, regions=[region], topics=[topic], body=f"{own}<p>Everybody's.</p>")
        for _ in range(stories)
    ]
    return Outcome(made, writers)


def write(*, stories: int, writers: int, saves: int, all_at_once) -> Outcome:
    """So many saves in all by writers at once: ``all_at_once(count, work)`` runs ``work(number)`` for each of them."""
    outcome = begin(stories=stories, writers=writers)
    keys = [story.pk for story in outcome.stories]
    for result in all_at_once(writers, partial(work, keys=keys, saves=saves // writers)):
        gather(outcome, result)
    return outcome


def work(number: int, keys: list[int], saves: int) -> dict:
    """What one writer does: so many saves on the stories with those keys. Gives what was typed and what came of it."""
    by = User.objects.get(username=f"writer{number}")
    chance = random.Random(number)
    counts, typed, last = Counter(), {}, {}
    forms = {}
    for count in range(saves):
        pk = keys[(number + count) % len(keys)]
        if pk not in forms:
            forms[pk] = _open(pk)
        form = forms[pk]
        shared = chance.random() < 0.1
        words = f"<p>Writer {number} typed this as number {count}.</p>"
        content = {**form["content"], "body": _type(form["content"]["body"], -1 if shared else number, words)}
        if chance.random() < 0.02:
            content["headline"] = f"Headline {count} of writer {number}"
            typed.setdefault(pk, []).append(content["headline"])
        typed.setdefault(pk, []).append(words)
        try:
            saved = saving.save(Article(pk=pk), content, by, seen=form["version"], opened=form["opened"])
        except saving.Overlap:
            counts["refused"] += 1
            del forms[pk]
            continue
        counts["merged" if saved.theirs else "unmerged"] += 1
        if not shared:
            last[pk, number] = words
        # The page goes on from what was saved, as a browser does after a save.
        forms[pk] = {"content": saved.revision.content, "version": saved.version, "opened": saved.revision.number}
    return {"counts": counts, "typed": typed, "last": last}


def _open(pk):
    article = Article.objects.select_related("desk").get(pk=pk)
    newest = writing.newest_revision(article)
    return {"content": newest.content, "version": article.version, "opened": newest.number}


def _type(body, place, words):
    blocks = passages.cut(body)
    blocks[place] = words
    return passages.join(blocks)


def gather(outcome: Outcome, result) -> None:
    """Add what one writer's work came to."""
    if isinstance(result, Exception):
        outcome.failed.append(repr(result))
        return
    for name, count in result["counts"].items():
        setattr(outcome, name, getattr(outcome, name) + count)
    for pk, words in result["typed"].items():
        outcome.typed.setdefault(pk, []).extend(words)
    outcome.last |= result["last"]
