"""Captions that stand together in a head: each line twice, or all of them and then all again."""

import re
from dataclasses import dataclass, field

from .body import reads_as_byline
from .captions import ends_in_credit, parse_caption
from .likeness import nearly, same, similar

_LONGEST_CAPTION = 1000
_MOST_CAPTIONS = 12  # so many in a row before they are repeated
_COPIES_OF_TWO = 4
_WIDGET = re.compile(r"T ?[Tt](?: ?\d{1,2})?|20")


@dataclass
class Run:
    """Captions that stand together, and where they end.

    ``copies`` counts each caption's lines, ``continued`` holds those that go on on the next line; a caption of which
    ``most`` says that the first head has so many copies has no more in the second.
    """

    captions: list[str] = field(default_factory=list)
    copies: dict[str, int] = field(default_factory=dict)
    continued: set[str] = field(default_factory=set)
    most: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    end: int = 0
    doubled: bool = False

    def is_full(self, caption: str) -> bool:
        """Whether all the copies of a caption that were to come have come: the next one is a paragraph."""
        return caption in self.most and self.copies.get(caption, 0) >= self.most[caption]


def is_widget(line: str) -> bool:
    """Whether the line is the text-size widget of the page: ``TT``, ``20``, ``TT 20``."""
    return len(line) <= 6 and _WIDGET.fullmatch(line) is not None


def whole_captions(first: Run, second: Run | None) -> list[str]:
    """The captions of a head, each as one line, and one that is there four times in both heads as two pictures'."""
    run = second if second is not None and second.captions else first
    if len(run.captions) == 1 and run.copies.get(run.captions[0], 0) < _COPIES_OF_TWO:
        return run.captions
    whole: list[str] = []
    goes_on = False
    for caption in run.captions:
        if goes_on or (whole and caption[0].islower() and not parse_caption(whole[-1]).credit_raw):
            whole[-1] += " " + caption
        else:
            whole.append(caption)
            if run is second and first.copies.get(caption) == run.copies.get(caption) == _COPIES_OF_TWO:
                whole.append(caption)
        goes_on = caption in first.continued or caption in run.continued
    return whole


class CaptionReader:
    """Takes captions from a story's lines; ``headline`` is told apart from them where it stands again."""

    def __init__(self, lines: list[str], headline: str):
        self.lines = lines
        self.headline = headline

    def take(self, run: Run, known: list[str], headline: str) -> bool:
        """Take the captions that begin at the end of the run; False if none does."""
        at = run.end
        line = self.lines[at]
        if len(line) > _LONGEST_CAPTION or is_widget(line) or (not known and same(line, headline)):
            return False
        if taken := next((caption for caption in run.captions if same(line, caption)), None):
            if run.is_full(taken):
                return False
            run.copies[taken] = run.copies.get(taken, 0) + 1
            run.lines += 1
            run.end += 1
            return True
        length = self.doubled_at(at)
        doubled = length > 0
        if not doubled:
            if run.captions and not run.is_full(run.captions[-1]) and self._is_other_copy(line, run):
                run.lines += 1
                run.end += 1
                return True
            if any(same(line, caption) for caption in known) or self._is_single_caption(at, run, known):
                length = 1
            else:
                return False
        block = self.lines[at : at + length]
        if (
            length > 1
            and not run.continued.issuperset(block[:-1])
            and not any(map(ends_in_credit, block[:-1]))
            and ends_in_credit(block[-1])
        ):
            run.continued.update(block[:-1])  # one caption on several lines
        for caption in block:
            self._add_caption(run, caption)
            run.copies[caption] = run.copies.get(caption, 0) + (2 if doubled else 1)
        run.doubled |= doubled
        run.lines += length * (2 if doubled else 1)
        run.end += length * (2 if doubled else 1)
        return True

    def _is_other_copy(self, line: str, run: Run) -> bool:
        """Whether the line is the caption above once more, with or without its credit, or with a word changed."""
        last, photo = run.captions[-1], parse_caption(run.captions[-1])
        if same(line, photo.caption):
            return True
        if not (nearly(line, last) and ends_in_credit(line)):
            return False
        if photo.credit and photo.credit != parse_caption(line).credit:
            return False
        if not photo.credit:
            run.captions[-1] = line
        return True

    def _add_caption(self, run: Run, caption: str) -> None:
        if any(same(caption, other) for other in run.captions):
            return
        photo = parse_caption(caption)
        if not photo.caption and run.captions and not parse_caption(run.captions[-1]).credit:
            run.captions[-1] += " " + caption  # the credit on a line of its own
            return
        for at, other in enumerate(run.captions):
            if same(parse_caption(other).caption, photo.caption) and not (photo.credit and parse_caption(other).credit):
                run.captions[at] = caption if photo.credit else other
                return
        run.captions.append(caption)

    def _is_single_caption(self, at: int, run: Run, known: list[str]) -> bool:
        """Whether a line that is not repeated is a caption: it resembles a known one, or it ends in a credit."""
        line = self.lines[at]
        if run.captions and not parse_caption(run.captions[-1]).credit and self._is_credit_alone(line):
            return True
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        if not known and below and nearly(line, below) and ends_in_credit(below):
            return True  # the two copies of one caption differ by a word
        if known:
            return any(
                similar(line, caption) and not any(same(caption, taken) for taken in run.captions) for caption in known
            )
        return not run.doubled and len(line) <= 400 and ends_in_credit(line) and not reads_as_byline(line)

    def _is_credit_alone(self, line: str) -> bool:
        return len(line) <= 80 and ends_in_credit(line) and not parse_caption(line).caption

    def doubled_at(self, at: int) -> int:
        """How many captions begin here as a block that is then repeated whole; 0 if none."""
        lines = self.lines
        most = min(_MOST_CAPTIONS, (len(lines) - at) // 2)
        for length in range(1, most + 1):
            if not same(lines[at], lines[at + length]):
                continue
            block = lines[at : at + length]
            if any(len(line) > _LONGEST_CAPTION or is_widget(line) or same(line, self.headline) for line in block):
                return 0
            if all(same(line, lines[at + length + offset]) for offset, line in enumerate(block)):
                return length
        return 0
