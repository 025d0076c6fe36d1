"""How much a place name weighs where it stands: 1 in plain use, 0 where it only looks like a place."""

from . import words as w
from .arabic import weigh_arabic
from .index import Hit, Index
from .tokens import Segment

_HYPHENS = ("-", "‐", "‑", "–")
_SENTENCE_END = frozenset('.!?:;"“”«»—\n')


def weigh(hit: Hit, index: Index, named_people: set[str]) -> float:
    """The factor (0 to 1) of one hit in its line. Sets ``hit.locative`` and ``hit.needs_support``.

    ``named_people`` collects the surfaces that turned out to be persons ("Michael Jordan"), for bare names after them.
    """
    line, first, last = hit.line, hit.first, hit.last
    before, after = line.at(first - 1), line.at(last)
    via = {target.via for target in hit.entry.targets}
    demonym = via == {"demonym"}
    surface = hit.entry.surface
    if before == "a" and not (index.french or line.words[first - 1] == "à"):
        before = "an"  # an article: "a Batman film"
    hit.locative = before in w.LOCATIVE or "ب" in hit.attached
    if len(line.words[first]) <= 5 and line.words[first].isupper() and _is_acronym(hit):
        return 0.0
    if hit.entry.rule == "prefix":
        return 0.8 if _hyphen_after(line, last) and index.starts_demonym(line.at(last)) else 0.0
    factor = _origin(line, first, last, before, after)
    if factor == 0.0:
        return 0.0
    if surface in w.SEATS:
        factor *= 0.5
    if "actor" in via:
        factor *= 0.25
    if surface in w.MEETING_PLACES:
        factor *= 0.3
    if demonym:
        factor *= _adjective(line, first, last, before, after)
    elif _is_person(hit, before, after):
        named_people.add(surface)
        return 0.0
    else:
        factor *= _setting(line, first, before, after)
    if via == {"capital"} or (via & {"capital"} and not via & {"alias"}):
        factor *= 1.0 if hit.locative or line.where == "dateline" else 0.75
    if _is_doubtful(hit, via, before):
        hit.needs_support = True
    return factor * weigh_arabic(hit, before, demonym) if surface[0] > "ء" else factor


def _is_country(hit: Hit) -> bool:
    return any(len(target.code) == 2 and target.via in ("name", "alias") for target in hit.entry.targets)


def _is_acronym(hit: Hit) -> bool:
    """ "SANA said" in running text is the agency; a town is in capitals only where its neighbours are."""
    line, first = hit.line, hit.first
    if hit.entry.rule != "capital" or hit.last - first != 1 or line.shouted or line.where == "dateline":
        return False
    if _is_country(hit) or any(target.via == "actor" for target in hit.entry.targets):
        return False
    opens = first == 0 and line.gap(1).strip() != ""  # a dateline, perhaps
    return not opens and not any(
        0 <= near < len(line.words) and len(line.words[near]) > 2 and line.words[near].isupper()
        for near in (first - 1, first + 1)
    )


def _is_doubtful(hit: Hit, via: set[str], before: str) -> bool:
    """Whether a name is so often something else that the copy must point to its country elsewhere."""
    surface, line = hit.entry.surface, hit.line
    if (surface in w.CAUTIOUS or surface in w.GIVEN_IN_FRENCH) and via <= {"town", "capital", "name", "alias"}:
        if surface in w.GIVEN_IN_FRENCH:
            return not hit.locative and before not in ("ile", "la", "republique")
        if _is_country(hit) and not line.titled:  # "from Reunion", "Jersey’s assembly", but "Reunion of Friends"
            possessive = line.text[line.ends[hit.last - 1] :][:2] in ("'s", "’s")
            return _sentence_start(line, hit.first) and not possessive
        before = line.at(hit.first - 2) if before in ("of", "de") else before  # "the island of Reunion"
        plainly = before in w.STRICTLY_IN and not line.titled and not line.capital(hit.last)
        return not plainly and line.where != "dateline"
    return surface in w.NAME_LIKE and via == {"town"} and not hit.locative


def _hyphen_after(line: Segment, last: int) -> bool:
    return line.gap(last).removeprefix(".") in _HYPHENS  # "US-led" and "U.S.-led"


