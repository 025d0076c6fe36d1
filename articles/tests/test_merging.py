"""Two people's edits of one story: what each did alone is merged, what both did is shown, and no words are lost."""

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles import merging, text
from articles.merging import Choice, merge, passages

from .factories import make_caption, make_citation, make_content

A = "<p>The harbour opened on Monday after a year of repairs.</p>"
B = "<p>Boats came in from the north, the port authority said.</p>"
C = "<p>The ministry of transport paid for half of the work.</p>"
D = "<p>Fishermen had waited since the storm of last winter.</p>"
A2 = "<p>The harbour opened on Tuesday after two years of repairs.</p>"
B2 = "<p>Boats came in from the north and the south, the port authority said.</p>"
NEW = "<p>A ferry to the islands will run again from next week.</p>"
OTHER = "<p>Prices of fish fell by a tenth on the first morning.</p>"


def body(*blocks):
    return make_content(body="".join(blocks))


def bodies(base, mine, theirs, **choices):
    return merge(body(*base), body(*mine), body(*theirs), choices)


def merged(base, mine, theirs):
    result = bodies(base, mine, theirs)
    assert result.conflicts == []
    return passages.cut(result.content["body"])


# --- the text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "base, mine, theirs, together",
    [
        pytest.param([A, B, C], [A2, B, C], [A, B2, C], [A2, B2, C], id="neighbouring paragraphs edited"),
        pytest.param([A, B, C], [A, NEW, B, C], [A, B, C, OTHER], [A, NEW, B, C, OTHER], id="put in at two places"),
        pytest.param([A, B, C], [A, C], [A, B, C, NEW], [A, C, NEW], id="one takes out, the other puts in elsewhere"),
        pytest.param([A, B, C], [B, C], [A, B], [B], id="each takes out another"),
        pytest.param([A, B], [A2, B], [A2, B], [A2, B], id="the same edit by both"),
        pytest.param([A, B], [A, NEW, B], [A, NEW, B], [A, NEW, B], id="the same put in by both"),
        pytest.param([A, B, C, D], [D, A, B, C], [A, B2, C, D], [D, A, B2, C], id="one moves, the other edits"),
        pytest.param([A, B, C, D], [B, C, D, A], [A2, B, C, D], [B, C, D, A2], id="what is moved is edited"),
        pytest.param([A, B, C, D], [A2, B, C, D], [B, C, D, A], [B, C, D, A2], id="what is edited is moved"),
        pytest.param([A, B, C, D], [D, A, B, C], [D, A, B, C], [D, A, B, C], id="the same moved by both"),
        pytest.param([A, A, B], [A, A, B, NEW], [A, A, A, B], [A, A, A, B, NEW], id="a paragraph that comes twice"),
        pytest.param(
            [A, "<hr>", B, "<hr>", C], [A, "<hr>", B2, "<hr>", C], [A, "<hr>", B, C], [A, "<hr>", B2, C], id="rules"
        ),
        pytest.param([], [], [A], [A], id="begun by one alone"),
        pytest.param([A, B], [], [A, B], [], id="emptied by one alone"),
    ],
)
def test_what_does_not_overlap_is_merged(base, mine, theirs, together):
    assert merged(base, mine, theirs) == together
    assert merged(base, theirs, mine) == together


@pytest.mark.parametrize(
    "base, mine, theirs, seen",
    [
        pytest.param([A, B], [A2, B], ["<p>Closed.</p>", B], ([A], [A2], ["<p>Closed.</p>"]), id="both edit"),
        pytest.param([A, B], [A, NEW, B], [A, OTHER, B], ([], [NEW], [OTHER]), id="both put in at the same place"),
        pytest.param([A, B], [A], [A, B2], ([B], [], [B2]), id="one takes out what the other edits"),
        pytest.param([], [A], [B], ([], [A], [B]), id="both begin"),
        pytest.param([A, B], [], [A, B2], ([A, B], [], [A, B2]), id="one empties what the other edits"),
    ],
)
def test_what_overlaps_is_shown_from_both(base, mine, theirs, seen):
    result = bodies(base, mine, theirs)
    (conflict,) = result.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == seen
    assert passages.cut(result.content["body"]) == theirs, "until it is settled, what stands is kept"


