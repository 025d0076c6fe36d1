"""What every standard format needs done to a body before it is a story: the sub-editor's first look.

Formats have fields for byline, dateline and notes, and copy has them in its paragraphs all the same. ``sub`` takes them
out of there as the raw-text parser does, so that one story is the same by whatever way it comes.
"""

import re
from dataclasses import replace

from articles.crediting.agencies import agency
from articles.crediting.names import are_persons
from articles.text import clean_line, direction, fold

from .blocks import Block, Marks
from .body import BULLET, without_bullet
from .bylines import byline_of
from .captions import parse_caption
from .dateline_parts import Dateline
from .datelines import own_line, run_in
from .furniture import is_bare_date, is_furniture
from .items import Paragraph, Standing, WireError, WireItem, WirePhoto
from .language import detect_language
from .marked import part, speaks_of_embargo
from .mojibake import repair
from .rich import Picture, Rich
from .sign_offs import is_last_word, is_sign_off, split_at_end
from .times import UnclearTime

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
_ISO_639_2 = {"eng": "en", "fra": "fr", "fre": "fr", "ara": "ar", "deu": "de", "ger": "de", "spa": "es", "ita": "it",
              "por": "pt", "rus": "ru", "tur": "tr", "fas": "fa", "per": "fa", "heb": "he", "zho": "zh", "chi": "zh",
              "nld": "nl", "dut": "nl", "swe": "sv", "nor": "no", "dan": "da", "pol": "pl", "urd": "ur"}  # fmt: skip
_BY = re.compile(r"(?:by|par|von|por|de|di|av|door|بقلم)\s*:?\s+(?=\S)", re.IGNORECASE)
_REGION = re.compile(r"([^()\d]{2,60}?)\s*\([^()]{2,40}\)(?=,?[^()]{0,30}\([^()]{2,30}\)\s*[-–—])")
_CROSSHEAD = re.compile(r"[-–—]\s?([^-–—].{0,78}?)\s?[-–—]")  # "- Reconstruction -"
_END_OF_AGENCY = re.compile(r"\(([^()]{2,30})\)[.\s]*[\w/.-]{0,14}")  # "(ANSA). COR-FA"
_CONTACTS = re.compile(r"\(\(.*\)\)\W*")  # "((Beirut newsroom; +961 …))": the desk's own telephone
_AGENCY_SLUG = re.compile(r"(?:dpa|apa|sda|afp|ats|belga|ansa|efe)(?:-\w+)?[: ]\s?[\w:/., -]{0,60}", re.IGNORECASE)
_HEADLESS = 120
_KICKER = 40


def sub(item: WireItem, body: Rich) -> None:
    """Fill the item's paragraphs, HTML, byline, dateline, sign-off, pictures and language from a body that was read.

    What is not for publication goes to the ``ednote``. Fields that the item has already are kept.
    """
    blocks, notes = part(body.blocks)
    if notes:
        item.ednote = "\n".join(dict.fromkeys(filter(None, [item.ednote, *notes])))
        item.warnings.append("not_for_publication: paragraphs for editors were taken out of the text.")
    blocks = [block for block in blocks if block.frame.kind == "hr" or any(map(str.isalnum, block.text))]
    _repair(item, blocks)
    _take_prelude(item, blocks)
    _take_tail(item, blocks)
    _take_repeats(item, blocks)
    for block in blocks:
        if block.frame.kind == "p" and (found := _CROSSHEAD.fullmatch(block.text)):
            block.runs, block.frame = [(found[1], Marks())], block.frame._replace(kind="h", level=2)
    while blocks and blocks[-1].frame.kind == "hr":
        blocks.pop()
    kept = Rich(blocks)
    item.paragraphs, item.html = kept.paragraphs, kept.html
    add_pictures(item, body.pictures)
    finish(item)


