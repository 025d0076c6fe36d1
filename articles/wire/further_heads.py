"""Where the next story begins in copy without blank lines: told by what its head repeats."""

from .caption_runs import is_widget
from .captions import ends_in_credit
from .furniture import is_furniture
from .heads import LONGEST_HEAD, LONGEST_HEADLINE, could_be_headline
from .likeness import same, similar

_ENDS_SENTENCE = (".", "!", "?", "؟", "。", ".”", '."', ".»", ")", "]", ".’")


def next_head(lines: list[str], body: int) -> int | None:
    """Where, at or after line ``body``, the head of a further story begins; None if there is none."""
    last = len(lines) - 1
    seen = ""  # a line that goes on and on is looked at once
    for at in range(body, last):
        line = lines[at]
        if line == lines[at + 1]:
            if line == seen:
                continue
            seen = line
            found = _head_round_pair(lines, at, body)
        elif len(line) <= 6 and line[0] == "T" and is_widget(line):
            found = _head_round_widget(lines, at, body)
        else:
            continue
        if found is not None:
            return found
    return None


def _head_round_widget(lines: list[str], widget: int, body: int) -> int | None:
    """The headline above a widget: the line that comes again below it, or the one above repeated captions."""
    below = widget + 1
    while below < len(lines) and is_widget(lines[below]):
        below += 1
    if below >= len(lines):
        return None
    lowest = max(body, widget - LONGEST_HEAD)
    around = lines[lowest : widget + LONGEST_HEAD]
    found, at = None, widget - 1
    while at >= lowest:
        if same(lines[at], lines[below]):
            found = at
        elif not (around.count(lines[at]) > 1 or ends_in_credit(lines[at]) or is_furniture(lines[at])):
            break
        at -= 1
    if found is not None:
        return found
    if at < lowest or not could_be_headline(lines[at]):
        return None
    captions = lines[at + 1 : widget]
    if similar(lines[at], lines[below]) or (below + 1 < len(lines) and lines[below + 1] in captions):
        return at
    return None


def _head_round_pair(lines: list[str], at: int, body: int) -> int | None:
    """The headline above a pair of equal lines (captions), or the pair itself (a headline without pictures, twice)."""
    end = at
    while end + 1 < min(len(lines), at + LONGEST_HEAD) and lines[end] == lines[end + 1]:
        end += 2
    above = at - 1
    starts_story = above == body or (above > body and lines[above - 1].endswith(_ENDS_SENTENCE)) or above - 1 < body
    below = end
    while below < len(lines) and is_widget(lines[below]):
        below += 1
    if (
        above >= body
        and below < len(lines)
        and len(lines[above]) <= LONGEST_HEADLINE
        and same(lines[above], lines[below])
    ):
        return above
    if above >= body and could_be_headline(lines[above]) and starts_story and ends_in_credit(lines[at]):
        return above
    ends_before = at == body or lines[at - 1].endswith(_ENDS_SENTENCE)
    if ends_before and could_be_headline(lines[at]) and len(lines[at].split()) >= 3:
        return at
    return None
