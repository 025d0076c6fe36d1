from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self):
        from articles import (
            arrivals,
            checks,  # noqa: F401 - registers the system checks
        )
        from articles.wire import door

        arrivals.answered_by(door)
