"""A place beside its state or country ("Moscow, Idaho") or in a list ("Georgia, Arizona and Nevada"): the neighbour
decides which of several places it is, even one that the gazetteer does not know."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from .arabic import HOMOGRAPHS
from .index import Hit
from .states import STATES, TOWN_LIKE
from .tokens import Segment
from .words import LOCATIVE, MEETING_PLACES, _words

_AND = _words("and or et ou y und")
_IN = _words("in en au aux dans في بولايه")
_FILLER = _words("""
the a us american northern southern eastern western central northeastern northwestern southeastern southwestern north
south east west state province of l la le les nord sud est ouest etat province de du ولايه بولايه شمال جنوب شرق غرب
""")
_TOWN_OF = _words("town city village suburb hamlet ville بلده مدينه قريه ببلده بمدينه")
_STRICTLY_IN = _TOWN_OF | _words("in at near outside around a pres في قرب")
_GOES_ON = _words("on when where after before during as since who this last next le lundi mardi")
_OFFICE = _words("""
governor gov senator sen rep representative republican republicans democrat democrats congressman congresswoman
lawmaker lawmakers attorney gouverneur
""")
_STRUCK = _words("hit struck hits strikes shook shakes rocked off left reached visited frappe secoue touche")
_RELATIVE = _words("which who whose where qui dont")
_CLOSING = frozenset(',.;:)(—–،؛»”"')
_COMMAS = (",", "،", "(")


class Neighbours:
    """Reads hits in the order in which the copy prints them; ``owners`` says of which countries a hit may speak."""

    def __init__(self, hits: Sequence[Hit], owners: Callable[[Hit], tuple[str, ...]]):
        self._hits, self._owners = hits, owners
        self._links = [
            _link(hit, after) if after.first - hit.last <= 5 and hit.line is after.line else ""
            for hit, after in pairwise(hits)
        ]
        self._links.append("")
        if any(self._links):
            for position in range(len(hits) - 1, -1, -1):
                self._read(position)

    def _read(self, position: int) -> None:
        """Settles one hit by the hits linked to it."""
        hit, link = self._hits[position], self._links[position]
        linked = link in ("comma", "and") or (position > 0 and self._links[position - 1] in ("comma", "and"))
        if not (link or linked):
            return
        if link in ("comma", "in") and not _is_adjective(hit):
            self._place(position, self._hits[position + 1])
        if not linked or hit.placed:
            return
        if hit.needs_support and hit.entry.surface in HOMOGRAPHS:
            hit.needs_support = not any(self._is_country(other) for other in self._beside(position))
        elif hit.entry.surface in STATES and len(self._owners(hit)) > 1:
            self._place_in_list(position)

    def _place(self, position: int, container: Hit) -> None:
        hit = self._hits[position]
        owners, within = self._owners(hit), self._owners(container)
        state = STATES.get(container.entry.surface, "") or (within[0] if container.entry.rule == "short" else "")
        doubtful = not container.placed and len(within) > 1
        if container.placed:
            within = (container.placed,)
            state = state if state == container.placed else ""
        if not within or container.entry.surface == hit.entry.surface or not (state or self._is_country(container)):
            return
        if shared := [code for code in owners if code in within]:
            if len(owners) > 1:
                hit.placed = state if len(shared) > 1 and state in shared else shared[0]
                container.placed = container.placed or hit.placed
                hit.needs_support = False
            return
        if not owners:
            return
        if self._is_foreign(position, container, bool(state), doubtful):
            hit.placed = state if state in within else within[0]
            hit.needs_support = False
            if len(within) > 1:
                container.placed = hit.placed

    def _is_foreign(self, position: int, container: Hit, is_state: bool, doubtful: bool) -> bool:
        """Whether this is a town called as a place of another country is: Moscow in Idaho, Guadalajara in Spain."""
        hit, line = self._hits[position], container.line
        if line.text[line.ends[container.last - 1] :][:2] in ("'s", "’s"):
            return False
        opens = _opens_sentence(hit)
        closed = _is_closed(line, container.last, opens) or line.where == "dateline"
        listed = self._links[position + 1] in ("comma", "and")
        follows = position > 0 and self._links[position - 1] in ("comma", "and")
        strictly = line.at(hit.first - 1) in _STRICTLY_IN or _is_town_of(line, hit.first)
        if self._links[position] == "in" and not strictly:
            return False
        if is_state and not doubtful and container.entry.surface not in TOWN_LIKE:
            if line.at(container.last) in _OFFICE:
                return False
            town = not self._is_country(hit) or line.at(hit.first - 1) in _TOWN_OF
            return town or ((closed or line.titled) and not listed)
        if self._is_country(hit) or listed or follows:
            return False
        if line.titled and is_state:
            return True
        if opens and line.where != "dateline":  # "In Geneva, Iran, which …"
            capital = any(target.via == "capital" for target in hit.entry.targets)
            if capital or hit.entry.surface in MEETING_PLACES or line.at(container.last) in _RELATIVE:
                return False
        located = strictly or line.at(hit.first - 1) in _STRUCK or line.at(hit.first - 1) in LOCATIVE
        return closed and (is_state or located or line.where == "dateline" or hit.first == 0)

    def _place_in_list(self, position: int) -> None:
        """ "Georgia, Arizona and Nevada" are states, "Georgia, Armenia and Azerbaijan" are countries."""
        hit = self._hits[position]
        owners, state = self._owners(hit), STATES[hit.entry.surface]
        for other in self._beside(position):
            if STATES.get(other.entry.surface) == state and len(self._owners(other)) == 1:
                hit.placed = state
                return
        countries = [code for code in owners if code != state]
        if len(countries) == 1 and any(self._is_country(other) for other in self._beside(position)):
            hit.placed = countries[0]

    def _beside(self, position: int) -> list[Hit]:
        before = [self._hits[position - 1]] if position and self._links[position - 1] in ("comma", "and") else []
        after = [self._hits[position + 1]] if self._links[position] in ("comma", "and") else []
        return before + after

    def _is_country(self, hit: Hit) -> bool:
        return any(len(target.code) == 2 and target.via in ("name", "alias") for target in hit.entry.targets)


def _is_adjective(hit: Hit) -> bool:
    return any(target.via == "demonym" for target in hit.entry.targets)


def _link(hit: Hit, after: Hit) -> str:
    """How two names that stand close are joined: "comma" (or a bracket), "and", "in", or not at all."""
    line, between = hit.line, after.first - hit.last
    gap = line.gap(hit.last).strip()
    if between == 0:
        if gap in _COMMAS:
            return "comma"
        return "and" if "و" in after.attached and not gap else ""
    words = line.keys[hit.last : after.first]
    if between == 1 and words[0] in _AND and gap in ("", ","):
        return "and"
    if gap in ("", *_COMMAS) and words[0] in _IN and all(word in _FILLER for word in words[1:]):
        return "in"
    if words[0] == "and" and all(word in _FILLER for word in words[1:]):
        return "and"
    return ""


def _is_closed(line: Segment, last: int, opens: bool) -> bool:
    """Whether what stands after a state ends it: punctuation, the end, "on Monday"."""
    if last >= len(line.words):
        return True
    gap = line.gap(last).strip()
    return gap[:1] in _CLOSING if gap else line.at(last) in _GOES_ON and not opens


def _is_town_of(line: Segment, first: int) -> bool:
    return line.at(first - 1) in ("of", "de") and line.at(first - 2) in _TOWN_OF


def _opens_sentence(hit: Hit) -> bool:
    """ "In Moscow, …" at the start of a sentence: what follows may be its subject."""
    line, first = hit.line, hit.first
    return first == 1 or (first > 1 and line.gap(first - 1)[:1] in tuple(".!?:"))
