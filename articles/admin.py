"""Django's admin looks here; the desk is in ``articles/desk/``."""

from articles.desk import log, pictures, reference, staff, stories, wire  # noqa: F401 - each registers its screens
