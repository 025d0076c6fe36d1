"""What a form does not show cannot be sent: status, version, keys and whatever else the rules alone write."""

import pytest
from django.contrib import admin
from django.forms import model_to_dict
from django.urls import NoReverseMatch, reverse
from django_tasks_db.models import DBTaskResult

from articles import outlets
from articles.models import Article, Region, Topic, User

from .desk import form_data, make_staff, url
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


def everything(thing):
    return {field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields}


@pytest.fixture
def chief(client):
    user = make_staff("Administrator", username="amal", desks=[make_desk()])
    client.force_login(user)
    return user


FORGED = {
    "status": "approved",
    "approved_number": "1",
    "approved_by": "1",
    "approved_by_id": "1",
    "legal_hold": "on",
    "legal_hold_reason": "x",
    "confidential": "on",
    "public_id": "forged2345",
    "provider_date": "2001-01-01T00:00:00Z",
    "created_at": "2001-01-01T00:00:00Z",
    "created_by": "1",
    "updated_at": "2001-01-01T00:00:00Z",
    "id": "999",
    "pk": "999",
    "_save_as_new": "1",
    "_saveasnew": "1",
}


def test_a_story_takes_nothing_that_its_form_does_not_show(client, chief):
    other = make_article(headline="Another story")
    article = make_article(headline="Before")
    before, untouched = everything(article), everything(other)
    data = form_data(client.get(url("article_change", article.pk)))
    answer = client.post(url("article_change", article.pk), {**data, **FORGED, "id": other.pk, "headline": "After"})
    assert answer.status_code == 302
    after = everything(fresh(article))
    assert after["headline"] == "After"
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"headline", "version", "updated_at"}
    assert after["version"] == before["version"] + 1
    assert everything(fresh(other)) == untouched
    assert Article.objects.count() == 2


@pytest.mark.parametrize("version", ["0", "99", "-1", "x", "", "9" * 30])
def test_the_version_of_a_story_is_counted_and_never_taken_from_a_form(client, chief, version):
    article = make_article(headline="Before")
    data = form_data(client.get(url("article_change", article.pk)))
    answer = client.post(url("article_change", article.pk), {**data, "version": version, "headline": "After"})
    assert answer.status_code in (302, 409, 422)
    # Saved onto the revision that it began from, or not at all.
    assert fresh(article).version == article.version + (answer.status_code == 302)
    assert article.revisions.count() == fresh(article).version


@pytest.mark.parametrize("button", ["move", "publish", "hold", "confidential"])
def test_a_button_takes_nothing_but_its_own_words(client, chief, button):
    article = make_article()
    sent = {**FORGED, "version": article.version, "target": "submitted", "reason": "x", "headline": "Forged"}
    client.post(url(f"article_{button}", article.pk), sent)
    after = fresh(article)
    mine = {"move": "status", "hold": "legal_hold", "confidential": "confidential"}.get(button)
    for name in ("status", "approved_number", "legal_hold", "confidential", "public_id", "headline", "created_at"):
        if name != mine:
            assert getattr(after, name) == getattr(article, name), name
    assert after.status in ("draft", "submitted")


def shown_forms():
    """Every change form of Django's own at the desk, with a thing to open it on."""
    return {
        "region": lambda: make_region("LB", name="Lebanon"),
        "topic": make_topic,
        "source": make_source,
        "author": make_author,
        "desk": lambda: make_desk("spare"),
        "user": make_user,
    }


@pytest.mark.parametrize("name", shown_forms())
def test_a_thing_keeps_its_key_and_its_code(client, chief, name):
    thing = shown_forms()[name]()
    other = make_topic("Another") if name == "topic" else None
    before = everything(thing)
    where = url(f"{name}_change", thing.pk)
    fixed = [field for field in thing._meta.concrete_fields if not field.editable or field.primary_key]
    data = form_data(client.get(where), form_id=f"{name}_form")
    forged = {field.name: "999" for field in fixed} | {"id": "999", "pk": "999"}
    forged |= {name: "forged" for name in ("code", "path", "fold_key") if name not in data}
    client.post(where, {**data, **forged})
    after = everything(type(thing).objects.get(pk=before["id"]))
    for field in (*fixed, *(one for one in thing._meta.concrete_fields if one.name in ("code", "path", "fold_key"))):
        if field.name not in data and field.name != "updated_at":
            assert after[field.attname] == before[field.attname], field.name
    assert not type(thing).objects.filter(pk=999).exists()
    if other:
        assert Topic.objects.filter(pk=other.pk).exists()


def test_no_list_is_changed_through(client, chief):
    """What Django's ``list_editable`` would take, sent to every list of the desk."""
    region, article = make_region("LB", name="Lebanon"), make_article(headline="Before")
    for model in admin.site._registry:
        try:
            where = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        except NoReverseMatch:
            continue
        thing = model._default_manager.order_by("pk").first()
        before = model._default_manager.count()
        sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-MIN_NUM_FORMS": "0", "_save": "Save"}
        sent |= {"form-0-id": str(thing.pk if thing else 1), "form-0-name": "Forged", "form-0-headline": "Forged"}
        sent |= {"form-0-status": "approved", "form-0-is_superuser": "on", "form-0-urgency": "1"}
        client.post(where, sent)
        assert model._default_manager.count() == before, model
    region.refresh_from_db()
    assert region.name == "Lebanon"
    assert fresh(article).headline == "Before"
    assert fresh(article).status == "draft"
    assert not Region.objects.filter(name="Forged").exists()


def test_nobody_makes_more_of_themselves_than_they_are(client, chief):
    data = form_data(client.get(url("user_change", chief.pk)), form_id="user_form")
    client.post(url("user_change", chief.pk), {**data, "is_superuser": "on", "groups": "1", "user_permissions": "1"})
    after = User.objects.get(pk=chief.pk)
    assert not after.is_superuser
    assert not after.user_permissions.exists()
    assert [group.name for group in after.groups.all()] == ["Administrator"]


def test_a_read_only_thing_takes_no_post(client, chief):
    from articles.models import Event

    event = Event.objects.create(at="2026-03-02T09:00:00Z", action="changed", kind="photo", thing="x", name="x")
    before = model_to_dict(Event.objects.get(pk=event.pk))
    assert client.post(url("event_change", event.pk), {"reason": "Forged", "actor": "x"}).status_code == 403
    assert client.post("/admin/articles/event/add/", {"action": "x"}).status_code in (302, 404)
    assert model_to_dict(Event.objects.get(pk=event.pk)) == before
    assert Event.objects.filter(action="x").count() == 0


@pytest.mark.parametrize("query", ["?q=%00", "?region=%00", "?action=a%00b", "?before=" + "9" * 5000])
def test_no_address_with_nonsense_in_it_is_a_fault(client, query):
    client.force_login(make_staff("Administrator", desks=[make_desk()]))
    for name in ("articles_article_changelist", "articles_event_changelist", "articles_article_add"):
        assert client.get(reverse(f"admin:{name}") + query).status_code in (200, 302, 400)


def test_a_look_by_hand_is_one_look_however_often_it_is_asked_for(client, settings):
    settings.SITE_URL = "http://localhost:1"
    article = make_released(desk=make_desk())
    client.force_login(make_staff("Publisher"))
    DBTaskResult.objects.all().delete()
    for _ in range(5):
        client.post(reverse("admin:articles_article_ask_outlets", args=[article.pk]))
    asked = DBTaskResult.objects.get(task_path__endswith="look")
    assert asked.args_kwargs["args"][2] == len(outlets.AGAIN_AFTER)