def test_what_is_moved_to_two_places_is_asked_about():
    result = bodies([A, B, C, D, NEW], [B, C, A, D, NEW], [B, C, D, NEW, A])
    assert [(one.mine, one.theirs) for one in result.conflicts] == [([A], []), ([], [A])]


def test_what_one_moves_and_the_other_takes_out_is_asked_about():
    result = bodies([A, B, C, D, NEW], [B, C, A, D, NEW], [B, C, D, NEW])
    assert [(one.mine, one.theirs) for one in result.conflicts] == [([A], [])]


@pytest.mark.parametrize(
    "choice, stands",
    [
        (Choice("mine"), [A, NEW, B]),
        (Choice("theirs"), [A, OTHER, B]),
        (Choice("both"), [A, OTHER, NEW, B]),
        (Choice("own", "<p>Something else.</p><p>And more.</p>"), [A, "<p>Something else.</p>", "<p>And more.</p>", B]),
        (Choice("own", ""), [A, B]),
    ],
)
def test_a_passage_is_settled_by_one_by_both_or_in_own_words(choice, stands):
    result = bodies([A, B], [A, NEW, B], [A, OTHER, B], **{"body-1": choice})
    assert passages.cut(result.content["body"]) == stands


def test_arabic_keeps_its_direction():
    first, second = (
        '<p dir="rtl" lang="ar">فتح المرفأ أبوابه يوم الاثنين.</p>',
        '<p dir="rtl" lang="ar">عادت السفن.</p>',
    )
    changed = '<p dir="rtl" lang="ar">فتح المرفأ أبوابه يوم الثلاثاء.</p>'
    assert merged([first, second], [changed, second], [first, second, NEW]) == [changed, second, NEW]


def test_what_came_is_counted_by_passages():
    result = bodies([A, B, C, D], [A2, B, C, D], [A, D, B2, NEW, C])
    assert result.content["body"] == "".join([A2, D, B2, NEW, C])
    assert result.came == {"body": 3}


@pytest.mark.parametrize(
    "markup, blocks",
    [
        ("", []),
        ("Loose words <strong>and</strong><br>more.", ["<p>Loose words <strong>and</strong><br>more.</p>"]),
        ("Loose<p>a &amp; b</p>\n <hr>end", ["<p>Loose</p>", "<p>a &amp; b</p>", "<hr>", "<p>end</p>"]),
        (
            "<ul><li><p>1</p></li><li>2<ul><li>3</li></ul></li></ul>",
            ["<ul><li><p>1</p></li><li>2<ul><li>3</li></ul></li></ul>"],
        ),
        (
            "<blockquote><p>a</p><hr><p>b</p></blockquote><p></p>",
            ["<blockquote><p>a</p><hr><p>b</p></blockquote>", "<p></p>"],
        ),
        ('<p><a href="/?a=%3E&amp;b" title="2 &gt; 1" rel="noopener">x</a></p>', None),
    ],
)
def test_the_text_is_cut_at_its_top_level_blocks(markup, blocks):
    markup = text.sanitise(markup)
    assert passages.cut(markup) == (blocks if blocks is not None else [markup])


@given(st.text(alphabet="ab<>/&;=\"' phr123ul\n!-", max_size=60))
@example("<p>a<p>b")
@example("<a title='>'>x</a><p>y")
@example("a &lt b <b")
def test_cutting_any_clean_text_loses_nothing(raw):
    clean = text.sanitise(raw)
    again = text.sanitise(passages.join(passages.cut(clean)))
    for letters in (text.plain, lambda markup: markup.replace("<p>", "").replace("</p>", "")):
        assert "".join(letters(again).split()) == "".join(letters(clean).split())