def finish(item: WireItem) -> None:
    """The last look, for an item with or without a body: language, headline, what of it nobody can see."""
    words = " ".join([item.headline, *(paragraph.text for paragraph in item.paragraphs[:4])])
    item.language = (language_of(item.language) or detect_language(words))[:8]
    item.provider = item.provider[:80]
    # What its provider calls an earlier version may have the same id.
    item.replaces = [one for one in dict.fromkeys(item.replaces) if one and one != item.provider_id]
    item.related = [one for one in dict.fromkeys(item.related) if one and one != item.provider_id]
    _heed(item)
    # Named once by code, whichever of two metadata sections said it first.
    subjects = {}
    for subject in item.subjects:
        subjects.setdefault(subject.code or subject.name, subject)
    item.subjects = list(subjects.values())
    item.direction = direction(item.language)
    if not item.headline and item.paragraphs:
        lead = item.paragraphs[0].text
        item.headline = lead if len(lead) <= _HEADLESS else lead[:_HEADLESS].rsplit(" ", 1)[0] + "…"
        item.warnings.append("no_headline: the item has no headline; the beginning of its text was taken.")


def _heed(item: WireItem) -> None:
    """Withhold an item whose notes speak of an embargo that no field gives the end of."""
    note = next((line for line in item.ednote.split("\n") if speaks_of_embargo(line)), "")
    if note and not item.embargo_until and item.standing == Standing.USABLE:
        item.standing = Standing.WITHHELD
        item.embargo_note = item.embargo_note or note[:200]
        item.warnings.append("embargo_in_words: a note speaks of an embargo; when it ends is for a person to read.")


def language_of(printed: str) -> str:
    """ISO 639-1 of a language tag ("en-US", "ARA", "fr_FR"); ISO 639-3 where there is none; "" for no tag."""
    found = _LANGUAGE.fullmatch(printed.strip())
    if not found or found[1].lower() in ("und", "mul", "zxx"):
        return ""
    return _ISO_639_2.get(found[1].lower(), found[1].lower())


def take_byline(item: WireItem, printed: str) -> None:
    """A byline as a field holds it: "By Nadia Haddad, Staff Reporter", "Nadia Haddad"."""
    printed = clean_line(printed)
    if item.byline or not printed:
        return
    if agency(printed):
        item.dateline_agency = item.dateline_agency or printed
        return
    if found := byline_of(printed):
        item.byline = found.byline
        item.dateline_agency = item.dateline_agency or found.agency
        item.dateline = item.dateline or found.place
        if item.byline:
            return
        if found.agency:
            return
    names = _BY.sub("", printed, count=1)
    first, comma, rest = names.partition(",")
    if comma and are_persons(first.strip()) and not are_persons(rest.strip()):  # "Erika Muster, Nordagentur"
        keep(item, "byline", rest)
        names = first.strip()
    item.byline = names[:200]


def take_dateline(item: WireItem, printed: str) -> None:
    """A dateline as a field holds it: "MOSCOW, Monday (Reuters)", "BEIRUT - "."""
    printed = clean_line(printed).rstrip(" -–—:")
    if not printed:
        return
    found = run_in(f"{printed} - X") or own_line(printed)
    place = found.place if found else ""
    if not place:
        first = re.split(r"[,(/]", printed, maxsplit=1)[0].strip()
        place = first.title() if first.isupper() else first
    item.dateline = item.dateline or place[:100]
    if found and found.agency:
        item.dateline_agency = item.dateline_agency or found.agency


def photo_of(picture: Picture, usage_terms: str = "") -> WirePhoto:
    """A picture that stood in a body, with the credit that its caption ends in."""
    photo = parse_caption(clean_line(picture.caption)) if picture.caption else WirePhoto("")
    photo.file, photo.alt_text, photo.usage_terms = picture.address, picture.alt_text, usage_terms
    if picture.credit and not photo.credit:
        take_credit(photo, picture.credit)
    return photo


