"""Reference fixtures, and a whole newsroom carried over into an empty database."""

import json
from datetime import timedelta
from importlib import import_module
from io import StringIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.models import ProtectedError
from django.utils import timezone

from articles import fixtures, releasing, search, summaries
from articles.models import (
    Article,
    Desk,
    Event,
    FormerPath,
    Listing,
    OfferedPermission,
    Photo,
    Region,
    Release,
    Revision,
    Source,
    Topic,
    User,
)

from .factories import (
    approve,
    fresh,
    make_article,
    make_author,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def load(tmp_path, *objects, name="copy.json"):
    path = tmp_path / name
    path.write_text(json.dumps(list(objects)), "utf-8")
    out = StringIO()
    call_command("loaddata", str(path), stdout=out)
    return out.getvalue()


def test_reference_data_loads_into_an_empty_newsroom_with_plain_loaddata():
    call_command("loaddata", *fixtures.REFERENCE, verbosity=0)
    assert Region.objects.get(path="asia/western-asia/syria/deir-ez-zor").parent.code == "SY"
    assert Region.objects.filter(kind="country").count() >= 249
    assert Region.objects.get(code="XK").name == "Kosovo"
    assert {region.code for region in Region.objects.get(code="gulf").members.all()} >= {"SA", "KW", "QA"}
    assert Topic.objects.get(code="medtop:11000000").fold_key == "politics"
    assert Source.objects.get(short_name="AFP").region.code == "FR"


def test_reference_data_loads_onto_an_empty_newsroom_with_load_reference():
    report = fixtures.load_reference()
    assert report.skipped == []
    assert report.added["articles.Region"] == Region.objects.count() > 600
    again = fixtures.load_reference()
    assert not any(again.added.values())


def test_both_ways_of_loading_reference_data_give_the_same():
    call_command("loaddata", *fixtures.REFERENCE, verbosity=0)
    by_loaddata = reference_data()
    Source.objects.all().delete()
    for model in (Topic, Region):
        while model.objects.filter(children=None).delete()[0]:  # leaves first: a parent in use is not deleted
            pass
    fixtures.load_reference()
    assert reference_data() == by_loaddata


def reference_data():
    regions = Region.objects.prefetch_related("members").select_related("parent")
    return (
        sorted((one.code, one.path, one.parent and one.parent.code, one.name_ar, str(one.towns)) for one in regions),
        sorted((one.code, member.code) for one in regions for member in one.members.all()),
        sorted(
            (one.code, one.fold_key, one.parent and one.parent.code) for one in Topic.objects.select_related("parent")
        ),
        sorted((one.code, one.region and one.region.code) for one in Source.objects.select_related("region")),
    )


def test_load_reference_never_overwrites_an_edit():
    fixtures.load_reference()
    Region.objects.filter(code="TR").update(name="Türkiye", slug="turkiye")
    Source.objects.filter(code="afp").update(credit="AFP/Getty")
    fixtures.load_reference()
    assert Region.objects.get(code="TR").name == "Türkiye"
    assert Source.objects.get(code="afp").credit == "AFP/Getty"


def held(group):
    return set(Group.objects.get(name=group).permissions.values_list("codename", flat=True))


def upgrade(*codenames):
    """As if those permissions came with an upgrade: no group has them, nor was offered them."""
    new = Permission.objects.filter(codename__in=codenames)
    OfferedPermission.objects.filter(permission__in=new).delete()
    for group in Group.objects.all():
        group.permissions.remove(*new)


def test_a_group_that_is_there_is_given_what_is_new_once_and_never_what_was_taken_from_it(capsys):
    fixtures.load_reference(["groups"])
    as_shipped = held("Reporter")
    assert {"add_article", "add_note", "submit_article"} <= as_shipped
    reporters = Group.objects.get(name="Reporter")
    reporters.permissions.remove(Permission.objects.get(codename="submit_article"))
    reporters.permissions.add(Permission.objects.get(codename="view_event"))
    upgrade("add_note")
    call_command("load_reference")
    assert "New permissions of the group Reporter: add_note\n" in capsys.readouterr().out
    assert held("Reporter") == as_shipped - {"submit_article"} | {"view_event"}
    assert Event.objects.filter(action="permissions_given", name="Reporter").get().data["permissions"] == ["add_note"]
    reporters.permissions.remove(Permission.objects.get(codename="add_note"))
    assert fixtures.load_reference(["groups"]).given == []
    assert "add_note" not in held("Reporter")


def test_of_a_group_that_came_with_an_older_backup_nothing_is_guessed():
    fixtures.load_reference(["groups"])
    OfferedPermission.objects.all().delete()
    Group.objects.get(name="Reporter").permissions.clear()
    assert fixtures.load_reference(["groups"]).given == []
    assert held("Reporter") == set()
    upgrade("add_note")
    assert "Reporter: add_note" in fixtures.load_reference(["groups"]).given


def test_an_upgrade_takes_what_it_finds_for_offered():
    migration = import_module("articles.migrations.0011_kept_by_the_desk")
    group = Group.objects.create(name="Reporter")
    migration.remember_offers(apps, SimpleNamespace(connection=connection))
    assert OfferedPermission.objects.filter(group=group).count() == Permission.objects.count()
    assert fixtures.load_reference(["groups"]).given == []
    assert held("Reporter") == set()


def test_load_reference_leaves_merged_topics_merged_and_says_so():
    fixtures.load_reference(["topics"])
    merged = Topic.objects.filter(children=None).first()
    target = Topic.objects.exclude(pk=merged.pk).first()
    FormerPath.objects.create(kind="topic", path=merged.slug, code=target.code, former_code=merged.code)
    code = merged.code
    merged.delete()
    report = fixtures.load_reference(["topics"])
    assert not Topic.objects.filter(code=code).exists()
    assert any(code in line and target.code in line for line in report.skipped)


def test_load_reference_skips_what_would_take_anothers_address():
    make_topic("Politics and government", slug="politics")
    report = fixtures.load_reference(["topics"])
    assert any("medtop:11000000" in line for line in report.skipped)


def a_newsroom():
    """One of everything: released, corrected, retracted, scheduled, draft; people, pictures, sources."""
    fixtures.load_reference(["groups"])
    publisher = make_user("publisher", group="Publisher")
    asia = make_region("142", name="Asia", kind="continent")
    country = make_region("SY", name="Syria", parent=asia)
    group = make_region("levant", name="Levant", kind="grouping")
    group.members.add(country)
    source, author, photo = make_source(), make_author(), make_photo()
    places = {"regions": [country], "topics": [make_topic()], "publisher": publisher}
    released = make_released(
        **places,
        headline="Harbour reopens",
        captions=[{"photo": photo.public_id, "caption": "A quay.", "is_lead": True}],
        citations=[{"source": source.code}],
        bylines=[{"author": author.code, "text": ""}],
    )
    releasing.release(released, publisher, seen=released.version, correction="It opened on Monday.")
    retracted = make_released(**places, headline="Ferry sinks")
    releasing.retract(retracted, publisher, seen=retracted.version, note="It did not.")
    make_released(**places, headline="Budget tomorrow", at=timezone.now() + timedelta(days=1))
    make_article(headline="A mere draft", translation_of=released)
    return released


@pytest.mark.django_db(transaction=True)
def test_a_whole_newsroom_survives_dumpdata_and_loaddata(tmp_path, client):
    released = a_newsroom()
    summaries.count_all()
    address = f"/stories/{released.public_id}/{released.slug}/"
    pages = ["/", address, "/regions/asia/", "/regions/asia/syria/", "/search/?q=harbour", "/rss.xml"]
    before = {page: client.get(page).content for page in pages}
    counts = {model: model.objects.count() for model in (Article, Revision, Release, Listing, Event, Photo, User)}
    dump = tmp_path / "newsroom.json"
    call_command("dumpdata", "--natural-foreign", "--natural-primary", output=str(dump), verbosity=0)

    empty_the_database()
    assert Article.objects.count() == 0
    call_command("loaddata", str(dump), verbosity=0)

    assert {model: model.objects.count() for model in counts} == counts
    for page in pages:
        assert client.get(page).content.decode() == before[page].decode(), page
    assert all(content for content in before.values())
    headlines = set(Listing.objects.at_place("home", "en").values_list("release__headline", flat=True))
    assert headlines == {"Harbour reopens"}
    later = timezone.now() + timedelta(days=2)
    assert Listing.objects.at_place("home", "en", later).count() == 2


def empty_the_database():
    """As after migrate: nothing but content types and permissions."""
    kept = {"auth_permission", "django_content_type", "django_migrations"}
    tables = [table for table in connection.introspection.table_names() if table not in kept]
    indexes = ("articles_releasetext", "articles_desktext", "articles_phototext", "articles_wiretext")
    tables = [table for table in tables if not table.startswith(indexes)]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables))


