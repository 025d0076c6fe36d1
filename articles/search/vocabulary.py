"""The words that readers' stories are made of, for “did you mean”: those of what is in force and of nothing else.

Each word is kept with how many stories say it in headline, standfirst or kicker. A ledger says which releases these
are, so that each is added once, when it has come into force, and taken away once, when it no longer is: a word that
only a retracted story said goes with it, and one that is only scheduled has not come. Words within reach of what
somebody typed are found by leaving letters out on both sides, which any index can do.
"""

import re
from collections import Counter
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from articles import text
from articles.models import Listing, Release

from .asked import is_postgresql, parse

SHORTEST, LONGEST = 4, 24
MOST = 60_000  # of one language; the rarest go
ASKED = 6  # of a search, so many words are looked at
_WORD = re.compile(r"[^\W\d_]+")
_AT_ONCE = 400
_READ = ("kind", "language", "headline", "standfirst", "kicker")


def settle(articles) -> None:
    """Make the vocabulary hold what readers have of these stories, a query of their ids, and no more of them."""
    with transaction.atomic():
        _alone()
        at = timezone.now()
        holding = Release.objects.holding(at).filter(article__in=articles).order_by("article", "-sequence")
        newest = dict(reversed(list(holding.values_list("article", "pk"))))
        current = {
            one.pk: one for one in Release.objects.filter(pk__in=newest.values()).only(*_READ) if not one.is_gone
        }
        said = _said_by(articles)
        _take_away(Release.objects.filter(pk__in=said - current.keys()).only(*_READ))
        _add(one for pk, one in current.items() if pk not in said)


def forget_words(articles) -> None:
    """Take away what was counted of these stories. Before a text is changed behind its release; then :func:`settle`."""
    with transaction.atomic():
        _alone()
        _take_away(Release.objects.filter(pk__in=_said_by(articles)).only(*_READ))


def rebuild_words() -> int:
    """Make the vocabulary anew from what is in force. Gives how many stories that were."""
    with transaction.atomic():
        _alone()
        with connection.cursor() as cursor:
            for table in ("articles_wordnear", "articles_word", "articles_wordsaid"):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a word of ours
        listed = Listing.objects.showing(timezone.now()).filter(place="home").order_by()
        found = Release.objects.filter(pk__in=listed.values("release")).order_by().only(*_READ)
        counts: dict[str, Counter] = {}
        shown: dict[tuple[str, str], str] = {}
        ids = []
        for release in found.iterator(chunk_size=2000):
            ids.append(release.pk)
            for word, printed in words_of(release).items():
                counts.setdefault(release.language, Counter())[word] += 1
                shown[release.language, word] = printed
        for language, words in counts.items():
            _insert(language, dict(words.most_common(MOST)), shown)
        _say(ids)
        return len(ids)


def suggested(query: str, language: str) -> str:
    """The same search with words that stories do say in place of those that none says; empty where there are none.

    One query, or none.
    """
    asked = parse(query)
    words = [word for phrase in asked.wanted for word in phrase if _is_word(word)][:ASKED]
    if not words:
        return ""
    keys = {key for word in words for key in left_out(word)}
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT held.word, held.shown, held.stories FROM articles_wordnear AS near"  # noqa: S608
            " JOIN articles_word AS held ON held.language = near.language AND held.word = near.word"
            f" WHERE near.language = %s AND near.near IN ({marks})",
            [language, *sorted(keys)],
        )
        found = cursor.fetchall()
    known = {word for word, _, _ in found}
    better = {word: _nearest(word, found) for word in words if word not in known}
    instead = {word: shown for word, shown in better.items() if shown}
    if not instead:
        return ""
    return re.sub(r"[^\W_]+", lambda match: instead.get(text.fold(match[0]), match[0]), text.clean_line(query))


def words_of(release: Release) -> dict[str, str]:
    """The words of a release's head: each as it is looked for, with how it was printed."""
    printed = _WORD.findall(" ".join([release.headline, release.standfirst, release.kicker]))
    return {word: one.lower() for one in printed if _is_word(word := text.fold(one)) and len(one) <= LONGEST}


