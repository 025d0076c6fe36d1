"""Django's admin looks here; the desk is in ``articles/desk/``."""

from articles.desk import assignments, front, log, notices, pictures, reference, staff, stories, subscribers  # noqa: F401 - each registers its screens
from articles.desk.inbox import admin, rules  # noqa: F401 - and these
