"""manage.py learn_topics — see ``articles.knowledge.learn_topics``."""

from django.conf import settings
from django.core.management.base import BaseCommand

from articles.knowledge import learn_topics


class Command(BaseCommand):
    help = "Learn from the released stories which words go with which topic, so that new ones are filed alike."

    def add_arguments(self, parser):
        parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="en, ar … (default: each edition)")

    def handle(self, *, languages, **options):
        for language in languages or dict(settings.LANGUAGES):
            learned = learn_topics(language)
            count = len(learned["topics"])
            self.stdout.write(f"{language}: {count} topics learned from {learned['stories']} stories.")
            if count:
                shares = [learned[name] for name in ("precision", "recall")]
                self.stdout.write("    on stories put aside: precision {:.0%}, recall {:.0%}".format(*shares))
            else:
                self.stdout.write("    too few for any topic: the topics' own keywords go on alone.")