def test_loading_stories_onto_a_newsroom_that_has_stories_is_refused(tmp_path):
    article = make_article(headline="Ours stays")
    theirs = {
        "model": "articles.article",
        "fields": {"public_id": article.public_id, "headline": "Theirs", "desk": [article.desk.code]},
    }
    with pytest.raises(CommandError, match="import_stories"):
        load(tmp_path, theirs)
    assert fresh(article).headline == "Ours stays"


def region(**fields):
    return {"model": "articles.region", "fields": {"kind": "grouping", "slug": "coast", "path": "coast", **fields}}


def test_a_fixture_that_breaks_a_rule_is_refused_with_its_file_object_and_reason(tmp_path):
    good = region(code="coast", name="Coast")
    bad = region(code="hills", name="Hills", slug="hills", path="somewhere/else")
    with pytest.raises(CommandError) as refusal:
        load(tmp_path, good, bad, name="regions-of-ours.json")
    for words in ("regions-of-ours.json", "articles.Region hills", "somewhere/else"):
        assert words in str(refusal.value)
    assert not Region.objects.filter(code="coast").exists()


def test_a_fixture_with_a_state_that_is_none_is_refused_with_its_object(tmp_path):
    desk = Desk.objects.create(code="world", name="World")
    bad = {
        "model": "articles.article",
        "fields": {"public_id": "bcdfghjkmn", "headline": "Boats", "desk": [desk.code], "status": "live"},
    }
    with pytest.raises(CommandError, match=r"articles\.Article"):
        load(tmp_path, bad)
    assert not Article.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fixture_that_crosses_an_embargo_is_refused(tmp_path):
    article = make_released(regions=[make_region()])
    Article.objects.filter(pk=article.pk).update(embargo_until=timezone.now() + timedelta(days=3))
    dump = tmp_path / "embargoed.json"
    call_command("dumpdata", "--natural-foreign", "--natural-primary", output=str(dump), verbosity=0)
    empty_the_database()
    with pytest.raises(CommandError, match="before the embargo ends"):
        call_command("loaddata", str(dump), verbosity=0)
    assert not Release.objects.exists()


