"""The text of a WordPress post as it is exported -> markup: its shortcodes, its blocks, its paragraphs without tags.

https://codex.wordpress.org/Shortcode and, for paragraphs, wpautop().
"""

import html
import re

_BLOCKS = "p|div|h[1-6]|ul|ol|li|dl|blockquote|table|figure|pre|hr|section|article|aside|header|footer|details|iframe"
_BEGINS_BLOCK = re.compile(rf"\s*(?:</?(?:{_BLOCKS})\b|<!--)", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_OPENING = re.compile(r"\[(?:wp_)?caption\b([^\[\]]{0,2000})\]")
_CLOSING = re.compile(r"\[/(?:wp_)?caption\]")
_IMAGE = re.compile(r"\s*((?:<a\b[^<>]{0,2000}>)?\s*<img\b[^<>]{0,4000}>\s*(?:</a>)?)", re.IGNORECASE)
_EMBED = re.compile(r"\[embed\b[^\[\]]{0,300}\]\s*(https?://[^\s\[\]<>\"]{1,500})\s*\[/embed\]")
_GALLERY = re.compile(r"\[gallery\b([^\[\]]{0,2000})\]")
_BLOCK_NUMBERS = re.compile(r"<!--\s*wp:(?:image|gallery|cover|media-text)\s+(\{[^<>\n]{0,4000}\})\s*/?-->")
_NUMBER = re.compile(r'"(?:id|mediaId)"\s*:\s*(\d{1,12})')
_NUMBERS = re.compile(r'"ids"\s*:\s*\[([\d,\s"]{0,2000})\]')
_ATTRIBUTE = re.compile(r"""([\w-]{1,40})\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})')""")
# Of anybody's: [vc_row el_class="x"], [/vc_row], [contact-form-7 id="1"]; "[sic]" and "[he said]" are words.
_VALUE = r"(?:\"[^\"\[\]]{0,1000}\"|'[^'\[\]]{0,1000}'|[^\s\"'\[\]]{1,200})"
_OTHER = re.compile(rf"\[(?:/[a-z][\w-]{{1,40}}|[a-z][\w-]{{1,40}}(?:\s+[\w-]{{1,40}}={_VALUE})+\s*/?)\]")


def read_shortcodes(words: str) -> tuple[str, list[str]]:
    """The text as markup, and the numbers of the attachments that it names, in order."""
    numbers = _attachments(words)
    words = _captions(words)
    words = _EMBED.sub(lambda found: f'\n\n<p><a href="{found[1]}">{html.escape(found[1])}</a></p>\n\n', words)
    words = _OTHER.sub("", _GALLERY.sub("", words))
    return _paragraphs(words), numbers


def _attachments(words):
    numbers = []
    for found in _GALLERY.finditer(words):
        numbers += re.findall(r"\d{1,12}", _attributes(found[1]).get("ids", ""))
    for found in _BLOCK_NUMBERS.finditer(words):
        numbers += _NUMBER.findall(found[1])
        for several in _NUMBERS.findall(found[1]):
            numbers += re.findall(r"\d{1,12}", several)
    return list(dict.fromkeys(numbers))


def _attributes(words):
    return {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(words)}


def _captions(words):
    parts, at = [], 0
    for opening in _OPENING.finditer(words):
        if opening.start() < at:
            continue
        closing = _CLOSING.search(words, opening.end())
        if closing is None:
            break
        parts += [words[at : opening.start()], _figure(opening[1], words[opening.end() : closing.start()])]
        at = closing.end()
    return "".join(parts) + words[at:]


def _figure(attributes, inner):
    """A picture with its caption: since WordPress 3.4 behind the picture, before that in an attribute."""
    picture = _IMAGE.match(inner)
    image, behind = (picture[1], inner[picture.end() :]) if picture else ("", inner)
    caption = behind.strip() or _attributes(attributes).get("caption", "")
    return f"\n\n<figure>{image}<figcaption>{caption}</figcaption></figure>\n\n"


def _paragraphs(words):
    if "<!-- wp:" in words:
        return words  # the block editor writes every paragraph's tags
    parts = []
    for part in _BLANK_LINES.split(words.replace("\r\n", "\n").replace("\r", "\n")):
        if part.strip():
            parts.append(part if _BEGINS_BLOCK.match(part) else f"<p>{part.strip().replace(chr(10), '<br>')}</p>")
    return "\n".join(parts)
