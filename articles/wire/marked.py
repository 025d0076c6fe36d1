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
not for (?:publication|broadcast|public release)\b
do not publish\b
(?:strictly )?embargoed (?:until|till|for|to)\b
embargo\s*:
mandatory (?:kill|correction)\b
(?:for )?internal use only\b
achtung\b\s*[:(!–—-]
achtung,? redaktion
hinweise? (?:an|für) (?:die )?redaktion
redaktionelle[rn]? hinweise?\b
nicht zur veröffentlichung\b
die folgenden informationen sind nicht zur veröffentlichung
nur zur (?:internen )?information der redaktion
sperrfrist\b\s*[:!]
ne pas (?:publier|diffuser)\b
à l['’](?:attention|usage) des? (?:rédact|clients|abonnés)
notes? (?:aux|à la) (?:rédact|clients|abonnés)
attention[,:]? rédact
sous embargo\b
no (?:publicar|difundir)\b
notas? (?:a|para) (?:los )?(?:editores|redactores|la redacción|redacciones|clientes|abonados)\b
atención[,:]? (?:editores|redacciones)\b
solo para uso interno\b
não publicar\b
notas? aos? editor(?:es)?\b
non pubblicare\b
note? (?:per i |ai |alle )?(?:redattori|redazioni)\b
yayınlamayın
editörlere not\b
не для публикации
ليس(?:ت)? للنشر
لا (?:يُ|ي)نشر
(?:غير|ليس) (?:قابل|صالح|مخصص) للنشر
للنشر الداخلي
محظور النشر
تنويه (?:إلى|الى) (?:السادة )?المحررين
ملاحظات? (?:للمحرر|إلى المحرر|الى المحرر|لهيئة التحرير)
(?:إلى|الى) (?:السادة )?المحررين
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
ملاحظات? (?:للمحررين|إلى المحررين|الى المحررين)
للمحررين
(?:غير|ليس) مخصص للنشر
"""
_NOTEBOOKS = r"""
(?:dpa[- ])?notizblock
reporter['’]s notebook \(internal\)
"""
_ROLES = """
ednote ed-note ednotes editorsnote editors-note editornote editor-note editorialnote editorial-note notebook notizblock
dpa-notebook internal not-for-publication notforpublication non-publishable nonpublishable nopublish no-publish
advisory editorial-instructions servicenote dpa-contact drol:ednote
"""


def _any_of(lines):
    return "|".join(f"(?:{line})" for line in lines.strip().split("\n"))


_NOTE = re.compile(rf"\W{{0,6}}(?:{_any_of(_NOTES)})", re.IGNORECASE)
_HEADING = re.compile(rf"\W{{0,6}}(?:{_any_of(_HEADINGS)})\W{{0,6}}", re.IGNORECASE)
_NOTEBOOK = re.compile(rf"\W{{0,6}}(?:{_any_of(_NOTEBOOKS)})\W{{0,6}}", re.IGNORECASE)
_MARKED = frozenset(_ROLES.split())
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
    return len(line) <= _LONGEST_NOTE and _NOTE.match(line) is not None