def test_stored_text_of_a_fixture_is_sanitised(tmp_path):
    desk = Desk.objects.create(code="world", name="World")
    fields = {"public_id": "bcdfghjkmn", "headline": "Boats", "desk": [desk.code]}
    load(tmp_path, {"model": "articles.article", "fields": {**fields, "body": "<p>x<script>alert(1)</script></p>"}})
    assert Article.objects.get().body == "<p>x</p>"


def test_deleting_what_is_in_use_is_refused():
    article = make_article(regions=[make_region()], topics=[make_topic()], citations=[{"source": make_source().code}])
    for thing in (Region.objects.get(code="XA"), make_topic(), make_source(), article.desk):
        with pytest.raises(ProtectedError) as refusal:
            thing.delete()
        assert refusal.value.protected_objects


def test_a_released_story_is_never_deleted():
    with pytest.raises(ProtectedError):
        make_released().delete()


def test_search_is_rebuilt_from_what_is_there():
    make_released(headline="Lighthouse shines")
    search.rebuild()
    assert len(search.find_released("lighthouse", "en").hits) == 1


@pytest.mark.django_db(transaction=True)
def test_approval_of_a_fixture_must_name_a_revision_that_is_there(tmp_path):
    approve(make_article())
    dump = tmp_path / "copy.json"
    call_command(
        "dumpdata",
        *("auth.group", "articles.desk", "articles.user", "articles.article"),
        *("--natural-foreign", "--natural-primary"),
        output=str(dump),
        verbosity=0,
    )
    empty_the_database()
    with pytest.raises(CommandError, match="which it does not have"):
        call_command("loaddata", str(dump), verbosity=0)
