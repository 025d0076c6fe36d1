"""Who says so: the bodies and offices that a story cites, in English.

A story tells whose word it carries in a few set ways: "the ministry said", "according to the monitor", "X, head of
the port authority, told AFP", "a foreign ministry statement added", "figures released by the central bank". Each is a
trigger word with a noun phrase on one side; the phrase counts if its head is a body (ministry, observatory,
coalition, unit …), a known source or an acronym. The article is left off ("port authority"), the rest stands as
printed. Persons alone are no bodies; the body that introduces them is. News agencies never count here: they are
what :meth:`articles.sourcing.Directory.agencies` gives. Arabic is read by :mod:`articles.attribution.arabic`, French by
:mod:`articles.attribution.french`.

Pure: no Django. The text is walked once; a phrase is at most ``REACH`` words, so time is linear in its length.
"""

from collections import deque
from dataclasses import dataclass

from articles.attribution.bodies import Line, Namer, body_in, joins_adjectives, person_in, spelled_out
from articles.attribution.words import (
    CITING,
    DAYS,
    DETERMINERS,
    GENERIC_NEWS,
    HEADS,
    INVERTED,
    KNOWN_FIRMS,
    LINKS,
    MONTHS,
    NAMED,
    NEWS,
    PARTICIPLES,
    PASSIVE,
    PUTTING,
    REPORTING,
    ROLES,
    SAYING,
    SKIPPED,
    SPEAKING_DOCUMENTS,
    STANDS_FOR,
    STOPS,
    TRIGGERS,
    WEAK,
)
from articles.naming import NOT_WITH_ARTICLE, PEOPLES
from articles.words import first_parts, words_of

# The first parts (see ``articles.words``) of the words that ``_Reader.read`` asks for: of any case, and in capitals.
_CITES = first_parts(SAYING | CITING | REPORTING | SPEAKING_DOCUMENTS | {"according"})
_NAMES = first_parts(HEADS)
REACH = 22
MOST = 60  # bodies that one story can cite; a longer list is no story
REMEMBERED = 100


@dataclass(frozen=True)
class Cited:
    """One body that the story rests on, where it was first cited.

    ``text`` as printed, without its article; ``known_code`` the directory's code or ""; ``phrase`` the word that
    cites it ("said", "according to"); ``use`` is quote, figure, report or statement; ``via`` the agency it was told to
    (its short name, from ``Directory.cited``); ``speaker`` and ``role`` the person who speaks for it, where named;
    ``paragraph`` counts from 0.
    """

    text: str
    known_code: str = ""
    phrase: str = ""
    use: str = "report"
    via: str = ""
    paragraph: int = 0
    speaker: str = ""
    role: str = ""


def cited(paragraphs: list[str], language: str, name: Namer) -> list[Cited]:
    """The bodies cited, in order, each once; later short forms ("the ministry") count as the body they stand for."""
    if language == "ar":
        from articles.attribution.arabic import cited_in_arabic

        return cited_in_arabic(paragraphs, name)
    if language == "fr":
        from articles.attribution.french import cited_in_french

        return cited_in_french(paragraphs, name)
    reader = _Reader(name)
    for number, paragraph in enumerate(paragraphs):
        reader.read(paragraph, number)
    return reader.cited


def _may_cite(paragraph: str) -> bool:
    """Whether a paragraph may hold a trigger, a body's full name, or what a short form stands for."""
    words = words_of(paragraph)
    if not words.plain or "(" in paragraph or not _CITES.isdisjoint(words.folded):
        return True
    if _NAMES.isdisjoint(words.folded):
        return False
    pairs = zip(words.folded, words.surface, strict=True)
    return any(word in _NAMES and printed[0].isupper() for word, printed in pairs)


