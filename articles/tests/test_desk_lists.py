"""The desk's lists and front page: what they show, to whom, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article

from .desk import page_text, url
from .factories import (
    fresh,
    make_article,
    make_desk,
    make_photo,
    make_region,
    make_released,
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
    return {str(story) for story in answer.context["cl"].result_list}


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


def test_the_front_page_costs_at_most_twelve_queries(client, publisher):
    photo = make_photo()
    for number in range(4):
        make_released(publisher=publisher, headline=f"Live {number}")
        make_article(by=publisher, captions=[{"photo": photo.public_id}, {"caption": "Awaited."}])
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/admin/")
    own = [query for query in queries if "session" not in query["sql"] and '"articles_user"."id" =' not in query["sql"]]
    assert len(own) <= 12, "\n".join(query["sql"][:160] for query in own)
    assert "Awaited." in page_text(answer)


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
    assert listed(client, "?readers=nonsense") == {"Live one", "Coming one", "Draft one"}


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
    assert listed(client, "?region=nowhere") == set()


def test_topic_desk_and_time_filter(client, publisher):
    parent = make_topic("Economy")
    child = make_topic("Trade", parent=parent)
    old = make_article(headline="Old", topics=[child], desk=make_desk("asia"))
    make_article(headline="New", desk=make_desk("africa"))
    Article.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=9))
    assert listed(client, f"?topic={parent.code}") == {"Old"}
    assert listed(client, "?desk=asia") == {"Old"}
    assert listed(client, "?changed=week") == {"New"}
    assert listed(client, "?status__exact=draft") == {"Old", "New"}


def test_search_looks_into_headline_slugline_and_text(client, publisher):
    article = make_article(headline="One", slugline="GRAIN-SHIP", body="<p>It left at dawn.</p>")
    make_article(headline="Two", body="<p>Nothing.</p>")
    for words in ("One", "grain-ship", "dawn", article.public_id):
        assert listed(client, f"?q={words}") == {"One"}, words


def bulk(client, action, *articles, **data):
    return client.post(
        url("article_changelist"),
        {"action": action, "_selected_action": [article.pk for article in articles], **data},
        follow=True,
    )


def test_many_are_submitted_each_under_the_rules(client):
    desk = make_desk()
    client.force_login(make_user(group="Reporter", desks=[desk]))
    good, empty = make_article(headline="Good", desk=desk), make_article(headline="Empty", body="", desk=desk)
    page = page_text(bulk(client, "submit_selected", good, empty))
    assert fresh(good).status == "submitted"
    assert fresh(empty).status == "draft"
    assert "“Good”: submitted." in page
    assert "“Empty”: The story has no text." in page


def test_a_live_story_is_not_spiked_from_the_list(client, publisher):
    article = make_released(publisher=publisher)
    assert "retract it, then spike it" in page_text(bulk(client, "spike_selected", article))
    assert fresh(article).status == "approved"


def test_another_desks_story_is_not_moved_by_a_forged_selection(client):
    client.force_login(make_user(group="Desk editor", desks=[make_desk("asia")]))
    theirs = make_article(desk=make_desk("africa"))
    bulk(client, "submit_selected", theirs)
    bulk(client, "spike_selected", theirs)
    assert fresh(theirs).status == "draft"


def test_there_is_no_way_of_deleting_many(client, publisher):
    client.force_login(make_user(group="Publisher", permissions="delete_article"))
    article = make_article()
    bulk(client, "delete_selected", article, post="yes")
    assert Article.objects.filter(pk=article.pk).exists()


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
