"""Who says so, in French: « Le ministère … a annoncé », « selon la gendarmerie », « a indiqué la préfecture ».

The phrase before the verb, after « selon » or after the inverted verb is the body if it holds one (ministère,
préfecture, parquet …), also behind somebody's role (« un porte-parole du ministère de l'Intérieur »). Persons alone
are no bodies.
"""

import re

from articles.attribution import MOST, Cited
from articles.attribution.bodies import Namer
from articles.naming import word_set

REACH = 16
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*['’]?")
_MARKS = re.compile(r"[,.;:!?()«»\"“”\[\]\n—]| [-–] ")

_TOLD = word_set(
    "annoncé indiqué déclaré affirmé précisé rapporté estimé assuré confirmé expliqué prévenu averti dit ajouté"
    " souligné démenti révélé reconnu dénoncé condamné publié recensé signalé fait chiffré évalué prévu appelé jugé"
    " répondu promis écrit rappelé noté observé relevé regretté salué"
)
_TELLS = word_set(
    "annonce indique déclare affirme précise rapporte estime assure confirme explique souligne dément révèle prévoit"
    " table annoncent indiquent déclarent affirment précisent rapportent estiment assurent confirment montrent montre"
    " dénonce dénoncent prévient avertit évalue chiffre ajoute"
)
_HAVE = word_set("a ont avait avaient aurait")
_BETWEEN = word_set(
    "également aussi déjà ensuite par ailleurs de son leur côté toutefois notamment officiellement plus tôt tard"
    " lundi mardi mercredi jeudi vendredi samedi dimanche matin soir hier aujourd'hui"
)
_HEADS = word_set(
    "ministère ministères préfecture parquet police gendarmerie gouvernement présidence armée marine mairie"
    " municipalité tribunal cour conseil commission comité agence office observatoire organisation ong association"
    " fédération syndicat syndicats confédération union banque société compagnie entreprise groupe opérateur aéroport"
    " port hôpital hôpitaux université institut centre direction service services protection sécurité pompiers"
    " secouristes douane douanes autorité autorités ambassade consulat sénat assemblée parlement chambre parti front"
    " coalition force forces mouvement régie chancellerie diplomatie élysée matignon kremlin quai maison croix-rouge"
    " croissant-rouge procureur procureure musée météo-france état-major délégation mission ligue club juridiction"
    " rectorat académie caisse fonds haut-commissariat garde-côtes garde département région métropole communauté"
    " institution fondation collectif réseau chaîne télévision radio intersyndicale patronat constructeur exploitant"
    " gestionnaire bureau secrétariat onu otan oms unicef hcr fmi ue usgs jury évêché diocèse fabricant police"
)
_ARTICLES = word_set("le la les l' un une des du d' de au aux ce cette ces son sa leur leurs")
_OF = word_set("de du des d' pour à au aux en sur contre et la le les l' sans")
_NO_HEAD_AFTER = word_set("en sur sans à contre")
_STOPS = word_set(
    "que qu' qui dans lors après avant mais car dont où tandis alors mardi lundi mercredi jeudi vendredi samedi"
    " dimanche selon quand comme citant depuis pendant devant ayant est sont était lorsque si puis se s' ne n' y"
)
_NEWS_HEADS = word_set("agence quotidien journal afp reuters ap")
_ROLE = word_set(
    "porte-parole directeur directrice chef président présidente responsable secrétaire représentant représentante"
    " ministre commandant préfet préfète maire patron gouverneur membre chercheur chercheurs économiste"
)
_NEWS = frozenset({"agency", "newspaper"})


class _Line:
    __slots__ = ("ends", "lower", "starts", "surface", "text")

    def __init__(self, text: str):
        matches = list(_WORD.finditer(text))
        self.text = text
        self.surface = [match[0] for match in matches]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.lower = [word.lower().replace("’", "'") for word in self.surface]

    def breaks(self, index: int) -> bool:
        gap = self.text[self.ends[index - 1] : self.starts[index]]
        return gap not in ("", " ") and bool(_MARKS.search(gap))

    def phrase(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.ends[last - 1]]


def cited_in_french(paragraphs: list[str], name: Namer) -> list[Cited]:
    """The bodies cited, in order, each once; « le ministère » alone counts as the ministry named before."""
    found: list[Cited] = []
    for number, paragraph in enumerate(paragraphs):
        line = _Line(paragraph)
        for index, word in enumerate(line.lower):
            for first, last, phrase in _phrases(line, index, word):
                body = _body(line, first, last)
                if body is None:
                    continue
                start, end = body
                text = line.phrase(start, end)
                code, kind = name(text)
                if kind in _NEWS or _is_news(line, start, end) or _known_already(text, code, found):
                    break
                if len(found) < MOST:
                    found.append(Cited(text, code, phrase, _use(paragraph), "", number))
                break
    return found


def _phrases(line: _Line, index: int, word: str):
    """(first, last, the citing word) of the phrases that may hold who is cited, the likeliest first."""
    if word == "selon" or (word == "d'" and line.lower[index + 1 : index + 2] == ["après"]):
        first = index + (1 if word == "selon" else 2)
        yield first, _forward(line, first), "selon" if word == "selon" else "d'après"
        return
    if word == "auprès" or (word == "par" and index and line.lower[index - 1].rstrip("es") in _ISSUED):
        yield index + 1, _forward(line, index + 1), line.lower[index - 1] if word == "par" else word
        return
    told = word in _TOLD and _with_auxiliary(line, index)
    if told or (word in _TELLS and index):
        verb = told if told is not False else index
        after = index + 1
        while after < len(line.lower) and line.lower[after] in _BETWEEN and not line.breaks(after):
            after += 1
        inverted = index == verb or not verb or line.breaks(verb)
        if inverted and after < len(line.lower) and not line.breaks(after) and line.lower[after] in _ARTICLES:
            yield after, _forward(line, after), word
        first = _backward(line, verb) if verb else 0
        if verb and (not line.breaks(verb) or line.lower[first] in _ROLE):  # "Paul Martin, directeur de …, a dit"
            yield first, verb, word


_ISSUED = word_set("publié diffusé établi communiqué transmis")


def _with_auxiliary(line: _Line, index: int):
    """Where the verb begins (« a », « ont »); False if the participle stands without one."""
    at = index - 1
    while at >= 0 and index - at < 4 and (line.lower[at] in _BETWEEN) and not line.breaks(at + 1):
        at -= 1
    return at if at >= 0 and line.lower[at] in _HAVE and not line.breaks(at + 1) else False


def _forward(line: _Line, first: int) -> int:
    last, total = first, len(line.lower)
    while last < total and last - first < REACH:
        word = line.lower[last]
        if last > first and (line.breaks(last) or word in _STOPS or word in _HAVE or word in _TELLS):
            break
        if word in ("à", "au") and line.lower[last + 1 : last + 2] and line.lower[last + 1] in ("l'", "reuters", "afp"):
            break
        last += 1
    return last


def _backward(line: _Line, last: int) -> int:
    first = last - 1
    while first > 0 and last - first < REACH and not line.breaks(first) and line.lower[first - 1] not in _STOPS:
        first -= 1
    return first


def _body(line: _Line, first: int, last: int) -> tuple[int, int] | None:
    """Where the body stands in the phrase: from its head to the end of its name; nothing behind a person's name."""
    head = next((at for at in range(first, last) if _is_head(line, at)), None)
    if head is None:
        return None
    before = line.lower[first:head]
    if any(word not in _ARTICLES and word not in _OF and not _leads(word) for word in before):
        return None
    end = head + 1
    while end < last:
        word = line.lower[end]
        if word in _BETWEEN - {"de", "son", "leur"}:
            break
        if word in _NO_HEAD_AFTER and (end + 1 >= last or not line.surface[end + 1][0].isupper()):
            break
        end += 1
    while end > head + 1 and line.lower[end - 1] in _OF:
        end -= 1
    return head, end


def _leads(word: str) -> bool:
    """Words that stand between the beginning and the body: somebody's role, figures, a spokesman's adjective."""
    return word in _ROLE or word in _LEADING or word.endswith("ième")


_LEADING = word_set(
    "chiffres données bilan communiqué rapport statistiques source sources provisoire premier premiers dernier derniers"
    " nouveau nouvelle même adjoint adjointe général générale deux trois plusieurs estimations enquête étude"
)


def _is_head(line: _Line, at: int) -> bool:
    word, surface = line.lower[at], line.surface[at]
    if word in _HEADS or word.rstrip("s") in _HEADS:
        return (
            word not in ("maison", "quai", "force", "front", "garde")
            or surface[0].isupper()
            or at + 1 < len(line.lower)
        )
    return 3 <= len(surface) <= 6 and surface.isupper() and surface.isalpha()


def _is_news(line: _Line, start: int, end: int) -> bool:
    words = line.lower[start:end]
    return words[0] in _NEWS_HEADS and (len(words) == 1 or words[0] != "agence" or "presse" in words)


def _known_already(text: str, code: str, found: list[Cited]) -> bool:
    key = text.casefold().replace("’", "'")
    for earlier in found:
        theirs = earlier.text.casefold().replace("’", "'")
        if key == theirs or (code and code == earlier.known_code) or theirs.startswith(key + " "):
            return True
    return False


def _use(paragraph: str) -> str:
    if "communiqué" in paragraph:
        return "statement"
    if any(mark in paragraph for mark in '«"“'):
        return "quote"
    return "figure" if any(char.isdigit() for char in paragraph) else "report"
