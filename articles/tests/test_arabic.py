"""The Arabic edition: every phrase of the readers' site has its Arabic, in the right number."""

import ast
import gettext as catalogues
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation.template import templatize

from articles.readers import places, words

APP = Path(settings.BASE_DIR) / "articles"
PO, MO = (APP / "locale" / "ar" / "LC_MESSAGES" / f"django.{end}" for end in ("po", "mo"))
TEMPLATES = Path(settings.BASE_DIR) / "templates"
# What marks a phrase in Python, and where in its arguments the phrase and its plural stand.
MARKS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
_CALL = re.compile(r"""\b(n?p?gettext|_)\(((?:\s*u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?)+)""")


def phrases_in_python(source):
    for node in ast.walk(ast.parse(source)):
        name = isinstance(node, ast.Call) and (getattr(node.func, "id", None) or getattr(node.func, "attr", None))
        if name in MARKS:
            given = [getattr(argument, "value", None) for argument in node.args]
            phrase = tuple(given[place] if place is not None else None for place in MARKS[name])
            if isinstance(phrase[1], str):  # the site's name is no literal
                yield phrase


def phrases_in_template(source):
    for name, arguments in _CALL.findall(templatize(source)):
        given = list(ast.literal_eval(f"({arguments.rstrip().rstrip(',')},)"))
        yield tuple(given[place] if place is not None else None for place in MARKS[name])


def phrases():
    """(context, phrase, plural) of all that the readers' site says, with where it says it."""
    found = {}
    for file in [*APP.glob("readers/**/*.py"), APP / "templatetags" / "readers.py"]:
        found |= dict.fromkeys(phrases_in_python(file.read_text("utf-8")), file.name)
    for file in [*TEMPLATES.glob("readers/*"), TEMPLATES / "404.html"]:
        found |= dict.fromkeys(phrases_in_template(file.read_text("utf-8")), file.name)
    return found


def entries():
    """(context, phrase, plural) of the catalogue, each with its flags and its translations."""
    found = {}
    for block in re.split(r"\n\s*\n", PO.read_text("utf-8")):
        said = {}
        for key, text in re.findall(r'^(msg\w+(?:\[\d\])?) ((?:".*"\n?)+)', block, re.MULTILINE):
            said[key] = "".join(ast.literal_eval(line) for line in text.splitlines())
        if said.get("msgid"):
            key = (said.get("msgctxt"), said["msgid"], said.get("msgid_plural"))
            assert key not in found, f"{key} stands twice"
            found[key] = (block, [text for name, text in said.items() if name.startswith("msgstr")])
    return found


def test_every_phrase_of_the_site_has_its_arabic():
    said, translated = phrases(), entries()
    assert len(said) > 150
    assert {phrase: where for phrase, where in said.items() if phrase not in translated} == {}
    for (_, phrase, plural), (block, texts) in translated.items():
        assert "fuzzy" not in block.split("msgid")[0], phrase
        assert all(texts), phrase
        letters = re.search("[A-Za-z]{2}", re.sub(r"%\(\w+\)s", "", phrase))  # those of formats stand alone
        assert phrase not in texts or not letters, phrase
        assert len(texts) == (6 if plural else 1), phrase
        wanted = set(re.findall(r"%\(\w+\)s", plural or phrase))
        # One and two need no figure: the words say it.
        for text in texts if plural is None else texts[3:]:
            assert set(re.findall(r"%\(\w+\)s", text)) == wanted, phrase


def test_what_is_compiled_is_what_was_translated():
    with MO.open("rb") as file:
        compiled = catalogues.GNUTranslations(file)._catalog
    for (context, phrase, plural), (_, texts) in entries().items():
        key = f"{context}\x04{phrase}" if context else phrase
        held = [compiled[key, number] for number in range(6)] if plural else [compiled[key]]
        assert held == texts, phrase
    assert len({key if isinstance(key, str) else key[0] for key in compiled} - {""}) == len(entries())


def test_phrases_are_found_wherever_they_are_marked():
    page = '{% load i18n %}{% translate "One" %}{{ x|default:_("Two") }}'
    page += "{% blocktranslate count n=m %}A {{ n }}{% plural %}Some {{ n }}{% endblocktranslate %}"
    assert set(phrases_in_template(page)) == {
        (None, "One", None),
        (None, "Two", None),
        (None, "A %(n)s", "Some %(n)s"),
    }
    code = 'x = _("One"), pgettext_lazy("of a list", "Two"), ngettext("a", "b", 3), gettext(settings.NAME)'
    assert set(phrases_in_python(code)) == {(None, "One", None), ("of a list", "Two", None), (None, "a", "b")}


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "لا أخبار"),
        (1, "خبر واحد"),
        (2, "خبران"),
        (3, "3 أخبار"),
        (10, "10 أخبار"),
        (11, "11 خبراً"),
        (99, "99 خبراً"),
        (100, "100 خبر"),
        (103, "103 أخبار"),
        (12_345, "12,345 خبراً"),
    ],
)
def test_arabic_counts_in_six_ways(number, words):
    with translation.override("ar"):
        assert render_to_string("readers/_count.html", {"stories": number}).strip() == words


def test_names_from_the_record_are_said_in_arabic():
    with translation.override("ar"):
        labels = [label for label, _ in (*places.NAV_REGIONS, *places.NAV_TOPICS)]
        labels += [label for _, label, _ in places.SEARCHED]
        labels += [*words.SOURCE_KINDS.values(), *words.USES.values(), *words.REGION_KINDS.values()]
        labels += words.NOTE_KINDS.values()
        assert [str(label) for label in labels if str(label).isascii()] == []
        assert gettext("Search") == "بحث"
        assert ngettext("%(minutes)s minute to read", "%(minutes)s minutes to read", 2)