def _origin(line: Segment, first: int, last: int, before: str, after: str) -> float:
    """ "US-led", "Panama-flagged", "pro-Iranian", "led by the US", "based in London": where somebody comes from."""
    factor = 1.0
    if _hyphen_after(line, last) and after:
        if after in w.ORIGIN:
            return 0.0
        if after in w.CONTROL:
            factor = 0.35
        elif after in ("american", "americans", "canadian", "born", "style"):
            factor = 0.3
    elif after in w.SPACED_ORIGIN and line.gap(last) == " " and line.at(last + 1) not in ("by", "the", "in", "a", "to"):
        factor = 0.3
    if before in w.DISTANCE and line.gap(first).strip() in _HYPHENS:
        factor *= 0.4
    near = line.keys[max(0, first - 4) : first]
    if _by(near) and any(word in w.LED or word in w.LED_ARABIC for word in near):
        factor *= 0.2
    if any(word in w.BASED for word in near[-3:]):
        factor *= 0.15
    elif before in w.LOCATIVE and any(word in w.BORN for word in near[-3:]):
        factor *= 0.2
    elif before in w.LOCATIVE and ((near[-2:-1] and near[-2] in w.SAID) or any(word in w.CALL for word in near)):
        factor *= 0.45
    return factor


def _by(near: list[str]) -> bool:
    return "by" in near or "par" in near or near[-1:] == ["من"] or (bool(near) and near[-1] in w.LED_ARABIC)


def _adjective(line: Segment, first: int, last: int, before: str, after: str) -> float:
    """A demonym by its noun: "French President", "Egyptian pounds", "a German carmaker", "speaks French"."""
    spoken = line.at(last - 1) in w.LANGUAGES and before in w.SPEECH
    if spoken and after in ("", "and", "or", "on", "by", "to", "for", "language"):
        return 0.0  # "in French" is the language, "in French politics" is not
    if _given_name(line, first, before):
        return 0.0
    if before in w.FIRST_NAMES_ARABIC:
        return 0.2
    around = (after, before) if line.gap(last).strip() == "" else (before,)
    following = line.at(last + 1) if line.gap(last).strip() == "" else ""
    for word in around:
        if word in w.MONEY:
            return 0.0 if word.startswith("dollar") else (0.15 if _amount(line, first, before) else 0.4)
        if word in w.MEDIA:
            return 0.1
        if word in w.FLAGS:
            return 0.1
        if word in w.MAKERS:
            return 0.6 if line.where == "headline" else 0.3
        if word in w.TITLES:
            return 0.7
        if word in w.PERSONS:
            return 0.6
    if following in w.MAKERS or following in w.MEDIA:
        return 0.6 if line.where == "headline" else 0.4
    return 1.0


def _setting(line: Segment, first: int, before: str, after: str) -> float:
    two_before = line.at(first - 2)
    if before in ("of", "de", "d") and two_before in w.SCHOOL:
        return 0.25
    if before in ("of", "de") and two_before in ("bank", "banque", "miss"):
        return 0.35
    if before in w.FLAGS or (before in ("of", "de", "du") and two_before in w.FLAGS):
        return 0.1
    if before in ("جامعه", "معهد"):
        return 0.25
    if after == "s" and line.at(first + 2) in ("prince", "princess", "duke", "duchess"):
        return 0.6
    if before == "in" and two_before == "made":
        return 0.2
    if after in w.SCHOOL and line.capital(first + 1):
        return 0.3
    if after in w.MONEY or after in ("airways", "airlines"):
        return 0.3
    if after and line.text[line.ends[first] : line.ends[first] + 1] == "$":
        return 0.0
    return 1.0


def _amount(line: Segment, first: int, before: str) -> bool:
    return before in w.LARGE or before.isdigit() or line.at(first - 2).isdigit()


def _sentence_start(line: Segment, position: int) -> bool:
    return position <= 0 or bool(_SENTENCE_END & set(line.gap(position)))


def _given_name(line: Segment, first: int, before: str) -> bool:
    """Whether the word before is somebody's given name or Mr, Ms, Dr."""
    return (before in w.FIRST_NAMES and line.capital(first - 1) and line.gap(first) == " ") or (
        before in w.MISTER and line.gap(first) in (" ", ". ") and line.capital(first - 1)
    )


def _is_person(hit: Hit, before: str, after: str) -> bool:
    line, first, last = hit.line, hit.first, hit.last
    if last - first != 1 or (line.words[first].isupper() and not line.shouted):
        return False
    if _given_name(line, first, before):
        return True
    if hit.entry.surface in w.GIVEN and before in w.ROLES and line.capital(last) and line.gap(last) == " ":
        return after not in w.NOT_A_NAME
    if hit.entry.surface not in w.NAME_LIKE or line.titled or line.shouted:
        hit.needs_support = hit.needs_support or (
            hit.entry.surface in w.NAME_LIKE
            and line.titled
            and line.capital(last)
            and line.gap(last) == " "
            and not hit.locative
        )
        return False
    if hit.locative and not line.capital(last):
        return False
    if line.capital(last) and line.gap(last) == " " and after not in w.NOT_A_NAME and not hit.locative:
        return True
    return (
        line.capital(first - 1)
        and line.gap(first) == " "
        and not _sentence_start(line, first - 1)
        and before not in w.NOT_A_NAME
        and before not in w.LOCATIVE
    )
