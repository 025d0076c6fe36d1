"""Django's loaddata, with the newsroom's rules: all of a fixture, or nothing of it."""

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError

from articles import fixtures, search, summaries
from articles.models import Article, Photo, Release


class Command(loaddata.Command):
    def loaddata(self, fixture_labels):
        self.had_stories = Article.objects.using(self.using).exists()
        self.fixture_name = ""
        self.loaded = []  # (file, model, key): what must keep the rules
        try:
            super().loaddata(fixture_labels)
        except (DatabaseError, DeserializationError, ValueError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self._check_rules()
        if any(model in (Article, Photo, Release) for _, model, _ in self.loaded):
            search.rebuild()
            summaries.count_all()

    def parse_name(self, fixture_name):
        # The last name that is parsed before its objects are saved is the file they stand in.
        self.fixture_name = fixture_name
        return super().parse_name(fixture_name)

    def save_obj(self, obj):
        if self.had_stories and isinstance(obj.object, fixtures.STORY_MODELS):
            raise CommandError(
                f"{self.fixture_name}: {self._name(obj.object)} is a story, and this newsroom has stories already. A"
                " fixture could overwrite them. Bring stories in with manage.py import_stories."
            )
        saved = super().save_obj(obj)
        if saved and obj.object._meta.app_label == "articles":
            self.loaded.append((self.fixture_name, type(obj.object), obj.object.pk))
        return saved

    def _check_rules(self):
        broken = [
            f"{file}: {self._name(thing)}: {reason}."
            for file, model, pk in self.loaded
            for thing in model._default_manager.using(self.using).filter(pk=pk)
            for reason in fixtures.broken_rules(thing)
        ]
        if broken:
            more = f"\n… and {len(broken) - 20} more." if len(broken) > 20 else ""
            raise CommandError("\n".join(["Nothing was loaded.", *broken[:20]]) + more)

    @staticmethod
    def _name(thing):
        key = " ".join(str(part) for part in thing.natural_key()) if hasattr(thing, "natural_key") else thing.pk
        return f"{thing._meta.label} {key}"
