"""Words of the record that readers see, in the language of the page."""

from django.conf import settings
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

SOURCE_KINDS = {
    "agency": _("News agency"),
    "newspaper": _("Newspaper"),
    "broadcaster": _("Broadcaster"),
    "monitor": _("Monitor"),
    "government": _("Government"),
    "official": _("Official"),
    "international": _("International body"),
    "company": _("Company"),
    "court": _("Court"),
    "document": _("Document"),
    "ngo": _("Non-governmental body"),
    "eyewitness": _("Eyewitness"),
    "person": _("Person"),
    "other": _("Source"),
}
SOURCE_KINDS_PLURAL = {
    "agency": _("News agencies"),
    "newspaper": _("Newspapers"),
    "broadcaster": _("Broadcasters"),
    "monitor": _("Monitors"),
    "government": _("Governments"),
    "official": _("Officials"),
    "international": _("International bodies"),
    "company": _("Companies"),
    "court": _("Courts"),
    "document": _("Documents"),
    "ngo": _("Non-governmental bodies"),
    "eyewitness": _("Eyewitnesses"),
    "person": _("People"),
    "other": _("Other sources"),
}
USES = {
    "report": pgettext_lazy("what a story rests on a source for", "report"),
    "quote": pgettext_lazy("what a story rests on a source for", "quotes"),
    "figure": pgettext_lazy("what a story rests on a source for", "figures"),
    "statement": pgettext_lazy("what a story rests on a source for", "statement"),
    "picture": pgettext_lazy("what a story rests on a source for", "picture"),
    "document": pgettext_lazy("what a story rests on a source for", "document"),
}
REGION_KINDS = {
    "continent": _("Continent"),
    "subregion": _("Region"),
    "country": _("Country"),
    "province": _("Province"),
    "city": _("City"),
    "grouping": _("Region"),
    "world": _("World"),
}
NOTE_KINDS = {
    "correction": _("Correction"),
    "update": _("Update"),
    "retraction": _("Retraction"),
    "expiry": _("Notice"),
    "first": _("Note"),
}


def listed(words) -> str:
    """Words as a list in a sentence: “report, quotes”."""
    return gettext(", ").join(str(word) for word in words)


def site_name() -> str:
    """The site's name, in the language of the page where it has one there."""
    return gettext(settings.SITE_NAME)