# --- the other fields -----------------------------------------------------------------------------------------------


def test_fields_that_only_one_changed_are_merged():
    base = make_content(desk="world")
    result = merge(base, base | {"headline": "Mine"}, base | {"standfirst": "Theirs", "urgency": 2, "desk": "africa"})
    assert result.content == base | {"headline": "Mine", "standfirst": "Theirs", "urgency": 2, "desk": "africa"}
    assert result.conflicts == []
    assert result.came == {"standfirst": 1, "urgency": 1, "desk": 1}


def test_a_headline_that_both_changed_is_a_conflict():
    base = make_content()
    result = merge(base, base | {"headline": "Mine"}, base | {"headline": "Theirs"})
    (conflict,) = result.conflicts
    assert (conflict.key, conflict.mine, conflict.theirs) == ("headline", "Mine", "Theirs")
    assert conflict.base == base["headline"]
    assert conflict.ways == ("mine", "theirs", "own")
    assert result.content["headline"] == "Theirs"
    settled = merge(
        base, base | {"headline": "Mine"}, base | {"headline": "Theirs"}, {"headline": Choice("own", "New")}
    )
    assert settled.content["headline"] == "New"


@pytest.mark.parametrize(
    "base, mine, theirs, together",
    [
        ("AB", "ABC", "ABD", "ABDC"),
        ("AB", "CAB", "DAB", "DCAB"),
        ("ABC", "BC", "ABCD", "BCD"),
        ("ABC", "CBA", "ABCD", "CDBA"),
        ("ABC", "ABCD", "CBA", "CDBA"),
        ("ABC", "A", "C", ""),
        ("", "AB", "BC", "ABC"),
    ],
)
def test_regions_are_merged_as_sets_that_keep_their_order(base, mine, theirs, together):
    result = merge(*(make_content(regions=[*codes]) for codes in (base, mine, theirs)))
    assert result.content["regions"] == [*together]
    assert result.conflicts == []


def test_two_orders_of_the_same_regions_are_asked_about():
    contents = [make_content(regions=[*codes]) for codes in ("ABC", "BAC", "CABD")]
    result = merge(*contents)
    (conflict,) = result.conflicts
    assert (conflict.kind, conflict.mine, conflict.theirs) == ("order", [*"BDAC"], [*"CABD"])
    assert merge(*contents, {"regions-order": Choice("mine")}).content["regions"] == [*"BDAC"]


def captions(*entries):
    return make_content(captions=[make_caption(**entry) for entry in entries])


ONE, TWO = {"photo": "one", "caption": "Boats."}, {"photo": "two", "caption": "Nets."}


def test_each_field_of_a_caption_is_merged_by_itself():
    result = merge(
        captions(ONE, TWO),
        captions(ONE | {"caption": "Six boats."}, TWO),
        captions(TWO, ONE | {"credit": "AFP"}, {"photo": "three"}),
    )
    assert (
        result.content["captions"]
        == captions(TWO, ONE | {"caption": "Six boats.", "credit": "AFP"}, {"photo": "three"})["captions"]
    )
    assert result.conflicts == []
    assert result.came == {"captions": 2}


def test_a_caption_that_both_rewrote_is_a_conflict_of_that_field():
    documents = captions(ONE), captions(ONE | {"caption": "Mine."}), captions(ONE | {"caption": "Theirs."})
    (conflict,) = merge(*documents).conflicts
    assert (conflict.name, conflict.part, conflict.mine, conflict.theirs) == ("captions", "caption", "Mine.", "Theirs.")
    settled = merge(*documents, {conflict.key: Choice("own", "Ours.")})
    assert settled.content["captions"][0]["caption"] == "Ours."


