"""Django's admin looks here; the desk is in ``articles/desk/``."""

from articles.desk import assignments, front, log, notices, pictures, reference, staff, stories, wire  # noqa: F401 - each registers its screens