class _Reader:
    def __init__(self, name: Namer):
        self.name = name
        self.cited: list[Cited] = []
        self._known: list[tuple[str, frozenset[str], str]] = []  # of those cited: folded text, its words, its code
        self._mentions: deque[str] = deque(maxlen=REMEMBERED)  # full names met, also of bodies that say nothing
        self._agency_named = False
        self._news: frozenset[str] = frozenset()  # agencies and papers that no directory lists
        self._short: dict[str, str] = {}  # "PA" -> "Palestinian Authority", where the story spells it out

    def read(self, paragraph: str, number: int) -> None:
        if not _may_cite(paragraph):
            return
        line = Line(paragraph)
        lower, total = line.lower, len(line)
        if "(" in paragraph:
            self._short.update(spelled_out(line))
        for index in [at for at in range(total) if lower[at] in TRIGGERS]:
            word = lower[index]
            if word in SAYING:
                self._subject(line, index, number)
            elif word == "to" and index and lower[index - 1] == "according":
                self._object(line, index + 1, "according to", number)
            elif word == "by" and index and lower[index - 1] in REPORTING:
                self._object(line, index + 1, f"{lower[index - 1]} by", number)
            elif word in CITING:
                self._object(line, index + 1, word, number)
            elif word in ("from", "by") and index and lower[index - 1] in SPEAKING_DOCUMENTS:
                self._object(line, index + 1, lower[index - 1], number)
            elif word in HEADS and line.capital(index):
                self._remember(line, index)

    def _remember(self, line: Line, index: int) -> None:
        """Keep a body's full name as it is met, so that "the ministry" can be traced to it later."""
        first = index
        while first and index - first < 6 and line.capital(first - 1) and not line.breaks(first):
            if line.lower[first - 1] in DETERMINERS or line.lower[first - 1] in ("in", "on", "at", "but"):
                break
            first -= 1
        if first < index:
            self._mentions.append(line.phrase(first, index + 1))

    def _subject(self, line: Line, verb: int, number: int) -> None:
        """The phrase before a verb of saying: "the Health Ministry", "Omar X, head of the monitor,"."""
        word = line.lower[verb]
        if word in PUTTING and not self._puts_a_figure(line, verb):
            return
        inverted = verb > 0 and line.breaks(verb, ',"”') and self._is_inverted(line, verb)
        if inverted and (line.breaks(verb, '"”') or self.name(line.surface[verb + 1])[1] in NEWS):
            self._object(line, verb + 1, word, number)
            return
        last = verb
        while last and line.lower[last - 1] in SKIPPED and not line.breaks(last, '.;!?"“”:'):
            last -= 1
        if not last or line.breaks(last, '.;!?"“”:('):
            return
        if last < verb and word.endswith(("ed", "told", "found", "shown")) and line.lower[verb - 1] in PASSIVE:
            return
        comma, end = line.breaks(last, ","), last
        if line.breaks(last, ")"):  # "the International Organization for Migration (IOM) said"
            inside = next((at for at in range(last - 1, max(0, last - 7), -1) if line.breaks(at, "(")), None)
            end = inside if inside else last
        if not comma:
            first = self._back(line, end, clause=True)
            if first and line.lower[first - 1] == "who" and not line.surface[first - 1].isupper():
                return  # "a man who lives near the airport said"
            opens = first == 0 or line.breaks(first, ".!?:") or (line.breaks(first, ",") and line.breaks(first, '"“”'))
            if word not in WEAK or (opens and line.lower[first] not in ("in", "on", "at")):
                self._joined(line, first, verb, number)
                self._add(line, first, end, verb, word, number) or self._its(line, first, end, verb, number)
            return
        first = self._back(line, end, clause=False)
        elsewhere = inverted and self._person_follows(line, verb + 1)
        if elsewhere or (not self._apposition(line, first, end, verb, number) and inverted):
            self._object(line, verb + 1, word, number)

    @staticmethod
    def _person_follows(line: Line, first: int) -> bool:
        """Whether the speaker after an inverted verb is somebody: "…, said Omar Nassar, the librarian"."""
        last = first
        while last < len(line) and last - first < 6 and (last == first or not line.breaks(last)):
            last += 1
        return bool(person_in(line, first, last))

    @staticmethod
    def _puts_a_figure(line: Line, verb: int) -> bool:
        """Whether "put" goes on with "at" and a number: "put the cost at 3 million dollars"."""
        end = min(verb + 14, len(line) - 1)
        return any(
            line.lower[at] == "at" and any(char.isdigit() for char in line.phrase(at + 1, min(at + 5, len(line))))
            for at in range(verb + 1, end)
        )

    def _joined(self, line: Line, first: int, verb: int, number: int) -> None:
        """The body before "and", where two speak together: "the port authority and the Interior Ministry said"."""
        self._also(line, first, verb, number)
        if first < 2 or line.lower[first - 1] != "and" or line.breaks(first - 1):
            return
        start = self._back(line, first - 1, clause=True)
        found = body_in(self.name, line, start, first - 1)
        if found and found[1] == first - 1:
            self._add(line, start, first - 1, verb, line.lower[verb], number)

    def _also(self, line: Line, first: int, verb: int, number: int) -> None:
        """The bodies of "the European Space Agency and NASA said", whose "and" may stand within a name."""
        if verb - first < 3 or line.lower[verb - 2] != "and" or line.lower[verb - 1] not in NAMED | KNOWN_FIRMS:
            return
        self._add(line, first, verb - 2, verb, line.lower[verb], number)
        self._add(line, verb - 1, verb, verb, line.lower[verb], number)

    def _its(self, line: Line, first: int, last: int, verb: int, number: int) -> None:
        """The body that opens the sentence: "The port authority has closed two berths, its spokesman X said"."""
        start = first
        while start and line.lower[start] not in ("its", "their") and line.lower[start - 1] in ("its", "their"):
            start -= 1
        if line.lower[start] not in ("its", "their") or ROLES.isdisjoint(line.lower[start:last]):
            return
        opening = start
        while opening and start - opening < 60 and not line.breaks(opening, ".!?\n"):
            opening -= 1
        end = opening + 1
        while end < start and end - opening < 8 and not line.breaks(end) and line.lower[end] not in SKIPPED | SAYING:
            end += 1
        role = next(word for word in line.lower[start:last] if word in ROLES)
        after = line.lower.index(role, start) + 1
        self._add(line, opening, end, verb, line.lower[verb], number, person_in(line, after, last), role)

    def _apposition(self, line: Line, first: int, end: int, verb: int, number: int) -> bool:
        """The body in an apposition: "Omar X, head of the monitor, told …", or "the coalition, which …, said"."""
        word = line.lower[verb]
        if not first or not line.breaks(first, ",)") or line.breaks(first, '.;:!?"“”'):
            return False
        before = first
        if line.breaks(first, ")"):
            before = next((at for at in range(first - 1, max(0, first - 7), -1) if line.breaks(at, "(")), first)
        start = self._back(line, before, clause=True)
        relative = line.lower[first] in ("which", "who", "whose", "where", "that")
        if not relative and self._named_before(line, start, before, first, end, verb, number):
            return True
        if not relative and self._add(line, first, end, verb, word, number, person_in(line, start, before)):
            return True
        return self._add(line, start, before, verb, word, number)

    def _named_before(self, line: Line, start: int, before: int, first: int, end: int, verb: int, number: int) -> bool:
        """The name that the apposition explains: the first words of "Emergency Lawyers, a rights group, said"."""
        lower = line.lower
        if (
            lower[first] not in ("a", "an", "the", "one")
            or not line.breaks(first, ",")
            or not ROLES.isdisjoint(lower[first:end])
        ):
            return False
        what = body_in(self.name, line, first, end)
        if what is None or (what[1] != end and lower[what[1]] not in (*LINKS, *PARTICIPLES)):
            return False
        if any(lower[at] in LINKS for at in range(first + 1, what[0])):
            return False  # "a volcanologist at the observatory" is somebody
        while start < before and lower[start] in DETERMINERS:
            start += 1
        names = range(start, before)
        if start < before and lower[start] in LINKS | DAYS:
            return False
        if not 0 < before - start <= 7 or not all(line.capital(at) or lower[at] in LINKS for at in names):
            return False
        if line.breaks(verb, '"”') or any(line.breaks(at) for at in names[1:]):
            return False
        text = line.phrase(start, before)
        code, kind = self.name(text)
        if kind in NEWS or "news" in lower[first:end] or "newspaper" in lower[first:end]:
            self._agency_named, self._news = True, self._news | {text.casefold()}
            return True
        explained = frozenset(lower[what[0] : what[1]])
        return self._keep(line, (text, code), explained, start, verb, lower[verb], number)

    def _back(self, line: Line, last: int, clause: bool) -> int:
        """Where the phrase that ends before word ``last`` begins."""
        first = last - 1
        while first > 0 and last - first < REACH and not line.breaks(first):
            if clause and self._ends_clause(line, first - 1):
                break
            first -= 1
        return first

    @staticmethod
    def _is_inverted(line: Line, verb: int) -> bool:
        """Whether the speaker follows the verb: '…", said Omar X, head of the monitor' or ", reported AFP"."""
        if verb + 1 >= len(line) or line.breaks(verb + 1) or line.lower[verb] in ("told", "tells"):
            return False
        following = line.lower[verb + 1]
        if following in DAYS or following in ("that", "it", "he", "she", "they", "in", "on", "there"):
            return False
        if line.breaks(verb, '"”'):
            return True
        end = verb + 2
        while end < len(line) and not line.breaks(end) and line.lower[end] not in SAYING:
            end += 1
        short = end >= len(line) or (line.breaks(end, ".;") and end - verb < 10)
        return short and (line.capital(verb + 1) or following == "the") and line.lower[verb] in INVERTED

    @staticmethod
    def _ends_clause(line: Line, index: int) -> bool:
        word = line.lower[index]
        if word == "and":  # "the Ministry of Defence and Armed Forces", but not "he left and the ministry"
            within = line.capital(index + 1) and index and line.capital(index - 1)
            return not (within or joins_adjectives(line, index))
        return word in STOPS and not (word == "who" and line.surface[index].isupper())

    def _object(self, line: Line, first: int, phrase: str, number: int) -> None:
        """The phrase after "according to" and its like, with the apposition that may follow it."""
        last, total = first, len(line)
        while last < total and last - first < REACH:
            if last > first and (line.breaks(last) or self._ends_object(line, last, first)):
                break
            last += 1
        if last == first:
            return
        person = person_in(line, first, last)
        if last < total and line.breaks(last, ",") and (person or line.lower[last] in DETERMINERS | ROLES):
            end = last
            while (
                end < total
                and end - last < REACH
                and (end == last or not (line.breaks(end) or self._ends_object(line, end, last)))
            ):
                end += 1
            speaks_for = person and any(word in ROLES for word in line.lower[last:end])
            if speaks_for and self._add(line, last, end, first - 1, phrase, number, person):
                return
        self._add(line, first, last, first - 1, phrase, number)

    @staticmethod
    def _ends_object(line: Line, index: int, first: int) -> bool:
        word = line.lower[index]
        if word in SAYING or word in (
            "that",
            "who",
            "which",
            "as",
            "while",
            "where",
            "when",
            "but",
            "after",
            "is",
            "was",
            "has",
        ):
            return not (word == "who" and line.surface[index].isupper())
        if word in ("on", "in", "at", "since", "during", "over", "about") and index > first:
            following = line.lower[index + 1] if index + 1 < len(line) else ""
            return not (
                word in ("in", "at") and index + 1 < len(line) and line.capital(index + 1) and following not in MONTHS
            )
        return word in DAYS or (
            word == "and"
            and index + 1 < len(line)
            and not line.capital(index + 1)
            and not joins_adjectives(line, index)
        )

    def _add(
        self,
        line: Line,
        first: int,
        last: int,
        trigger: int,
        phrase: str,
        number: int,
        person: str = "",
        role: str = "",
    ) -> bool:
        """Keep the body that the words ``first`` to ``last`` - 1 hold; whether there was one, new or not."""
        found = body_in(self.name, line, first, last)
        if found is None:
            return False
        start, end, its_role, speaker = found
        text = line.phrase(start, end).rstrip("'’")
        text = text.removesuffix("'s").removesuffix("’s")
        code, kind = self.name(text)
        if start and text.lower() in NOT_WITH_ARTICLE and line.lower[start - 1] == "the":
            code = kind = ""  # "the PA" is the Palestinian Authority
        if text in self._short:
            text = self._short[text]
            code, kind = self.name(text)
            line_words = text.lower().split()
        else:
            line_words = line.lower[start:end]
        words = [word.removesuffix("'s") for word in line_words]
        if kind in NEWS or text.casefold() in self._news or self._is_named_agency(line, start, end):
            self._agency_named = True
            return True
        if words[-1] in GENERIC_NEWS or (words[-1] == "agency" and "news" in words and self._agency_named):
            return True
        if words == ["agency"] and self._agency_named:
            return True
        return self._keep(
            line, (text, code), frozenset(), first, trigger, phrase, number, person or speaker, role or its_role, words
        )

    def _is_named_agency(self, line: Line, start: int, end: int) -> bool:
        """Whether the words name an agency that no directory lists: "news agency TT", "the TT news agency"."""
        lower = line.lower
        for at in range(start + 1, min(end, len(line))):
            if lower[at] == "agency" and lower[at - 1] == "news":
                if at + 1 < end and line.capital(at + 1):
                    self._news |= {line.phrase(at + 1, end).casefold()}
                    return True
                return at - 2 >= start and line.capital(at - 2) and lower[at - 2].removesuffix("'s") not in PEOPLES
        return False

    def _keep(self, line, named, explained, first, trigger, phrase, number, person="", role="", words=()) -> bool:
        """Keep a body that was found, unless it is cited already under this or another name."""
        text, code = named
        text, code, known = self._trace(text, list(words) or text.lower().split(), code)
        if known or len(self.cited) >= MOST:
            return True
        plain = text.casefold().replace("’", "'")
        self._known.append((plain, frozenset(plain.replace("'s", "").split()) | explained, code))
        use, via = self._use(line, first, trigger), self._via(line, trigger)
        self.cited.append(Cited(text, code, phrase, use, via, number, person, role))
        return True

    def _trace(self, text: str, words: list[str], code: str) -> tuple[str, str, bool]:
        """(full text, code, whether it is cited already) for what may be a short form of an earlier body."""
        folded = text.casefold().replace("’", "'")
        plain = {word for word in words if word not in LINKS and not word.endswith(("-based", "-linked", "-backed"))}
        head = self._head(words)
        likes = STANDS_FOR.get(head, frozenset()) if len(plain) == 1 else frozenset()
        for known, theirs, their_code in self._known:
            if folded == known or (code and code == their_code):
                return text, code, True
            if plain and plain <= theirs and (len(plain) > 1 or head in theirs):
                return text, code, True
            if likes and not likes.isdisjoint(theirs):
                return text, code, True
        if len(plain) > 1:  # "an oil ministry statement" after "the Oil Ministry": in the capitals of the name
            text = next((mention for mention in self._mentions if mention.casefold() == folded), text)
        elif not code:
            for mention in reversed(self._mentions):
                theirs = mention.casefold().split()
                if head in theirs or not likes.isdisjoint(theirs):
                    code, kind = self.name(mention)
                    if kind in NEWS:
                        return text, "", True
                    same = any(mention.casefold() in known for known, _, _ in self._known)
                    return mention, code, same
        return text, code, False

    @staticmethod
    def _head(words: list[str]) -> str:
        return next((word for word in reversed(words) if word in HEADS or word in NAMED), words[-1])

    @staticmethod
    def _use(line: Line, first: int, trigger: int) -> str:
        text = line.text
        start = max(text.rfind(". ", 0, line.starts[first]), 0)
        stop = text.find(". ", line.ends[trigger])
        sentence = text[start : stop if stop >= 0 else len(text)]
        if "statement" in sentence or "communique" in sentence:
            return "statement"
        if any(mark in sentence for mark in '"“”«'):
            return "quote"
        return "figure" if any(char.isdigit() for char in sentence) else "report"

    def _via(self, line: Line, trigger: int) -> str:
        if line.lower[trigger] not in ("told", "tells"):
            return ""
        last = first = trigger + 1
        while last < len(line) and last - first < 6 and (last == first or not line.breaks(last)):
            if not line.capital(last) and line.lower[last] not in (
                "the",
                "dpa",
                "news",
                "agency",
                "newspaper",
                "al",
                "el",
            ):
                break
            last += 1
        while last > first and (line.lower[last - 1] in DAYS or not self.name(line.phrase(first, last))[0]):
            last -= 1
        if last == first:
            return ""
        printed = line.phrase(first, last)
        return printed.removeprefix("the ") if self.name(printed)[1] in (*NEWS, "broadcaster") else ""