def take_credit(photo: WirePhoto, printed: str) -> None:
    """A credit line as a field holds it, read as one under a picture is."""
    printed = clean_line(printed)
    if not printed:
        return
    read = parse_caption(f"A caption. ({printed})")
    photo.credit_raw = photo.credit_raw or printed
    if read.credit_raw:
        photo.credit = photo.credit or read.credit
        photo.photographer = photo.photographer or read.photographer
        photo.is_file_photo = photo.is_file_photo or read.is_file_photo
    else:
        photo.credit = photo.credit or printed


def add_pictures(item: WireItem, pictures: list[Picture]) -> None:
    """The pictures that stood in a body, those that the item has already left out; players are kept by address."""
    known = {photo.file for photo in item.photos if photo.file}
    captions = {fold(photo.caption) for photo in item.photos if photo.caption}
    for picture in pictures:
        if picture.kind == "player":
            if picture.address:
                keep(item, "player", picture.address)
        elif picture.address not in known and (picture.address or picture.caption):
            photo = photo_of(picture)
            # The same one may stand there in another size.
            if not captions or fold(photo.caption or photo.alt_text) not in captions:
                item.photos.append(photo)
            known.add(picture.address)


def keep(item: WireItem, where: str, words: str) -> None:
    """Keep what no field holds, under where it stood; several things that stood there, one a line."""
    words = clean_line(words)[:2000]
    before = item.unmapped.get(where, "")
    if words and len(item.unmapped) < 200 and words not in before.split("\n") and len(before) < 20_000:
        item.unmapped[where] = f"{before}\n{words}".strip()


def checked(item: WireItem, read) -> WireItem | WireError:
    """The item as ``read`` fills it, or the error that it is instead."""
    where = (item.raw, item.story, item.line)
    try:
        read()
    except UnclearTime as error:
        return WireError("embargo_unclear", f"It cannot be told when this item may be published: {error}", *where)
    if item.standing != Standing.USABLE:
        return item
    if not item.paragraphs:
        return WireError("missing_body", "The item has no text.", *where)
    return item


# --- what stands in the paragraphs and belongs elsewhere ----------------------------------------------------------


def _repair(item, blocks):
    """Put right what a wrong encoding changed before the item was written."""
    repaired = damaged = False
    for block in blocks:
        for at, (run, marks) in enumerate(block.runs):
            sound, changed, left = repair(run)
            if changed:
                block.runs[at] = (sound, marks)
            repaired, damaged = repaired or changed, damaged or left
    sound, changed, _ = repair(item.headline)
    item.headline, repaired = sound, repaired or changed
    if repaired:
        item.warnings.append(
            "mojibake_repaired: characters that a wrong encoding had changed were put right; please check."
        )
    if damaged:
        item.warnings.append("mojibake_suspected: some characters look damaged and could not be put right.")


def _take_prelude(item, blocks):
    while len(blocks) > 1:
        block = blocks[0]
        line = block.text
        if fold(line) == fold(item.headline) or (block.frame.level == 1 and not item.headline):
            item.headline = item.headline or line
        elif block.frame.kind == "hr" or (is_furniture(line) and not is_bare_date(line)):
            keep(item, "left out", line)
        elif (found := _byline(item, line)) is not None:
            item.byline = item.byline or found.byline
            item.dateline = item.dateline or found.place
            item.dateline_agency = item.dateline_agency or found.agency
        elif BULLET.match(line) and blocks[0].frame.kind == "p":
            item.summary.append(without_bullet(line))
        elif blocks[0].frame.kind == "p" and _is_kicker(line, blocks[1].text):
            keep(item, "kicker", line)
        else:
            break
        del blocks[0]
    if blocks and blocks[0].frame.kind != "h" and (found := _dateline(blocks[0].text)) and _cut(blocks[0], found.text):
        item.dateline = item.dateline or found.place
        item.dateline_agency = item.dateline_agency or found.agency
        item.byline = item.byline or found.byline


