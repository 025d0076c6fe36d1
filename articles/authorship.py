"""Who wrote a story: whose words stand in it that readers have not had yet.

Each save is compared with the one before, word by word and without heed of their order: whoever brings words in has
written those that still stand at the end, and whoever takes out words that readers have had has written that too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from articles import text

_WORD = re.compile(r"\w+")


def words_of(content: dict) -> Counter:
    """Every word that a snapshot says to readers, and how often."""
    captions = [caption[name] for caption in content["captions"] for name in ("caption", "alt_text", "credit")]
    passages = [content["headline"], content["standfirst"], text.plain(content["body"]), *captions]
    return Counter(word for passage in passages for word in _WORD.findall(passage))


def shares(had: Counter, saves: Iterable[tuple[int, Counter]]) -> Counter:
    """How many words each has written of what the last of these saves is beyond what readers had.

    ``had`` is what readers had; ``saves`` are (who, the words then), in order.
    """
    brought: dict[str, list] = {}
    shares, before = Counter(), had
    for who, words in saves:
        for word, count in (words - before).items():
            brought.setdefault(word, []).extend([who] * count)
        for word, count in (before - words).items():
            own = brought.get(word, [])
            undone = min(count, len(own))
            del own[len(own) - undone :]
            shares[who] += count - undone
        before = words
    shares.update(who for owners in brought.values() for who in owners)
    return shares


def main_writer(writers: list[int], had: dict | None, saves: Iterator[tuple[int, dict]]) -> int | None:
    """Who has written the most of it; of two with as much, who began. Where no word has changed, who began."""
    if len(writers) < 2:
        return writers[0] if writers else None
    counted = shares(words_of(had) if had else Counter(), ((who, words_of(content)) for who, content in saves))
    return max(writers, key=lambda who: counted[who])
