"""The head of a story: headline, captions (each twice), TT, and both again.

Whatever is repeated is head, whatever is not is body. Where the two heads differ the second one wins.
"""

from dataclasses import dataclass, field

from .body import BULLET, reads_as_byline
from .caption_runs import CaptionReader, Run, is_widget, whole_captions
from .furniture import is_furniture
from .likeness import key, same, similar

LONGEST_HEADLINE = 300
LONGEST_HEAD = 60  # lines of one of the two heads


@dataclass
class Head:
    """``body`` is the index of the first line after the head; ``whole`` says that nothing of the head seems missing."""

    headline: str = ""
    captions: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    bylines: list[str] = field(default_factory=list)
    body: int = 0
    doubled: bool = False
    whole: bool = False
    differs: bool = False


def could_be_headline(line: str) -> bool:
    """Whether the line has a headline's shape: not long, no end of a sentence."""
    return (
        3 <= len(line) <= LONGEST_HEADLINE
        and not line.endswith((".", ",", "،", ":", ";", '."', ".”"))
        and not BULLET.match(line)
    )


def _all_same(captions: list[str], others: list[str]) -> bool:
    return captions == others or [*map(key, captions)] == [*map(key, others)]


class _Reader:
    def __init__(self, lines: list[str], start: int):
        self.lines = lines
        self.n = len(lines)
        self.start = start
        self.head = Head()

    def read(self) -> Head:
        at = self.start
        while at < self.n - 1 and (is_widget(self.lines[at]) or self._is_junk_above(at)):
            at += 1
        self.start = at
        head = self.head
        head.headline = self.lines[at]
        self.captions = CaptionReader(self.lines, head.headline)
        first, second = self._first_head(at + 1)
        if second is None:
            head.captions, head.body = whole_captions(first, None), first.end
            return head
        head.doubled = True
        head.headline = self.lines[second]
        again = self._second_head(second + 1, first)
        head.captions = whole_captions(first, again)
        head.body = again.end
        cut = len(head.headline) < len(self.lines[at]) and self.lines[at].startswith(head.headline)
        head.whole = again.lines >= first.lines and not cut
        head.differs = not same(head.headline, self.lines[at]) or not _all_same(
            again.captions or first.captions, first.captions
        )
        return head

    def _is_junk_above(self, at: int) -> bool:
        line = self.lines[at]
        return line not in self.lines[at + 1 : at + LONGEST_HEAD] and is_furniture(line)

    # The first head ------------------------------------------------------------------------------------------------

    def _first_head(self, at: int) -> tuple[Run, int | None]:
        """Captions of the first head, and the line of the second headline (None: there is only one head)."""
        headline, lines = self.lines[self.start], self.lines
        run = Run(end=at)
        widget = False
        limit = min(self.n, at + LONGEST_HEAD)
        while run.end < limit:
            at = run.end
            line = lines[at]
            if is_widget(line):
                widget = True
                run.end += 1
            elif same(line, headline):
                if widget:
                    return run, at
                second = self._same_again(at, run)
                if second is not None:
                    return run, second
            elif self.captions.take(run, [], headline):
                continue
            elif widget and self._is_second_headline(at, headline, run.captions):
                return run, at
            elif (second := self._headline_after_widget(at, headline)) is not None:
                self._take_unmarked(run, at, second)
                return run, second
            elif not widget and run.captions and self._captions_repeat(at, run.captions) and could_be_headline(line):
                return run, at
            elif not self._skip(run):
                break
        return run, None

    def _same_again(self, at: int, run: Run) -> int | None:
        """The headline stands again without a widget before: a second head, or a caption that equals it."""
        headline, end = self.lines[self.start], at
        while end < self.n and same(self.lines[end], headline):
            end += 1
        times = end - at
        if end < self.n and is_widget(self.lines[end]):
            second = None
        elif run.captions or times == 1:
            return at
        elif times == 2:
            second = None
        else:  # headline, caption (twice), headline, caption (twice)
            second = at + (1 if times == 3 else 2)
        run.captions.append(headline)
        run.lines += (end if second is None else second) - at
        run.end = end
        return second

    def _headline_after_widget(self, at: int, headline: str) -> int | None:
        """The line of the second headline, if a widget and then the same headline stand close below."""
        for widget in range(at, min(self.n, at + LONGEST_HEAD)):
            if is_widget(self.lines[widget]):
                below = widget + 1
                while below < self.n and (is_widget(self.lines[below]) or is_furniture(self.lines[below])):
                    below += 1
                return below if below < self.n and same(self.lines[below], headline) else None
        return None

    def _take_unmarked(self, run: Run, at: int, second: int) -> None:
        """All that stands between the headline and the widget is head, marked or not."""
        for line in self.lines[at:second]:
            if is_widget(line) or is_furniture(line):
                continue
            run.lines += 1
            if BULLET.match(line):
                self._add_summary(line)
            elif reads_as_byline(line):
                self.head.bylines.append(line)
            elif not any(same(line, caption) for caption in run.captions):
                run.captions.append(line)

    def _is_second_headline(self, at: int, headline: str, captions: list[str]) -> bool:
        """Whether the line after a widget is the headline again, in other words."""
        line = self.lines[at]
        if reads_as_byline(line) or BULLET.match(line) or is_furniture(line) or len(line) > LONGEST_HEADLINE:
            return False
        if similar(line, headline) or headline.startswith(line):
            return True
        if captions and self._captions_repeat(at, captions):
            return True
        if self.captions.doubled_at(at + 1):
            return True
        return (
            could_be_headline(line)
            and len(line.split()) >= 3
            and at + 1 < self.n
            and len(self.lines[at + 1]) > len(line)
        )

    def _captions_repeat(self, at: int, captions: list[str]) -> bool:
        below = self.lines[at + 1] if at + 1 < self.n else ""
        return any(same(below, caption) or similar(below, caption) for caption in captions)

    # The second head -----------------------------------------------------------------------------------------------

    def _second_head(self, at: int, first: Run) -> Run:
        headline, known = self.lines[at - 1], first.captions
        run = Run(end=at, most={caption: copies for caption, copies in first.copies.items() if copies > 1})
        again = at
        while again < self.n and same(self.lines[again], headline):
            again += 1
        if again > at:
            if any(same(headline, caption) for caption in known) or again - at > 1:
                run.captions.append(headline)
                run.lines = again - at
            run.end = again
        while run.end < self.n and run.lines < LONGEST_HEAD:
            if not self.captions.take(run, known, headline) and not self._skip(run, known, headline):
                break
        return run

    # What else stands in heads -------------------------------------------------------------------------------------

    def _skip(self, run: Run, known: list[str] | None = None, headline: str = "") -> bool:
        """Step over furniture, bylines and bullets if more of the head follows them; False if they begin the body."""
        at = run.end
        while at < self.n and at < run.end + 10:
            line = self.lines[at]
            if not (
                is_furniture(line)
                or BULLET.match(line)
                or reads_as_byline(line)
                or (known is not None and is_widget(line))
            ):
                break
            at += 1
        if at == run.end or at == self.n:
            return False
        line = self.lines[at]
        if known is None:
            goes_on = is_widget(line) or same(line, self.lines[self.start]) or self.captions.doubled_at(at) > 0
        else:
            goes_on = any(same(line, caption) for caption in known) or self.captions.doubled_at(at) > 0
        if not goes_on:
            return False
        for line in self.lines[run.end : at]:
            if BULLET.match(line):
                self._add_summary(line)
            elif reads_as_byline(line) and line not in self.head.bylines:
                self.head.bylines.append(line)
        run.end = at
        return True

    def _add_summary(self, line: str) -> None:
        if line not in self.head.summary:
            self.head.summary.append(line)


def read_head(lines: list[str], start: int = 0) -> Head:
    """The head of the story whose lines (clean, none blank) begin at ``start``; at least its headline."""
    return _Reader(lines, start).read()
