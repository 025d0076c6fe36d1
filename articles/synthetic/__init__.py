"""Archives of stories that nobody wrote, for measuring: ``manage.py make_archive``, in a newsroom that has no story.

words.py    what the stories say: words as frequent as in a language, and three whose frequency is known
beats.py    some stories made and released by the newsroom's own rules, each with places and subjects of its own
copies.py   all others: the rows of one of those, under ids, times and words of their own
    multiplying.py   on PostgreSQL, from ten thousand on: these again and again, under other ids and times
"""

from .making import NotEmpty, make

__all__ = ["NotEmpty", "make"]