def left_out(word: str) -> set[str]:
    """The word, and what is left of it without any one of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_word(word):
    # A short word of Arabic says as much as a longer one of English.
    return (SHORTEST if word.isascii() else SHORTEST - 1) <= len(word) <= LONGEST and _WORD.fullmatch(word)


def _nearest(word, found):
    """How the word nearest to that is printed, of those that are no further from it than its length lets one err."""
    reach = 1 if len(word) < 6 else 2
    near = [(distance(word, one), -stories, shown) for one, shown, stories in found]
    near = [one for one in near if one[0] <= reach]
    return min(near)[2] if near else ""


def distance(one: str, other: str) -> int:
    """How many letters were left out, put in, changed, or swapped with the next, to make the one of the other."""
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row = row, [i]
        for j, against in enumerate(other, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]


def _alone():
    """Whoever changes the vocabulary waits for whoever does, so that each release is added once."""
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('articles.search.vocabulary'))")


def _said_by(articles) -> set[int]:
    releases, values = Release.objects.filter(article__in=articles).order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        # Django's own SQL, its values apart.
        cursor.execute(f"SELECT release_id FROM articles_wordsaid WHERE release_id IN ({releases})", values)  # noqa: S608
        return {pk for (pk,) in cursor.fetchall()}


def _add(releases: Iterable[Release]):
    counts: dict[str, Counter] = {}
    shown, ids = {}, []
    for release in releases:
        ids.append(release.pk)
        for word, printed in words_of(release).items():
            counts.setdefault(release.language, Counter())[word] += 1
            shown[release.language, word] = printed
    for language, words in counts.items():
        known = _known(language, words)
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE articles_word SET stories = stories + %s, shown = %s WHERE language = %s AND word = %s",
                [(words[word], shown[language, word], language, word) for word in sorted(known)],
            )
        _insert(language, {word: count for word, count in words.items() if word not in known}, shown)
        if len(known) < len(words):
            _drop_rarest(language)
    _say(ids)


def _take_away(releases):
    counts: dict[str, Counter] = {}
    ids = []
    for release in releases:
        ids.append(release.pk)
        counts.setdefault(release.language, Counter()).update(words_of(release).keys())
    with connection.cursor() as cursor:
        for language, words in counts.items():
            cursor.executemany(
                "UPDATE articles_word SET stories = stories - %s WHERE language = %s AND word = %s",
                [(count, language, word) for word, count in sorted(words.items())],
            )
            cursor.execute("SELECT word FROM articles_word WHERE language = %s AND stories <= 0", [language])
            _drop(language, [word for (word,) in cursor.fetchall()])
        cursor.executemany("DELETE FROM articles_wordsaid WHERE release_id = %s", [(pk,) for pk in ids])


def _known(language, words) -> set[str]:
    found, ordered = set(), sorted(words)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), _AT_ONCE):
            some = ordered[start : start + _AT_ONCE]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"SELECT word FROM articles_word WHERE language = %s AND word IN ({marks})",  # noqa: S608
                [language, *some],
            )
            found |= {word for (word,) in cursor.fetchall()}
    return found


def _insert(language, words, shown):
    ordered = sorted(words.items())
    near = [(language, key, word) for word, _ in ordered for key in sorted(left_out(word))]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_word (language, word, shown, stories) VALUES (%s, %s, %s, %s)",
            [(language, word, shown[language, word], count) for word, count in ordered],
        )
        cursor.executemany("INSERT INTO articles_wordnear (language, near, word) VALUES (%s, %s, %s)", near)


def _say(ids):
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO articles_wordsaid (release_id) VALUES (%s)", [(pk,) for pk in ids])


def _drop_rarest(language):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_word WHERE language = %s", [language])
        too_many = cursor.fetchone()[0] - MOST
        if too_many > 0:
            cursor.execute(
                "SELECT word FROM articles_word WHERE language = %s ORDER BY stories, word LIMIT %s",
                [language, too_many],
            )
            _drop(language, [word for (word,) in cursor.fetchall()])


def _drop(language, words):
    with connection.cursor() as cursor:
        for table in ("articles_wordnear", "articles_word"):
            cursor.executemany(
                f"DELETE FROM {table} WHERE language = %s AND word = %s",  # noqa: S608 - a word of ours
                [(language, word) for word in words],
            )
