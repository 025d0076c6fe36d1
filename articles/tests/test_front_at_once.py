"""The front page, arranged by many at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from articles import front
from articles.models import FrontSlot

from .factories import make_released, make_user


@pytest.mark.django_db(transaction=True)
def test_of_many_who_arrange_at_once_one_does():
    editor = make_user("editor", group="Publisher", permissions="arrange_front")
    articles = [make_released(publisher=editor, headline=f"Story {number}") for number in range(8)]
    seen = front.newest_decision("en")

    def attempt(article):
        try:
            return len(front.arrange(editor, "en", [front.Wish("lead", article.public_id)], seen=seen))
        except front.Rearranged:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, articles)) == 1
    assert FrontSlot.objects.count() == 1
