"""Regions, topics, sources, authors, people and the log, as the desk keeps them."""

import pytest

from articles import renaming
from articles.models import Author, ConfidentialSource, Event, FormerPath, Listing, Region, Release, Source, Topic, User

from .desk import form_data, load_groups, make_staff, page_text, url
from .factories import (
    fresh,
    make_article,
    make_author,
    make_desk,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make_staff("Administrator", username="adam")
    client.force_login(user)
    return user


def post(client, kind, thing, **changes):
    data = form_data(client.get(url(f"{kind}_change", thing.pk)), form_id=f"{kind}_form")
    data.update(changes)
    return client.post(url(f"{kind}_change", thing.pk), data)


# --- addresses outlive names ----------------------------------------------------------------------------------------


@pytest.fixture
def tree():
    asia = make_region("142", name="Asia", kind="continent")
    syria = make_region("SY", name="Syria", parent=asia, aliases={"ar": ["سورية"]}, capital={"en": "Damascus"})
    deir = make_region("SY-DY", name="Deir", parent=syria, kind="province")
    return asia, syria, deir


def test_a_region_saved_unchanged_changes_nothing(client, administrator, tree):
    syria = tree[1]
    before = Region.objects.filter(pk=syria.pk).values().get()
    assert post(client, "region", syria).status_code == 302
    after = Region.objects.filter(pk=syria.pk).values().get()
    assert {**after, "updated_at": None} == {**before, "updated_at": None}
    assert not FormerPath.objects.exists()


def test_a_renamed_region_takes_its_branch_along_and_keeps_every_old_address(client, administrator, tree):
    _, syria, deir = tree
    assert post(client, "region", syria, slug=["syrian-arab-republic"]).status_code == 302
    assert Region.objects.get(pk=deir.pk).path == "asia/syrian-arab-republic/deir"
    assert FormerPath.objects.get(kind="region", path="asia/syria").code == "SY"
    assert FormerPath.objects.get(kind="region", path="asia/syria/deir").code == "SY-DY"
    assert Event.objects.filter(action="renamed").get().data["after"] == "asia/syrian-arab-republic"


def test_a_region_is_moved(client, administrator, tree):
    west = make_region("145", name="Western Asia", parent=tree[0], kind="subregion", slug="western-asia")
    post(client, "region", tree[1], parent=[west.code])
    assert Region.objects.get(code="SY-DY").path == "asia/western-asia/syria/deir"


def test_an_old_address_that_is_taken_again_is_no_former_one(administrator, tree):
    syria = Region.objects.get(code="SY")
    for slug in ("elsewhere", "syria"):
        syria.slug = slug
        renaming.save_region(syria, administrator)
    assert set(FormerPath.objects.values_list("path", flat=True)) == {"asia/elsewhere", "asia/elsewhere/deir"}


def test_an_address_that_another_has_is_refused_on_the_form(client, administrator, tree):
    make_region("TR", name="Turkey", parent=tree[0])
    answer = post(client, "region", tree[1], slug=["turkey"])
    assert "belongs to Turkey already" in page_text(answer)
    assert Region.objects.get(code="SY").path == "asia/syria"


def test_a_region_does_not_stand_beneath_itself(client, administrator, tree):
    answer = post(client, "region", tree[1], parent=["SY-DY"])
    assert "cannot stand beneath itself" in page_text(answer)


@pytest.mark.parametrize(
    "name, make, model",
    [("topic", make_topic, Topic), ("source", make_source, Source), ("author", make_author, Author)],
)
def test_a_renamed_thing_keeps_its_old_address(client, administrator, name, make, model):
    thing = make()
    old = thing.slug
    assert post(client, name, thing, slug=["new-name"]).status_code == 302
    assert model.objects.get().slug == "new-name"
    former = FormerPath.objects.get(kind=name)
    assert (former.path, former.code) == (old, thing.code)


def test_two_spellings_of_one_topic_are_refused(client, administrator):
    make_topic("Économie")
    answer = post(client, "topic", make_topic("Trade"), name=["ECONOMIE"])
    assert "That is the topic “Économie” already." in page_text(answer)


def test_merged_topics_keep_their_stories_lists_and_address(client, administrator):
    publisher = make_user(group="Publisher")
    old, new = make_topic("Ports"), make_topic("Harbours")
    live = make_released(publisher=publisher, topics=[old])
    both = make_released(publisher=publisher, topics=[old, new])
    draft = make_article(topics=[old])
    assert client.post(url("topic_merge", old.pk), {"into": new.code}).status_code == 302
    assert not Topic.objects.filter(name="Ports").exists()
    for story in (live, both, draft):
        assert fresh(story).ordered_topics() == [new]
        assert fresh(story).version == story.version + 1
    assert Listing.objects.at_place(f"topic:{new.code}", "en").count() == 2
    assert not Listing.objects.filter(place=f"topic:{old.code}").exists()
    former = FormerPath.objects.get(kind="topic")
    assert (former.path, former.code, former.former_code) == ("ports", new.code, old.code)
    assert Event.objects.filter(action="merged").get().data["stories"] == 3


def test_a_form_opened_before_a_merge_still_saves(client):
    old, new = make_topic("Ports"), make_topic("Harbours")
    desk = make_desk()
    article = make_article(desk=desk, topics=[old])
    reporter = make_user(group="Reporter", desks=[desk])
    client.force_login(reporter)
    data = form_data(client.get(url("article_change", article.pk)))
    renaming.merge_topics(old, new, reporter)
    answer = client.post(url("article_change", article.pk), {**data, "headline": ["New"]})
    assert answer.status_code == 302
    assert (fresh(article).headline, fresh(article).ordered_topics()) == ("New", [new])


def test_a_topic_is_not_merged_with_itself(client, administrator):
    topic = make_topic()
    assert "merged with itself" in page_text(client.post(url("topic_merge", topic.pk), {"into": topic.code}))


def test_a_region_in_use_is_not_deleted(client, administrator, tree):
    make_article(regions=[tree[2]])
    client.post(url("region_delete", tree[2].pk), {"post": "yes"})
    assert Region.objects.filter(pk=tree[2].pk).exists()


# --- confidential sources -------------------------------------------------------------------------------------------


def test_reading_who_a_confidential_source_is_is_an_event(client, administrator):
    source = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    assert "Omar Secret" not in page_text(client.get(url("confidentialsource_changelist")))
    assert "Omar Secret" not in page_text(client.get(url("confidentialsource_changelist") + "?q=Omar"))
    assert not Event.objects.filter(action="identity_read").exists()
    assert "Omar Secret" in page_text(client.get(url("confidentialsource_change", source.pk)))
    event = Event.objects.get(action="identity_read")
    assert (event.actor, event.thing) == ("adam", source.code)
    assert "Omar" not in event.name


def test_without_the_permission_the_identity_is_not_shown(client):
    source = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    client.force_login(make_staff("Desk editor", desks=[make_desk()]))
    page = page_text(client.get(url("confidentialsource_change", source.pk)))
    assert "an official" in page
    assert "Omar Secret" not in page
    assert not Event.objects.filter(action="identity_read").exists()


# --- people ---------------------------------------------------------------------------------------------------------


def test_nobody_makes_more_of_themselves_than_they_are(client, administrator):
    post(client, "user", administrator, is_superuser=["on"], groups=[])
    after = User.objects.get(pk=administrator.pk)
    assert not after.is_superuser
    assert after.groups.get().name == "Administrator"


def test_an_administrator_makes_nobody_a_superuser(client, administrator):
    reporter = make_user("rana")
    post(client, "user", reporter, is_superuser=["on"], first_name=["Rana"])
    after = User.objects.get(username="rana")
    assert (after.is_superuser, after.first_name) == (False, "Rana")


def test_a_superuser_is_changed_by_superusers_alone(client, administrator):
    chief = User.objects.create_superuser("chief")
    client.post(url("user_change", chief.pk), {"username": "mine"})
    assert User.objects.filter(username="chief").exists()


def test_somebody_who_leaves_is_made_inactive_and_it_is_logged(client, administrator):
    reporter = make_user("rana")
    data = form_data(client.get(url("user_change", reporter.pk)), form_id="user_form")
    data.pop("is_active")
    client.post(url("user_change", reporter.pk), data)
    assert not User.objects.get(username="rana").is_active
    event = Event.objects.filter(kind="user").first()
    assert (event.action, event.actor, event.thing) == ("changed", "adam", "rana")


def test_a_group_is_changed_and_it_is_logged(client, administrator):
    group = load_groups("Reporter")["Reporter"]
    client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "Reporter", "permissions": []})
    assert group.permissions.count() == 0
    assert Event.objects.filter(kind="group", actor="adam").exists()


