"""Parts of agency copy that are for editors and not for readers, by their words and by how they are marked up.

In whatever language: dpa's "Achtung:" and "--- Notizblock ---", "NE PAS PUBLIER", "ATTENTION EDITORS", "NO PUBLICAR",
"ليس للنشر". A heading of that kind covers what stands under it, to the next heading or rule; a notebook to the end.
"""

import re

from .blocks import Block

# A paragraph that begins so is for editors.
_NOTES = r"""
(?:attention|notes? to|advisory (?:to|for)|message to)\W{0,3}\s?(?:the )?(?:news ?)?(?:editors?|desks?)\b
(?:attention|notes? to|advisory (?:to|for)|message to)\W{0,3}\s?(?:the )?(?:subscribers|clients)\b
(?:for|to) (?:the )?editors?(?: only)?\s*[:–—]
editor(?:s|['’]s|s['’])? notes?\b\s*[:(–—-]
eds?\s*[:–—]
editors\s*[:–—]
embargo\s*:
mandatory (?:kill|correction)\b
(?:for )?internal use only\b
achtung\b\s*[:(!–—-]
achtung,? redaktion
hinweise? (?:an|für) (?:die )?redaktion
redaktionelle[rn]? hinweise?\b
die folgenden informationen sind nicht zur veröffentlichung
nur zur (?:internen )?information der redaktion
sperrfrist\b\s*[:!]
à l['’](?:attention|usage) des? (?:rédact|clients|abonnés)
notes? (?:aux|à la) (?:rédact|clients|abonnés)
attention[,:]? rédact
attention\s*[-–—:]\s*(?:ajoute|actualise|corrige|précise|version|avec|photos?|vidéos?)\b
sous embargo\b
notas? (?:a|para) (?:los )?(?:editores|redactores|la redacción|redacciones|clientes|abonados)\b
atención[,:]? (?:editores|redacciones)\b
solo para uso interno\b
notas? aos? editor(?:es)?\b
note? (?:per i |ai |alle )?(?:redattori|redazioni)\b
editörlere not\b
للنشر الداخلي
تنويه (?:إلى|الى) (?:السادة )?المحررين
ملاحظ(?:ة|ات) (?:للمحرر|إلى المحرر|الى المحرر|لهيئة التحرير)
(?:إلى|الى) (?:السادة )?المحررين
"""
# So do these, where punctuation follows or where they are shouted: "Ne pas publier ces chiffres serait …" is prose.
_ORDERS = r"""
(?:strictly )?(?:not for|no) (?:publication|broadcast|public release)
do not (?:publish|use|broadcast)
(?:strictly )?embargoed(?: (?:until|till|for|to)\b[^.!?]{0,80})?
nicht zur veröffentlichung(?: bestimmt)?
ne pas (?:publier|diffuser)
no (?:publicar|difundir)
não publicar
non pubblicare
yayınlamayın
не для публикации
ليس(?:ت)? للنشر
لا (?:يُ|ي)نشر
(?:غير|ليس) (?:قابل|صالح|مخصص) للنشر
محظور النشر
"""
# A line that opens a part of that kind: nothing else stands in it.
_HEADINGS = r"""
redaktionelle[rn]? hinweise?
(?:dpa[- ])?(?:kontakte?|ansprechpartner(?:innen)?)(?: für redaktionen)?
editorial (?:notes?|information)
notes? (?:to|for) (?:the )?editors?
editors?['’]? notes?
(?:for )?editors(?: only)?
not for publication
advisory
ne pas publier
notes? (?:aux|à la) rédactions?
à l['’](?:attention|usage) des rédactions?
no publicar
notas? (?:a los|para los|para la) (?:editores|redacción)
non pubblicare
não publicar
ليس للنشر
ملاحظ(?:ة|ات) (?:للمحررين|إلى المحررين|الى المحررين)
للمحررين
(?:غير|ليس) مخصص للنشر
"""
_NOTEBOOKS = r"""
(?:dpa[- ])?notizblock
reporter['’]s notebook \(internal\)
"""
_ROLES = """
ednote ed-note ednotes editorsnote editors-note editornote editor-note editorialnote editorial-note notebook notizblock
dpa-notebook notepad nonpublic non-public internal not-for-publication notforpublication non-publishable
nonpublishable nopublish no-publish advisory editorial-instructions servicenote dpa-contact drol:ednote
"""


def _any_of(lines):
    return "|".join(f"(?:{line})" for line in lines.strip().split("\n"))


_NOTE = re.compile(rf"\W{{0,6}}(?:{_any_of(_NOTES)})", re.IGNORECASE)
_ORDER = re.compile(
    rf"\W{{0,6}}(?:{_any_of(_ORDERS)})(?P<end>\W{{0,3}}$|\s?[:.!)\]–—]|\s-\s)?",
    re.IGNORECASE,
)
_HEADING = re.compile(rf"\W{{0,6}}(?:{_any_of(_HEADINGS)})\W{{0,6}}", re.IGNORECASE)
_NOTEBOOK = re.compile(rf"\W{{0,6}}(?:{_any_of(_NOTEBOOKS)})\W{{0,6}}", re.IGNORECASE)
_MARKED = frozenset(_ROLES.split())
_EMBARGO = re.compile(
    r"\bembargoed\b|\bsperrfrist\b|\bsous embargo\b|\bembargo\s*[:(]"
    r"|\bembargo (?:until|till|jusqu|hasta|bis|fino|até)\b"
    r"|محظور (?:النشر|نشره) (?:حتى|قبل)",
    re.IGNORECASE,
)
_LIFTED = re.compile(r"\b(?:lifted|expired|no longer|aufgehoben|levé|levantado|revocato)\b", re.IGNORECASE)
# Stock exchange codes, and what an agency changed ("… ///").
_CODES = re.compile(r"(?:<org\b[^<>]{0,80}>[^<>]{0,80}</org>\s*)+|.{0,200}\s?///")
_LONGEST_NOTE, _LONGEST_HEADING = 1_200, 80


def part(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """The blocks that readers may see, and the words of the others in order."""
    kept, notes = [], []
    covered = to_the_end = False
    for block in blocks:
        kind, line = block.frame.kind, block.text
        opens = len(line) <= _LONGEST_HEADING and _HEADING.fullmatch(line) is not None
        to_the_end = to_the_end or (len(line) <= _LONGEST_HEADING and _NOTEBOOK.fullmatch(line) is not None)
        if kind in ("hr", "h"):
            covered = False
        covered = covered or opens
        if to_the_end or covered or is_marked(block):
            notes.append(line)
        else:
            kept.append(block)
    return kept, [note for note in notes if note]


def is_marked(block: Block) -> bool:
    """Whether this one block is marked as not for readers."""
    if block.frame.roles and not block.frame.roles.isdisjoint(_MARKED):
        return True
    line = block.text
    return len(line) <= _LONGEST_NOTE and any((_NOTE.match(line), _is_order(line), _CODES.fullmatch(line)))


def _is_order(line):
    found = _ORDER.match(line)
    return found is not None and (found["end"] is not None or found[0].isupper())


def speaks_of_embargo(note: str) -> bool:
    """Whether a note to editors says that the item is under an embargo."""
    return _EMBARGO.search(note) is not None and _LIFTED.search(note) is None
