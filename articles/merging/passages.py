"""A story's text as passages, and what two people did to it put together.

A passage is a top-level block of the body: a paragraph, a crosshead, a list, a quotation. Each side's passages are
aligned with the ancestor's, and the text is then cut where both sides kept a passage in its place, as diff3 does
(Khanna, Kunal and Pierce, “A Formal Investigation of Diff3”, 2007). Other than there, a passage that was moved is
known again, so that one may move what the other edits.
"""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

from articles import text

_BLOCKS = {"p", "h2", "h3", "blockquote", "ul", "ol", "hr"}
_VOID = {"br", "hr"}
# Less in common than this, and a passage is another one, not the same one edited.
_ALIKE = 0.4
# More pairs than this in one stretch, and nobody edited it: it was written anew.
_MOST_PAIRS = 10_000
# Shorter than this, the same words at another place say nothing: “* * *”, “Read more”.
_MOVABLE = 20


class _Cutter(HTMLParser):
    """Collects the source of each top-level block; what stands between blocks becomes a paragraph."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        # Pieces, put together only once: text with many entities would take the square of its length.
        self.depth, self.blocks, self.loose, self.read = 0, [], [], []
        self.block = []

    def _take(self, source):
        self.read.append(source)
        (self.block if self.block else self.loose).append(source)

    def _end_loose(self):
        if loose := "".join(self.loose).strip():
            self.blocks.append(f"<p>{loose}</p>")
        self.loose = []

    def handle_starttag(self, tag, attrs):
        source = self.get_starttag_text()
        if not self.block and tag in _BLOCKS:
            self._end_loose()
            self.block, self.depth = [source], 0
            self.read.append(source)
            if tag in _VOID:
                self._end_block()
            else:
                self.depth = 1
            return
        self._take(source)
        if self.block and tag not in _VOID:
            self.depth += 1

    def handle_endtag(self, tag):
        self._take(f"</{tag}>")
        if self.block:
            self.depth -= 1
            if self.depth == 0:
                self._end_block()

    def _end_block(self):
        self.blocks.append("".join(self.block))
        self.block = []

    def handle_data(self, data):
        self._take(data)

    def handle_entityref(self, name):
        self._take(f"&{name};")

    def handle_charref(self, name):
        self._take(f"&#{name};")

    def cut(self, markup):
        self.feed(markup)
        self.close()
        self._end_loose()
        return self.blocks if "".join(self.read) == markup and not self.block else [markup]


def cut(markup: str) -> list[str]:
    """The top-level blocks of sanitised HTML, in order, each as it was written.

    Words outside of any block become a paragraph. What cannot be read without loss stays one single block.
    """
    return _Cutter().cut(markup) if markup.strip() else []


def join(blocks) -> str:
    """The text that these passages make."""
    return "".join(blocks)


@dataclass(frozen=True)
class Stretch:
    """A run of passages as the ancestor, this editor and the other have it.

    ``merged`` is what the two make together, or None where they overlap. ``came`` counts the passages that differ from
    the ancestor's because of the other editor alone.
    """

    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    merged: tuple[str, ...] | None
    came: int = 0


def merge(base: list[str], mine: list[str], theirs: list[str]) -> list[Stretch]:
    """What two people made of the same passages, as stretches in order. Knows nothing of mark-up."""
    one, other = _Side(base, mine), _Side(base, theirs)
    anchors = sorted(one.at.keys() & other.at.keys())
    disputed = _follow_moves(base, one, other, anchors)
    stretches = []
    b = m = t = 0
    for anchor in [*anchors, None]:
        b_end, m_end, t_end = (
            (len(base), len(mine), len(theirs)) if anchor is None else (anchor, one.at[anchor], other.at[anchor])
        )
        if b < b_end or m < m_end or t < t_end:
            stretches.append(
                _settle(
                    base[b:b_end],
                    one.blocks[m:m_end],
                    other.blocks[t:t_end],
                    forced=bool(disputed[0] & {*range(m, m_end)} or disputed[1] & {*range(t, t_end)}),
                    # A passage that they moved is counted where it went, and one that was moved to, not at all.
                    fewer=sum(original in other.moved for original in range(b, b_end)),
                    more=len(one.carried & {*range(m, m_end)}),
                )
            )
        if anchor is not None:
            stretches.append(_settle([base[anchor]], [one.blocks[m_end]], [other.blocks[t_end]]))
            b, m, t = b_end + 1, m_end + 1, t_end + 1
    return stretches


def compare(mine: list[str], theirs: list[str]) -> list[Stretch]:
    """Two texts without a known ancestor: whatever differs overlaps."""
    stretches = []
    matcher = SequenceMatcher(None, [_key(one) for one in theirs], [_key(one) for one in mine], autojunk=False)
    for tag, t1, t2, m1, m2 in matcher.get_opcodes():
        merged = tuple(theirs[t1:t2]) if tag == "equal" else None
        stretches.append(Stretch((), tuple(mine[m1:m2]), tuple(theirs[t1:t2]), merged))
    return stretches


def _key(block):
    """What makes two blocks the same: everything but how white space is set."""
    return " ".join(block.split())


def _same(one, other):
    return [_key(block) for block in one] == [_key(block) for block in other]


def _settle(base, mine, theirs, *, forced=False, fewer=0, more=0):
    merged, came = None, 0
    if _same(mine, theirs):
        merged = theirs
    elif forced:
        pass
    elif _same(mine, base):
        merged = theirs
        was, now = Counter(map(_key, base)), Counter(map(_key, theirs))
        came = max((was - now).total() - fewer, (now - was).total())
    elif _same(theirs, base):
        merged, came = mine, more
    return Stretch(tuple(base), tuple(mine), tuple(theirs), None if merged is None else tuple(merged), came)


def _follow_moves(base, one, other, anchors):
    """Carry the edits of one to where the other has moved the passage.

    Gives the places on both sides of moved passages that the other moved elsewhere or took out: only an editor can say
    where those belong.
    """
    disputed = (set(), set())
    for side, opposite, of_side in ((one, other, disputed[0]), (other, one, disputed[1])):
        for original, place in side.moved.items():
            if original in opposite.at:
                edited = opposite.at[original]
                if not _same([opposite.blocks[edited]], [base[original]]):
                    side.blocks[place] = opposite.blocks[edited]
                    side.carried.add(place)
                opposite.blocks[edited] = base[original]
                continue
            elsewhere = opposite.moved.get(original)
            if elsewhere is None or side.stretch_of(place, anchors) != opposite.stretch_of(elsewhere, anchors):
                of_side.add(place)
    return disputed


class _Side:
    """One editor's passages beside the ancestor's.

    ``at`` says where each of the ancestor's passages stands that was kept in its place, edited or not; ``moved`` those
    that stand elsewhere, word for word; the ancestor's others were taken out. ``carried`` are the places that got the
    other editor's wording.
    """

    def __init__(self, base, side):
        self.blocks = list(side)
        self.carried: set[int] = set()
        self.at: dict[int, int] = {}
        self.moved: dict[int, int] = {}
        old, new = [_key(block) for block in base], [_key(block) for block in side]
        gaps = []
        b = s = 0
        for b_start, s_start, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            gaps.append((range(b, b_start), range(s, s_start)))
            self.at |= {b_start + n: s_start + n for n in range(size)}
            b, s = b_start + size, s_start + size
        self._find_moved(old, new, gaps)
        gone, put_elsewhere = set(self.moved), set(self.moved.values())
        for of_base, of_side in gaps:
            self._pair_edited(
                old, new, [n for n in of_base if n not in gone], [n for n in of_side if n not in put_elsewhere]
            )

    def _find_moved(self, old, new, gaps):
        left = [n for of_base, _ in gaps for n in of_base]
        come = [n for _, of_side in gaps for n in of_side]
        once_left, once_come = Counter(old[n] for n in left), Counter(new[n] for n in come)
        places = {new[n]: n for n in come}
        for n in left:
            key = old[n]
            if len(key) >= _MOVABLE and once_left[key] == 1 and once_come[key] == 1:
                self.moved[n] = places[key]

    def _pair_edited(self, old, new, of_base, of_side):
        """Pair passages of one gap that are the same one edited: in order, the most words in common in all."""
        if len(of_base) == 1 and len(of_side) == 1:
            self.at[of_base[0]] = of_side[0]
            return
        if not of_base or not of_side or len(of_base) * len(of_side) > _MOST_PAIRS:
            return
        words = {
            name: [Counter(text.plain(keys[n]).split()) for n in numbers]
            for name, keys, numbers in (("old", old, of_base), ("new", new, of_side))
        }
        rows, columns = len(of_base), len(of_side)
        best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
        likeness = [[_likeness(a, b) for b in words["new"]] for a in words["old"]]
        for i in reversed(range(rows)):
            for j in reversed(range(columns)):
                pair = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] >= _ALIKE else 0.0
                best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
        i = j = 0
        while i < rows and j < columns:
            if best[i][j] == best[i + 1][j]:
                i += 1
            elif best[i][j] == best[i][j + 1]:
                j += 1
            else:
                self.at[of_base[i]] = of_side[j]
                i, j = i + 1, j + 1

    def stretch_of(self, place, anchors):
        """The number of the stretch between anchors in which that passage stands."""
        return sum(self.at[anchor] < place for anchor in anchors)


def _likeness(one, other):
    """Words in common, from 0 to 1 (Dice's coefficient)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