def test_a_picture_taken_out_by_one_and_edited_by_the_other_is_a_conflict():
    documents = captions(ONE, TWO), captions(TWO), captions(ONE | {"caption": "Theirs."}, TWO)
    (conflict,) = merge(*documents).conflicts
    assert (conflict.kind, conflict.mine, conflict.theirs["caption"]) == ("entry", None, "Theirs.")
    assert merge(*documents, {conflict.key: Choice("mine")}).content["captions"] == captions(TWO)["captions"]


def test_a_picture_that_came_meanwhile_goes_where_it_was_awaited():
    awaited = {"caption": "The harbour master."}
    result = merge(
        captions(awaited), captions({"caption": "The harbour master, on Monday."}), captions(awaited | {"photo": "new"})
    )
    assert (
        result.content["captions"]
        == captions({"photo": "new", "caption": "The harbour master, on Monday."})["captions"]
    )


def test_there_is_never_more_than_one_lead_picture():
    documents = captions(ONE, TWO), captions(ONE | {"is_lead": True}, TWO), captions(ONE, TWO | {"is_lead": True})
    result = merge(*documents)
    (conflict,) = result.conflicts
    assert (conflict.kind, conflict.mine["photo"], conflict.theirs["photo"]) == ("lead", "one", "two")
    for how, lead in (("mine", [True, False]), ("theirs", [False, True])):
        settled = merge(*documents, {"captions-lead": Choice(how)})
        assert [entry["is_lead"] for entry in settled.content["captions"]] == lead


def test_the_same_source_added_by_both_stands_once():
    afp, ministry = make_citation(source="afp"), make_citation(source="ministry", use="quote")
    documents = [make_content(citations=entries) for entries in ([], [afp], [ministry, afp | {"via": "reuters"}])]
    result = merge(*documents)
    assert result.content["citations"] == [ministry, afp | {"via": "reuters"}]
    assert result.conflicts == []


def test_a_confidential_source_is_counted_apart():
    hidden = make_citation(confidential="bcd")
    documents = [make_content(citations=entries) for entries in ([], [make_citation(source="afp")], [hidden])]
    result = merge(*documents)
    assert result.came == {"confidential": 1}
    assert hidden in result.content["citations"]


def test_bylines_are_known_by_their_author():
    author, agencies = {"author": "lina", "text": ""}, {"author": None, "text": "Agencies"}
    documents = [
        make_content(bylines=entries) for entries in ([author], [author | {"text": "Lina H."}], [agencies, author])
    ]
    assert merge(*documents).content["bylines"] == [agencies, author | {"text": "Lina H."}]


def test_without_an_ancestor_everything_that_differs_is_asked_about():
    mine = make_content(headline="Mine", body=A + B2 + C, regions=["LB"])
    theirs = make_content(headline="Theirs", body=A + B + C, regions=["SY"])
    result = merge(None, mine, theirs)
    assert {one.key for one in result.conflicts} == {"headline", "body-1", "regions"}
    assert result.content == theirs
    assert all(one.base is None for one in result.conflicts)
    taken = merge(None, mine, theirs, {one.key: Choice("mine") for one in result.conflicts})
    assert taken.content == mine


# --- whatever is typed ------------------------------------------------------------------------------------------------

PARAGRAPHS = [A, A2, B, B2, C, D, NEW, OTHER, "<h2>Background</h2>", "<hr>", "<p>* * *</p>", "<p>المرفأ مفتوح.</p>"]
texts = st.lists(st.sampled_from(PARAGRAPHS), max_size=7)
codes = st.lists(st.sampled_from("ABCDE"), unique=True, max_size=5)
lines = st.sampled_from(["", "One", "Two", "Three"])


