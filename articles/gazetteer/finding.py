"""From a story to the places it names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from . import words as w
from .context import weigh
from .index import Hit, Index, Target
from .lines import read_lines
from .namesakes import Neighbours
from .record import Mention, Place
from .scoring import Tally, count, is_about, is_named_large, is_set_in
from .tokens import Segment, key

_NARROW = ("province", "city")
_BODY = ("lead", "second", "body")
_LANGUAGES = {"en": ("en", "ar"), "fr": ("fr", "en", "ar"), "ar": ("ar", "en")}
_OTHER = ("en", "fr", "ar")


class Gazetteer:
    """Built once from all places; ``find`` reads a story in a millisecond or two and never raises on any text."""

    def __init__(self, places: Iterable[Place]):
        self._places = {place.code: place for place in places}
        self._country: dict[str, str] = {}
        for code, place in self._places.items():
            above = place
            while above and above.kind not in ("country", "world", "grouping"):
                above = self._places.get(above.parent_code or "")
            self._country[code] = above.code if above and above.kind == "country" else ""
        self._seats = {
            place.code
            for place in self._places.values()
            if place.kind == "province"
            and place.parent_code in self._places
            and _shares_name(place, self._places[place.parent_code])
        }
        self._indexes: dict[tuple[str, ...], Index] = {}
        self._index("en")

    def find(
        self,
        headline: str,
        paragraphs: Sequence[str],
        *,
        dateline: str = "",
        captions: Sequence[str] = (),
        language: str = "en",
    ) -> list[Mention]:
        """Every place that the story names, heaviest first."""
        index = self._index(language)
        lines = read_lines(headline, paragraphs, dateline, captions)
        people: set[str] = set()
        hits = []
        for line in lines:
            for hit in index.hits(line):
                if hit.entry.rule == "person":
                    names = hit.entry.surface.split()
                    people.update({names[0], names[-1], names[-1].removeprefix("ال")})
                elif hit.entry.rule != "blocked":
                    hit.factor = weigh(hit, index, people)
                    if hit.factor > 0:
                        hits.append(hit)
        settled = self._settle(hits, lines, people)
        _lighten_lists(settled)
        return self._mentions(settled, sum(line.where in _BODY for line in lines))

    def _index(self, language: str) -> Index:
        wanted = _LANGUAGES.get(language.split("-")[0].lower(), _OTHER)
        if wanted not in self._indexes:
            self._indexes[wanted] = Index(self._forms(wanted), self._places.__contains__, wanted[0] == "fr")
        return self._indexes[wanted]

    def _forms(self, languages: Sequence[str]):
        main = languages[0]
        for place in self._places.values():
            if place.kind == "world":
                continue
            for language in languages:
                free = language == "ar"
                for via, forms in (("name", place.names), ("alias", place.aliases), ("town", place.towns)):
                    for form in forms.get(language, ()):
                        yield form, Target(place.code, via), free
                if form := place.capital.get(language):
                    yield form, Target(place.code, "capital"), free
                if language in (main, "ar") or (len(languages) > 2 and main != "fr"):
                    for form in place.demonyms.get(language, ()):
                        yield form, Target(place.code, "demonym"), free or language == "fr"

    # Which place an ambiguous name means, and whether a doubtful one counts

    def _settle(self, hits: list[Hit], lines: list[Segment], people: set[str]) -> list[Hit]:
        Neighbours(hits, self._owners)
        support: dict[str, dict[str, float]] = {}
        placed: dict[str, set[str]] = {}
        for hit in hits:
            if hit.placed:
                placed.setdefault(hit.entry.surface, set()).add(hit.placed)
        for hit in hits:
            owners = (hit.placed,) if hit.placed else self._owners(hit)
            surface = hit.entry.surface
            if (
                len(owners) == 1
                and not hit.needs_support
                and surface not in people
                and (hit.placed or surface not in placed)
            ):
                support.setdefault(owners[0], {}).setdefault(surface, hit.factor)
        _suspect_plain_words(hits, lines)
        for hit in hits:
            if not hit.placed and len(there := placed.get(hit.entry.surface, ())) == 1:
                owners = self._owners(hit)  # "Moscow" alone, in a story of Moscow, Idaho
                if not there.isdisjoint(owners) or not any(code in support for code in owners):
                    hit.placed = next(iter(there))
        vocabulary = set().union(*(line.keys for line in lines))
        kitchen = len(vocabulary & w.KITCHEN) >= 2 and not vocabulary & w.SIGNS
        chosen = []
        for hit in hits:
            country = None if kitchen and hit.entry.surface == "turkey" else self._choose(hit, support, vocabulary)
            if country is not None:
                hit.country = country
                chosen.append(hit)
        often = Counter(hit.entry.surface for hit in chosen if hit.often)
        for hit in chosen:
            if hit.often and often[hit.entry.surface] >= hit.often:
                hit.needs_support = False
        plainly = {hit.country for hit in chosen if not hit.needs_support and hit.entry.surface not in people}
        return [
            hit
            for hit in chosen
            if hit.country in plainly or not (hit.country and (hit.needs_support or hit.entry.surface in people))
        ]

    def _choose(self, hit: Hit, support: Mapping, vocabulary: set[str]) -> str | None:
        """The country a hit means ("" for continents and groupings), None where nothing decides."""
        if hit.placed:
            return hit.placed
        owners = self._owners(hit)
        if not owners:
            return ""
        if len(owners) == 1:
            return owners[0]
        surface = hit.entry.surface
        default = w.DEFAULTS.get(surface)
        signs = w.CONTEXT.get(surface)
        if signs:
            counts = {code: len(vocabulary & signs[code]) for code in signs if code in owners}
            best = max(counts, key=lambda code: (counts[code], code == default))
            return best if counts[best] else default
        backed = {code: sum(support[code].values()) for code in owners if code in support}
        if backed:
            return max(backed, key=lambda code: (backed[code], code == default))
        return default or None

    def _owners(self, hit: Hit) -> tuple[str, ...]:
        """The countries of which a printed form may speak."""
        entry = hit.entry
        if entry.owners is None:
            codes = (self._country[target.code] for target in entry.targets)
            entry.owners = tuple(dict.fromkeys(code for code in codes if code))
        return entry.owners

    # From hits to mentions

    def _mentions(self, hits: list[Hit], length: int) -> list[Mention]:
        tallies: dict[str, Tally] = {}
        for hit in hits:
            for code, via in self._meant(hit).items():
                count(tallies.setdefault(code, Tally()), hit, via)
                members = [member for member in self._places[code].members if member in self._places]
                for member in members if len(members) <= 2 else ():  # "the two Koreas"
                    count(tallies.setdefault(member, Tally()), hit, "alias", 0.7)
        about = self._about(tallies, length)
        found = [
            Mention(
                code,
                round(tally.weight, 3),
                tally.count,
                tally.first,
                tally.via,
                code in about,
                self._places[code].kind,
                self._country[code],
                *_printed(tally.chief),
            )
            for code, tally in tallies.items()
        ]
        return sorted(found, key=lambda mention: (-mention.weight, mention.code))

    def _meant(self, hit: Hit) -> dict[str, str]:
        """What one hit names, and as what: a country, its province, and whatever lies outside all countries."""
        if hit.placed and hit.placed not in self._owners(hit):
            return {hit.placed: "town"}
        meant: dict[str, str] = {}
        for target in hit.entry.targets:
            if self._country[target.code] in ("", hit.country):
                meant.setdefault(target.code, target.via)
        if hit.country:
            as_capital = meant.setdefault(hit.country, hit.entry.targets[0].via) == "capital"
            if as_capital and not hit.locative:  # "Damascus said": the state, not the town
                meant = {code: via for code, via in meant.items() if self._places[code].kind not in _NARROW}
        return meant

    def _about(self, tallies: Mapping[str, Tally], length: int) -> set[str]:
        states = {code: tally for code, tally in tallies.items() if self._places[code].kind == "country"}
        top = max((tally.weight for tally in states.values()), default=0.0)
        headed = any(tally.headline >= 0.4 for tally in states.values())
        about = {code for code, tally in states.items() if is_about(tally, top, headed, length)}
        for code, tally in tallies.items():
            kind, country = self._places[code].kind, self._country[code]
            if kind in _NARROW:
                whole = states.get(country, tally)
                if (country in about or not country) and is_set_in(tally, whole, code in self._seats):
                    about.add(code)
            elif kind != "country" and is_named_large(tally):
                about.add(code)
        return about


def _printed(hit: Hit | None) -> tuple[str, str]:
    """The words of a hit, and where they stand."""
    if hit is None:
        return "", ""
    line, where = hit.line, hit.line.where
    return line.text[line.starts[hit.first] : line.ends[hit.last - 1]], "body" if where == "second" else where


def _shares_name(province: Place, country: Place) -> bool:
    """Whether a province is called as its country's capital is."""
    capitals = {key(name) for name in country.capital.values()}
    return any(key(name) in capitals for names in province.names.values() for name in names)


def _suspect_plain_words(hits: list[Hit], lines: list[Segment]) -> None:
    """Asks for support for a name that the copy also prints as a plain word: "Hail" over a story of hail."""
    printed = set().union(*(line.words for line in lines))
    for hit in hits:
        line, entry = hit.line, hit.entry
        if entry.surface not in printed or entry.rule != "capital" or hit.placed or not line.capital(hit.first):
            continue
        if line.titled or line.shouted or _starts_sentence(line, hit.first):
            hit.needs_support = True


def _starts_sentence(line: Segment, first: int) -> bool:
    return first == 0 or line.gap(first)[:1] in tuple(".!?:;")


def _lighten_lists(hits: list[Hit]) -> None:
    """Halves each name in a paragraph that names five countries or more: a list of them is no story of each."""
    named: dict[tuple[str, int], set[str]] = {}
    for hit in hits:
        if hit.country:
            named.setdefault((hit.line.where, hit.line.number), set()).add(hit.country)
    for hit in hits:
        if len(named.get((hit.line.where, hit.line.number), ())) >= 5:
            hit.factor *= 0.5
