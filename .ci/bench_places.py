"""How well the countries that a story is about are told, on stories labelled by hand: ``labelled_places.txt``.

Nothing was ever tuned to these; ``tests/samples/places``, to which the rules were set, stand beside for comparison.
"""

from pathlib import Path

HERE = Path(__file__).resolve().parent
TUNED_TO = HERE.parent / "articles" / "tests" / "samples" / "places" / "stories.txt"


def measure_places(options):
    from bench import line, reference_data

    from articles import gazetteer, places

    reference_data()
    known = places.load()
    for what, stories in (
        ("Countries of {} stories labelled for this", list(_stories(HERE / "labelled_places.txt"))),
        ("… and of {} to which the rules were set", list(_stories(TUNED_TO))),
    ):
        given = right = wanted = found_right = whole = 0
        for language, about, may, headline, paragraphs in stories:
            found = set(gazetteer.countries(known.find(headline, paragraphs, language=language))) - may
            given, right = given + len(found), right + len(found & about)
            wanted, found_right = wanted + len(about), found_right + len(found & about)
            whole += found == about
        name = what.format(len(stories))
        yield line(f"{name}: precision", f"{right / given:.1%}")
        yield line("… recall", f"{found_right / wanted:.1%}")
        yield line("… exactly those and no others", f"{whole / len(stories):.1%}")


def _stories(file):
    """(language, countries that it is about, those that may be given too, headline, paragraphs) of each."""
    for story in f"\n{file.read_text(encoding='utf-8')}".split("\n== ")[1:]:
        head, headline, *paragraphs = story.strip().split("\n")
        # In the tests' samples the kind of trap comes first, and last what must not be given.
        *kind, language, about, other = head.split("|")
        may = set() if kind else set(other.split())
        yield language.strip(), set(about.split()) - {"-"}, may, headline, [line for line in paragraphs if line.strip()]