def _dateline(line) -> Dateline | None:
    """The dateline that a paragraph begins with, and the rest of it, as agencies other than Reuters print it too."""
    if region := _REGION.match(line):  # "Tartous (Syrie), 1 mars 2026 (AFP) - "
        line = region[1] + line[region.end() :]
    found = run_in(line)
    rest = found.text.lstrip("_ ") if found else ""  # "BEIRUT (AP) _ "
    return replace(found, text=rest) if rest else None


def _is_kicker(line, following):
    """Whether a line above the story is a label: "Försvar TT", "Update 2"."""
    is_above = len(following) > 2 * _KICKER or BULLET.match(following)
    return bool(is_above) and len(line) <= _KICKER and line[-1].isalnum()


def _byline(item, line) -> Dateline | None:
    """What a line above the story says of who wrote it, and where; None if it is the story's own."""
    if len(line) > 140:
        return None
    if item.byline and fold(line.rstrip(".")) in (fold(item.byline), f"by {fold(item.byline)}"):
        return Dateline()
    return byline_of(line) or own_line(line)


def _cut(block: Block, rest: str) -> bool:
    """Leave of the block only its end, which reads ``rest``; whether that was found."""
    words = "".join(run for run, _ in block.runs)
    wanted = rest[:200]
    for at in range(max(0, len(words) - len(rest) - 40), len(words)):
        if clean_line(words[at : at + 400])[: len(wanted)] == wanted and not words[at].isspace():
            break
        if at > 400:
            return False
    else:
        return False
    runs: list[tuple[str, Marks]] = []
    for run, marks in block.runs:
        kept = run[at:] if at < len(run) else ""
        at = max(0, at - len(run))
        if kept:
            runs.append((kept, marks))
    block.runs = runs
    return True


def _take_tail(item, blocks):
    signed = []
    while len(blocks) > 1:
        line = blocks[-1].text
        if blocks[-1].frame.kind == "hr" or (is_furniture(line) and not is_bare_date(line)):
            keep(item, "left out", line)
        elif is_sign_off(line) or is_last_word(line) or _CONTACTS.fullmatch(line) or _is_slug(line):
            signed.insert(0, line)
        else:
            break
        blocks.pop()
    if blocks:
        kept, sign_off = split_at_end(blocks[-1].text)
        if sign_off and kept and (cut := _cut_end(blocks[-1], sign_off)):
            signed.insert(0, cut)
    item.sign_off = "\n".join(filter(None, [item.sign_off, *signed]))


def _is_slug(line):
    if (ended := _END_OF_AGENCY.fullmatch(line)) and agency(ended[1]):
        return True
    return len(line) <= 60 and any(map(str.isdigit, line)) and _AGENCY_SLUG.fullmatch(line) is not None


def _cut_end(block, sign_off):
    """Take a sign-off off the end of the block; what was taken, "" if it does not stand there as one piece."""
    opening, length = sign_off[:20], 0
    for at, (run, marks) in enumerate(block.runs):
        begins = run.rfind(opening)
        if begins >= 0 and clean_line("".join([run[begins:], *(r for r, _ in block.runs[at + 1 :])])) == sign_off:
            block.runs = [*block.runs[:at], (run[:begins].rstrip(), marks)] if begins else block.runs[:at]
            return sign_off
        length += len(run)
    return ""


def _take_repeats(item, blocks):
    """A lead printed twice, and a standfirst that is the lead again."""
    lead = fold(blocks[0].text) if blocks else ""
    if lead and len(blocks) > 1 and fold(blocks[1].text) == lead and blocks[0].frame.kind != "li":
        del blocks[1]
    standfirst = fold(item.standfirst)
    if standfirst and (lead.startswith(standfirst) or standfirst == fold(item.headline)):
        item.standfirst = ""
    item.summary = [line for line in item.summary if fold(line) != lead]


def paragraphs_of(words: str) -> list[Paragraph]:
    """Plain words as paragraphs: a caption that stands for a story."""
    return [Paragraph(line) for part in words.split("\n") if (line := clean_line(part))]
