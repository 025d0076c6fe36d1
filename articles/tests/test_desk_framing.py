"""What the desk shows of a crop, and of a credit, is what the server makes: the same sums in two languages."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from articles.models.caption import credit_line
from articles.photos import Framing, crop_box

SCRIPTS = Path(settings.BASE_DIR) / "articles" / "static" / "desk" / "js"
SIZES = [(1600, 1000), (1000, 1600), (1500, 1500), (3000, 700), (641, 479)]
RATIOS = [(16, 9), (4, 3), (1, 1), (3, 4)]
FRAMINGS = [
    Framing(),
    Framing((0.1, 0.9)),
    Framing((0, 0), (0.6, 0.6, 0.4, 0.4)),
    Framing((0.5, 0.2), (0.05, 0.3, 0.9, 0.3)),
    Framing((1, 1), (0, 0, 1, 1)),
    Framing((0.3, 0.3), (0.7, 0.1, 0.2, 0.85)),
]
CREDITS = [
    ("Lina Haddad", "AFP"),
    ("", "AFP"),
    ("Lina Haddad", ""),
    ("AFP", "AFP"),
    ("lina", "Lina Haddad / AFP"),
    ("", ""),
]


def run(page, script, expression):
    """What that expression gives, with the functions of a script of ours that imports nothing."""
    source = (SCRIPTS / script).read_text().replace("export function", "function")
    return page.evaluate(f"() => {{ {source}\nreturn {expression}; }}")


@pytest.fixture(scope="module")
def blank(browser):
    page = browser.new_page()
    yield page
    page.close()


def test_the_crops_on_the_page_are_those_that_are_made(blank):
    cases = [(size, ratio, framing) for size in SIZES for ratio in RATIOS for framing in FRAMINGS]
    asked = [[*size, ratio[0] / ratio[1], framing.focus, framing.keep] for size, ratio, framing in cases]
    shown = run(blank, "crop_box.js", f"{json.dumps(asked)}.map((one) => cropBox(...one))")
    for (size, ratio, framing), (left, top, wide, high) in zip(cases, shown, strict=True):
        made = crop_box(size, ratio, framing)
        there = (left * size[0], top * size[1], (left + wide) * size[0], (top + high) * size[1])
        assert all(abs(one - other) <= 1 for one, other in zip(made, there, strict=True)), (size, ratio, framing)


def test_the_credit_on_the_page_is_the_one_that_is_printed(blank, settings):
    settings.CREDIT_LINE = "{agency}: {photographer}"
    asked = json.dumps([[*names, settings.CREDIT_LINE] for names in CREDITS])
    shown = run(blank, "credit.js", f"{asked}.map((one) => creditLine(...one))")
    assert shown == [credit_line(*names) for names in CREDITS]