# --- the log --------------------------------------------------------------------------------------------------------


def test_the_log_is_read_and_never_written_at_the_desk(client, administrator):
    make_article(headline="Logged <b>story</b>")
    event = Event.objects.first()
    page = page_text(client.get(url("event_changelist")))
    assert "Logged &lt;b&gt;story&lt;/b&gt;" in page
    before = Event.objects.filter(pk=event.pk).values().get()
    assert client.post(url("event_change", event.pk), {"actor": "nobody", "reason": "x"}).status_code == 403
    client.post(url("event_changelist"), {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"})
    for word in ("add", f"{event.pk}/delete"):
        assert client.post(f"/admin/articles/event/{word}/", {"post": "yes"}).status_code in (302, 404, 405)
    assert Event.objects.filter(pk=event.pk).values().get() == before


def test_the_log_is_searched_and_filtered(client, administrator):
    article = make_article(headline="One", by=administrator)
    make_article(headline="Two")
    answer = client.get(url("event_changelist") + f"?q={article.public_id}")
    assert [event.name for event in answer.context["cl"].result_list] == ["One"]
    answer = client.get(url("event_changelist") + "?action=merged")
    assert list(answer.context["cl"].result_list) == []


def test_releases_and_revisions_are_no_screens_of_the_desk():
    from django.contrib import admin

    assert Release not in admin.site._registry


@pytest.mark.parametrize("words", ["sham", "شام", "syria"])
def test_the_list_of_regions_is_searched_by_every_name(client, administrator, words):
    make_region("SY", name="Syria", aliases={"en": ["Sham"], "ar": ["شام"]})
    make_region("XX", name="Elsewhere")
    answer = client.get(url("region_changelist"), {"q": words})
    assert [region.code for region in answer.context["cl"].result_list] == ["SY"]
