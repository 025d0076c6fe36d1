"""The desk's lists and front page: what they show, to whom, and at what cost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import search, writing
from articles.desk import list_columns, list_pages
from articles.models import Article, Assignment, ConfidentialSource, SavedView
from articles.search import worked_on

from .desk import page_text, url
from .factories import (
    approve,
    fresh,
    make_article,
    make_author,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    user = make_user("publisher", group="Publisher", permissions="view_photo view_wirerecord")
    client.force_login(user)
    return user


def listed(client, query=""):
    answer = client.get(url("article_changelist") + query)
    assert answer.status_code == 200
    return {str(story) for story in answer.context["stories"]}


def test_the_list_costs_the_same_for_two_hundred_stories(client, publisher):
    region, topic = make_region(), make_topic()
    for number in range(3):
        make_released(publisher=publisher, headline=f"Live {number}")
    seed = make_article(regions=[region], topics=[topic])
    rows = Article.objects.bulk_create(
        Article(headline=f"Story {number}", desk=seed.desk, status="draft") for number in range(200)
    )
    Article.regions.through.objects.bulk_create(
        Article.regions.through(article=row, region=region, position=0) for row in rows
    )
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(url("article_changelist"))
    assert len(queries) <= 15, "\n".join(query["sql"][:200] for query in queries)


def test_the_editor_costs_at_most_forty_queries_however_long_the_story(client, publisher):
    regions = [make_region(f"X{letter}") for letter in "ABCDEFGH"]
    topics = [make_topic(f"Topic {letter}") for letter in "ABCDEFGH"]
    photos = [make_photo(renditions=False) for _ in range(6)]
    article = make_article(
        regions=regions,
        topics=topics,
        captions=[{"photo": photo.public_id} for photo in photos],
        citations=[{"as_printed": f"Source {number}"} for number in range(12)],
    )
    with CaptureQueriesContext(connection) as queries:
        client.get(url("article_change", article.pk))
    assert len(queries) <= 40, "\n".join(query["sql"][:160] for query in queries)


def test_an_editor_sees_the_stories_of_their_own_desks_alone(client):
    asia = make_desk("asia")
    make_article(headline="Ours", desk=asia)
    make_article(headline="Theirs", desk=make_desk("africa"))
    client.force_login(make_user(group="Desk editor", desks=[asia]))
    assert listed(client) == {"Ours"}
    assert listed(client, "?q=Theirs") == set()
    assert "Theirs" not in page_text(client.get("/admin/"))


def test_the_list_says_what_readers_have(client, publisher):
    make_released(publisher=publisher, headline="Live one")
    make_released(publisher=publisher, headline="Coming one", at=timezone.now() + timedelta(hours=5))
    make_article(headline="Draft one")
    assert listed(client, "?readers=live") == {"Live one"}
    assert listed(client, "?readers=scheduled") == {"Coming one"}
    assert listed(client, "?readers=never") == {"Draft one"}
    assert listed(client, "?readers=gone") == set()


def test_a_retracted_story_is_not_listed_as_live(client, publisher):
    from articles import releasing

    article = make_released(publisher=publisher, headline="Gone")
    releasing.retract(fresh(article), publisher, seen=fresh(article).version, note="Wrong.")
    assert listed(client, "?readers=live") == set()
    assert listed(client, "?readers=gone") == {"Gone"}


def test_a_region_lists_what_lies_within_it(client, publisher):
    continent = make_region("142", name="Asia", kind="continent")
    country = make_region("SY", name="Syria", parent=continent)
    city = make_region("SY-DY", name="Deir", parent=country, kind="province")
    gulf = make_region("gulf", name="Gulf", kind="grouping")
    gulf.members.add(country)
    make_article(headline="In the city", regions=[city])
    make_article(headline="Elsewhere", regions=[make_region("XX")])
    for code in ("SY-DY", "SY", "142", "gulf"):
        assert listed(client, f"?region={code}") == {"In the city"}, code
    assert listed(client, "?region=001") == {"In the city", "Elsewhere"}


def test_topic_desk_and_time_filter(client, publisher):
    parent = make_topic("Economy")
    child = make_topic("Trade", parent=parent)
    old = make_article(headline="Old", topics=[child], desk=make_desk("asia"))
    make_article(headline="New", desk=make_desk("africa"))
    Article.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=9))
    assert listed(client, f"?topic={parent.code}") == {"Old"}
    assert listed(client, "?desk=asia") == {"Old"}
    assert listed(client, "?changed=week") == {"New"}
    assert listed(client, "?state=draft") == {"Old", "New"}
    assert listed(client, f"?state=draft&topic={child.code}&desk=asia") == {"Old"}


def test_search_looks_into_headline_slugline_and_text(client, publisher):
    article = make_article(headline="One", slugline="GRAIN-SHIP", body="<p>It left at dawn.</p>")
    make_article(headline="Two", body="<p>Nothing.</p>")
    for words in ("One", "grain-ship", "dawn", article.public_id):
        assert listed(client, f"?q={words}") == {"One"}, words


def test_an_administrator_deletes_a_draft_but_nothing_that_readers_had(client, publisher):
    draft, live = make_article(headline="Draft"), make_released(publisher=publisher)
    assert client.post(url("article_delete", draft.pk), {"post": "yes"}).status_code == 403
    client.force_login(make_user(group="Publisher", permissions="delete_article"))
    assert client.post(url("article_delete", draft.pk), {"post": "yes"}).status_code == 302
    assert client.post(url("article_delete", live.pk), {"post": "yes"}).status_code == 403
    assert list(Article.objects.all()) == [live]


def test_rows_of_the_list_cannot_be_edited(client, publisher):
    article = make_article()
    data = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": article.pk, "form-0-status": "approved"}
    client.post(url("article_changelist"), {**data, "_save": "Save"})
    assert fresh(article).status == "draft"


# --- the other filters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "state=asleep", "desk=nowhere", "region=nowhere", "topic=x", "urgency=9", "urgency=high", "language=xx",
        "readers=nonsense", "pictures=2", "confidential=perhaps", "changed=century", "changed_from=yesterday",
        "assigned=stranger", "created_to=2026-13-40",
    ],
)  # fmt: skip
def test_a_filter_that_is_not_understood_lists_nothing(client, publisher, query):
    publisher.user_permissions.add(Permission.objects.get(codename="view_assignment"))
    make_article(headline="Not this one")
    page = page_text(client.get(url("article_changelist") + f"?{query}"))
    assert "One of the filters is not understood, so nothing is listed." in page
    assert "Not this one" not in page


def test_a_desk_that_is_not_ones_own_is_not_understood(client):
    make_article(headline="Theirs", desk=make_desk("africa"))
    client.force_login(make_user(group="Desk editor", desks=[make_desk("asia")]))
    page = page_text(client.get(url("article_changelist") + "?desk=africa"))
    assert "not understood" in page
    assert "Theirs" not in page


def test_by_language_urgency_source_author_and_pictures(client, publisher):
    photo, author, agency, relay = make_photo(), make_author(), make_source("Harbour Agency"), make_source("Relay")
    make_article(headline="Plain")
    make_article(
        headline="Rich",
        language="fr",
        urgency=1,
        captions=[{"photo": photo.public_id}, {"caption": "Awaited."}],
        bylines=[{"author": author.code, "text": ""}],
        citations=[{"source": agency.code, "via": relay.code}],
    )
    for query in (
        "language=fr", "urgency=1", f"author={author.code}", f"source={agency.code}", f"source={relay.code}",
        "pictures=with", "pictures=awaited",
    ):  # fmt: skip
        assert listed(client, f"?{query}") == {"Rich"}, query
    assert listed(client, "?pictures=without") == {"Plain"}
    assert listed(client, "?language=en&urgency=4") == {"Plain"}


def test_by_whom_it_was_given_to(client, publisher):
    publisher.user_permissions.add(Permission.objects.get(codename="view_assignment"))
    rana = make_user("rana")
    mine, hers, taken_back = (make_article(headline=words) for words in ("Mine", "Hers", "Taken back"))
    for article, assignee in ((mine, publisher), (hers, rana), (taken_back, rana)):
        Assignment.objects.create(article=article, title="x", desk=article.desk, assignee=assignee)
    taken_back.assignments.update(dropped_at=timezone.now())
    assert listed(client, "?assigned=me") == {"Mine"}
    assert listed(client, "?assigned=rana") == {"Hers"}
    assert listed(client, "?assigned=nobody") == {"Taken back"}


def test_who_may_not_see_work_cannot_ask_whose_it_is(client):
    client.force_login(make_user(permissions="view_article span_desks"))
    story = make_article(headline="Given")
    Assignment.objects.create(article=story, title="x", desk=story.desk, assignee=make_user("rana", first_name="Rana"))
    page = page_text(client.get(url("article_changelist") + "?assigned=nobody&columns=state,assigned"))
    assert "Rana" not in page
    assert "Given" in page


def test_confidential_stories_are_asked_for_by_who_sees_them(client):
    boss = make_user(group="Publisher", permissions="view_confidential_article")
    secret = make_article(headline="Secret")
    make_article(headline="Open")
    Article.objects.filter(pk=secret.pk).update(confidential=True)
    client.force_login(boss)
    assert listed(client, "?confidential=yes") == {"Secret"}
    assert listed(client, "?confidential=no") == {"Open"}
    client.force_login(make_user(group="Publisher"))
    assert listed(client, "?confidential=yes") == set()


def test_spans_and_days_by_the_newsrooms_clock(client, publisher, clock):
    old = make_article(headline="Old")
    at = datetime(2026, 1, 10, 22, 30, tzinfo=UTC)  # the eleventh, half past midnight, in Beirut
    Article.objects.filter(pk=old.pk).update(created_at=at, updated_at=at)
    make_article(headline="New")
    for what in ("changed", "created"):
        assert listed(client, f"?{what}=day") == {"New"}
        assert listed(client, f"?{what}_from=2026-01-11T00:00&{what}_to=2026-01-12T00:00") == {"Old"}
        assert listed(client, f"?{what}_to=2026-01-11T00:00") == set()
    assert listed(client, "?changed=day&changed_from=2026-01-01T00:00") == {"New"}


def test_what_went_out_within_a_time(client, publisher, clock):
    make_released(publisher=publisher, headline="Out")
    make_released(publisher=publisher, headline="To come", at=timezone.now() + timedelta(hours=2))
    clock.shift(timedelta(minutes=30))
    assert listed(client, "?released=hour") == {"Out"}
    assert listed(client, "?released_from=2026-03-02T11:30") == set()
    clock.shift(timedelta(hours=2))
    assert listed(client, "?released=hour") == {"To come"}


# --- pages ----------------------------------------------------------------------------------------------------------


def make_many(count, **kw):
    """Stories of a second each, the last of them the newest."""
    now, desk = timezone.now(), make_desk()
    return Article.objects.bulk_create(
        Article(
            headline=f"Story {number:03}",
            desk=desk,
            created_at=now + timedelta(seconds=number),
            urgency=1 + number % 8,
            **kw,
        )
        for number in range(count)
    )


def turn_pages(client, query):
    """The headlines in the order of the list, page by page, to its end."""
    seen, address = [], query
    for _ in range(60):
        context = client.get(url("article_changelist") + address).context
        seen += [story.headline for story in context["stories"]]
        if not context["older"]:
            return seen
        address = f"?{context['older']}"
    raise AssertionError("The list has no end.")


@pytest.mark.parametrize("sort", ["changed", "untouched", "created", "oldest", "urgency"])
@pytest.mark.parametrize("way", ["the few", "a walk", "a walk of short steps", "all at one instant"])
def test_turning_pages_shows_every_story_once_in_order(client, publisher, monkeypatch, sort, way):
    stories = make_many(130)
    if way != "the few":
        monkeypatch.setattr(list_pages, "FEW", 5)
    if way == "a walk of short steps":
        monkeypatch.setattr(list_pages, "LOOKED_THROUGH", 7)
    if way == "all at one instant":
        Article.objects.update(updated_at=timezone.now(), created_at=timezone.now())
    seen = turn_pages(client, f"?state=draft&sort={sort}")
    key = {
        "changed": lambda one: (-one.updated_at.timestamp(), -one.pk),
        "untouched": lambda one: (one.updated_at, one.pk),
        "created": lambda one: (-one.created_at.timestamp(), -one.pk),
        "oldest": lambda one: (one.created_at, one.pk),
        "urgency": lambda one: (one.urgency, -one.updated_at.timestamp(), -one.pk),
    }[sort]
    expected = sorted(Article.objects.filter(pk__in=[one.pk for one in stories]), key=key)
    assert seen == [one.headline for one in expected]


def test_a_walk_that_ends_says_how_far_it_came(client, publisher, monkeypatch):
    monkeypatch.setattr(list_pages, "FEW", 5)
    monkeypatch.setattr(list_pages, "LOOKED_THROUGH", 20)
    make_many(60)
    Article.objects.filter(headline__lt="Story 010").update(language="ar")
    answer = client.get(url("article_changelist") + "?language=ar&confidential=no&sort=created")
    page = page_text(answer)
    assert answer.context["stories"] == []
    assert "Looked through the stories as far as" in page
    assert "None so far." in page
    assert "No story matches" not in page
    assert len(turn_pages(client, "?language=ar&confidential=no&sort=created")) == 10


def test_a_search_that_ends_says_how_far_it_came_and_goes_on(client, publisher, monkeypatch):
    """A word that every story holds, with a filter that hardly any meets."""
    monkeypatch.setattr(list_pages, "FEW", 2)
    for name, value in {"STORIES_LOOKED_AT": 20, "HITS_LOOKED_AT": 20, "HELD_BY_MANY": -1}.items():
        monkeypatch.setattr(worked_on, name, value)
    stories = make_many(60)
    search.index_articles([(one, {**writing.snapshot(one), "standfirst": "Harbour"}) for one in stories])
    Article.objects.filter(pk__in=[one.pk for one in stories[:5]]).update(language="ar")
    answer = client.get(url("article_changelist") + "?q=harbour&language=ar")
    assert answer.context["stories"] == []
    assert "Looked through the stories as far as" in page_text(answer)
    assert len(turn_pages(client, "?q=harbour&language=ar")) == 5
    monkeypatch.setattr(list_pages, "FEW", 10)  # few enough to be read at once
    answer = client.get(url("article_changelist") + "?q=harbour&language=ar")
    assert (len(answer.context["stories"]), answer.context["older"]) == (5, "")


@pytest.mark.parametrize(
    "before", ["x", "1", "-1-2", "1-2-3-4", "9" * 40 + "-1", "٣-٤", "1.5-2", "99999999999999999-1"]
)
def test_a_place_that_is_not_understood_is_the_beginning(client, publisher, before):
    make_article(headline="Here")
    assert listed(client, f"?before={before}") == {"Here"}


def test_what_is_few_is_counted_and_what_is_many_is_not(client, publisher):
    make_many(60)
    page = page_text(client.get(url("article_changelist") + "?state=draft"))
    assert "60 stories" in page
    assert "With all 60 that are listed" in page
    for count, query in ((0, ""), (200, "?state=draft")):  # the whole list is walked; then there are too many
        make_many(count)
        answer = client.get(url("article_changelist") + query)
        assert answer.context["count"] is None
        assert "With all that match, 200 at most" in page_text(answer)


def test_no_count_and_no_offset_over_the_table(client, publisher):
    make_many(60)
    with CaptureQueriesContext(connection) as queries:
        client.get(url("article_changelist") + "?confidential=no&sort=created")
    words = [query["sql"] for query in queries if "articles_article" in query["sql"]]
    assert not [sql for sql in words if re.search(r"COUNT\(", sql, re.IGNORECASE) and "LIMIT" not in sql]
    assert all(int(offset) < list_pages.LOOKED_THROUGH for sql in words for offset in re.findall(r"OFFSET (\d+)", sql))


def test_each_filter_and_the_usual_pairs_cost_at_most_fifteen_queries(client):
    desk = make_desk("asia")
    editor = make_user(group="Desk editor", permissions="view_assignment", desks=[desk, make_desk("africa")])
    region, topic, source, author = make_region(), make_topic(), make_source(), make_author()
    for _ in range(3):
        article = make_article(
            desk=desk,
            regions=[region],
            topics=[topic],
            citations=[{"source": source.code}],
            bylines=[{"author": author.code, "text": ""}],
        )
        search.index_articles([(article, article.revisions.get().content)])
    client.force_login(editor)
    queries = [
        "", "state=draft", "desk=asia", f"region={region.code}", f"topic={topic.code}", f"source={source.code}",
        f"author={author.code}", "assigned=me", "readers=live", "pictures=with", "language=en", "urgency=4",
        "changed=day", "created=week", "released=month", "confidential=no", "q=harbour", "sort=urgency",
        f"state=draft&region={region.code}", f"desk=asia&topic={topic.code}", "state=draft&desk=asia&changed=day",
        f"region={region.code}&topic={topic.code}", f"q=harbour&topic={topic.code}",
        f"q=harbou&state=draft&region={region.code}", "q=harbou&language=en", "q=nothing&desk=asia",
    ]  # fmt: skip
    for few in (5000, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(list_pages, "FEW", few)
            for query in queries:
                with CaptureQueriesContext(connection) as asked:
                    client.get(url("article_changelist") + f"?{query}")
                assert len(asked) <= 15, f"{query}: {len(asked)}\n" + "\n".join(one["sql"][:140] for one in asked)


# --- columns and views ----------------------------------------------------------------------------------------------


def heads(client, query=""):
    page = page_text(client.get(url("article_changelist") + query))
    return re.findall(r'<th scope="col">([^<]+)</th>', page)


def test_a_person_chooses_the_columns(client, publisher):
    make_article(topics=[make_topic("Harbours")], slugline="GRAIN")
    assert heads(client) == ["Headline", "State", "Desk", "Regions", "Readers", "Urgency", "Changed"]
    assert heads(client, "?columns=slugline&columns=topics") == ["Headline", "Topics", "Slugline"]
    assert heads(client, "?columns=topics,nonsense") == ["Headline", "Topics"]
    assert "Harbours" in page_text(client.get(url("article_changelist") + "?columns=topics"))
    every = ",".join(list_columns.COLUMNS)
    assert len(heads(client, f"?columns={every}")) == len(list_columns.columns_for(publisher)) + 1


def test_a_column_of_sources_names_no_confidential_one(client, publisher):
    secret = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    make_article(citations=[{"confidential": secret.code, "as_printed": "somebody"}, {"source": make_source().code}])
    page = page_text(client.get(url("article_changelist") + "?columns=sources"))
    assert "Harbour Observatory" in page
    assert secret.code not in page
    assert "Omar" not in page


def keep(client, name, query, desk=""):
    return client.post(url("article_view_save"), {"name": name, "query": query, "desk": desk}, follow=True)


def tabs(client):
    return re.findall(r"<bdi>([^<]+)</bdi>", page_text(client.get(url("article_changelist"))).split("</nav>")[2])


def test_a_view_keeps_filters_order_and_columns(client, publisher):
    make_article(headline="Draft")
    approve(make_article(headline="Approved"))
    answer = keep(client, "To be written", "state=draft&sort=oldest&columns=topics,urgency&before=12&nonsense=1")
    assert "Kept as “To be written”." in page_text(answer)
    view = SavedView.objects.get()
    assert (view.query, view.columns, view.owner) == ("state=draft&sort=oldest", ["topics", "urgency"], publisher)
    opened = client.get(answer.redirect_chain[-1][0])
    assert [str(story) for story in opened.context["stories"]] == ["Draft"]
    assert opened.context["asked"].sort == "oldest"
    assert list(opened.context["asked"].columns) == ["topics", "urgency"]
    assert re.search(r'aria-current="page"><bdi>To be written', page_text(opened))
    changed = client.get(url("article_changelist") + f"?view={view.pk}&state=submitted")
    assert re.search(
        r'aria-current="true"><bdi>To be written</bdi>[^<]*<span class="quiet">\(changed\)', page_text(changed)
    )


def test_a_name_that_is_used_already_holds_the_new_view(client, publisher):
    keep(client, "Mine", "state=draft")
    assert "“Mine” now shows this." in page_text(keep(client, "Mine", "state=spiked"))
    assert SavedView.objects.get().query == "state=spiked"


def test_a_view_is_renamed_shared_and_deleted_by_its_owner_alone(client):
    desk = make_desk("asia")
    owner, colleague = make_user(group="Desk editor", desks=[desk]), make_user(group="Desk editor", desks=[desk])
    client.force_login(owner)
    keep(client, "Drafts", "state=draft")
    view = SavedView.objects.get()
    client.post(url("article_view_change", view.pk), {"name": "Our drafts", "desk": "asia"})
    view.refresh_from_db()
    assert (view.name, view.desk) == ("Our drafts", desk)
    client.force_login(colleague)
    assert tabs(client) == ["Our drafts"]
    assert client.post(url("article_view_delete", view.pk)).status_code == 404
    assert client.post(url("article_view_change", view.pk), {"name": "Stolen"}).status_code == 404
    client.force_login(owner)
    client.post(url("article_view_delete", view.pk))
    assert tabs(client) == []


def test_a_view_is_shared_with_a_desk_of_ones_own_alone(client):
    client.force_login(make_user(group="Desk editor", desks=[make_desk("asia")]))
    make_desk("africa")
    assert "only with a desk that you belong to" in page_text(keep(client, "Drafts", "state=draft", "africa"))
    assert not SavedView.objects.exists()


def test_a_shared_view_shows_nobody_what_they_may_not_see(client):
    asia, africa = make_desk("asia"), make_desk("africa")
    make_article(headline="Ours", desk=asia)
    make_article(headline="Theirs", desk=africa)
    secret = make_article(headline="Secret", desk=asia)
    Article.objects.filter(pk=secret.pk).update(confidential=True)
    client.force_login(make_user(group="Publisher", permissions="view_confidential_article", desks=[asia]))
    keep(client, "Everything", "state=draft", "asia")
    view = SavedView.objects.get()
    assert listed(client, f"?{view.query}&view={view.pk}") == {"Ours", "Theirs", "Secret"}
    client.force_login(make_user(group="Desk editor", desks=[asia]))
    assert tabs(client) == ["Everything"]
    assert listed(client, f"?{view.query}&view={view.pk}") == {"Ours"}
    client.force_login(make_user(group="Desk editor", desks=[africa]))
    assert tabs(client) == []


@pytest.mark.parametrize("words", ["Damascene land", "damascene", "سورية", "Syria", "SY", "syrie"])
def test_a_region_is_found_under_every_name_it_has(client, publisher, words):
    make_region("SY", name="Syria", name_fr="Syrie", aliases={"en": ["Damascene Land"], "ar": ["سورية"]})
    make_region("XX", name="Elsewhere")
    answer = client.get("/admin/autocomplete/", {"kind": "region", "q": words})
    assert [one["id"] for one in answer.json()["results"]] == ["SY"]


def test_the_likeliest_stands_first(client, publisher):
    make_region("OM", name="Oman")
    make_region("RO", name="Romania")
    make_region("XO", name="Omania")
    answer = client.get("/admin/autocomplete/", {"kind": "region", "q": "oman"})
    assert [one["id"] for one in answer.json()["results"]][:2] == ["OM", "XO"]