@st.composite
def documents(draw):
    photos = draw(st.lists(st.sampled_from(["p", "q", "r", None]), max_size=4))
    entries = [
        make_caption(photo=photo, caption=draw(lines.filter(bool)), credit=draw(lines), credit_raw="raw")
        for photo in photos
    ]
    if entries and draw(st.booleans()):
        draw(st.sampled_from(entries))["is_lead"] = True
    sources = draw(st.lists(st.sampled_from(["afp", "sana"]), unique=True, max_size=2))
    return make_content(
        headline=draw(lines),
        body="".join(draw(texts)),
        urgency=draw(st.integers(1, 3)),
        embargo_until=draw(st.sampled_from([None, "2030-01-01T00:00:00+00:00"])),
        regions=draw(codes),
        topics=draw(codes),
        captions=entries,
        citations=[make_citation(source=source, via=draw(st.sampled_from([None, "x"]))) for source in sources],
        bylines=[{"author": code, "text": draw(lines)} for code in draw(codes)[:2]],
    )


@given(documents(), documents())
def test_what_one_alone_did_is_the_outcome(base, edited):
    for mine, theirs in ((edited, base), (base, edited), (edited, edited)):
        result = merge(base, mine, theirs)
        assert result.content == edited
        assert result.conflicts == []
    assert merge(base, edited, base).came == {}
    assert merge(base, edited, edited).came == {}
    assert bool(merge(base, base, edited).came) == (base != edited)


@given(documents(), documents(), documents())
@settings(max_examples=300)
def test_it_does_not_matter_whose_is_whose(base, one, other):
    here, there = merge(base, one, other), merge(base, other, one)
    assert sorted(_sides(conflict) for conflict in here.conflicts) == sorted(
        _sides(conflict)[::-1] for conflict in there.conflicts
    )
    if not here.conflicts:
        for name, value in here.content.items():
            if name in (*merging.CODES, *merging.ENTRIES):
                assert sorted(map(str, value)) == sorted(map(str, there.content[name]))
            else:
                assert value == there.content[name]


def _sides(conflict):
    if conflict.kind == "order":
        return "order", "order"
    return str(conflict.mine), str(conflict.theirs)


@given(texts, texts, texts)
@settings(max_examples=500)
def test_no_paragraph_is_lost(base, mine, theirs):
    """Whatever somebody wrote is in the merged text or shown; what both kept is there still."""
    result = bodies(base, mine, theirs)
    kept = Counter(passages.cut(result.content["body"]))
    for conflict in result.conflicts:
        kept += Counter(conflict.mine)
    was = Counter(base)
    for side in (mine, theirs):
        assert not (Counter(side) - was) - kept, "somebody wrote it"
    # Of several that are alike, each may have taken out another.
    alone = Counter(block for block, count in was.items() if count == 1)
    assert not (Counter(mine) & Counter(theirs) & alone) - kept, "both kept it"


@given(texts, texts, texts, st.data())
def test_any_way_of_settling_gives_clean_text_that_holds_what_was_chosen(base, mine, theirs, data):
    conflicts = bodies(base, mine, theirs).conflicts
    chosen = {one.key: Choice(data.draw(st.sampled_from(["mine", "theirs", "both"]))) for one in conflicts}
    result = bodies(base, mine, theirs, **chosen).content["body"]
    assert text.sanitise(result) == result
    written = Counter(passages.cut(result))
    for one in conflicts:
        how = chosen[one.key].how
        wanted = {"mine": one.mine, "theirs": one.theirs, "both": one.mine + one.theirs}[how]
        assert not Counter(wanted) - written


@given(documents(), documents(), documents(), st.sampled_from(["mine", "theirs"]))
def test_a_settled_story_keeps_the_rules_of_the_record(base, mine, theirs, how):
    chosen = {one.key: Choice(how) for one in merge(base, mine, theirs).conflicts}
    content = merge(base, mine, theirs, chosen).content
    assert sum(entry["is_lead"] for entry in content["captions"]) <= 1
    assert all(entry["photo"] or entry["caption"] for entry in content["captions"])
    for name, identity in (("citations", ("source", "use")), ("bylines", ("author",))):
        named = [tuple(entry[part] for part in identity) for entry in content[name]]
        assert len(named) == len(set(named))
    for name in merging.CODES:
        assert len(content[name]) == len(set(content[name]))
