"""Django's admin looks here; the desk is in ``articles/desk/``."""

from articles.desk import (  # noqa: F401 - each registers its screens
    assignments,
    fixed_pages,
    front,
    log,
    notices,
    pictures,
    reference,
    staff,
    stories,
    subscribers,
)
from articles.desk.inbox import admin, rules  # noqa: F401 - and these
