"""The API: what it answers, what it refuses and how it says so, and what it never tells."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

import jsonschema
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from articles import photos, releasing
from articles.models import Article, FormerPath, Photo, Release
from articles.readers.api import openapi, table
from articles.readers.api.schemas import SCHEMAS

from .factories import (
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
from .held_back import HELD_BACK
from .test_readers_pages import address_of, many_more

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"
HERE = "http://testserver"


@pytest.fixture(autouse=True, scope="module")
def _few_sizes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos.renditions, "WIDTHS", (320,))
        yield


@pytest.fixture
def publisher():
    return make_user("publisher", group="Publisher")


@pytest.fixture
def stage(publisher):
    """A region, a topic, a source and an author with one story that readers have."""
    asia = make_region("142", name="Asia", kind="continent")
    country = make_region("SY", name="Syria", parent=asia)
    levant = make_region("levant", name="Levant", kind="grouping")
    levant.members.add(country)
    author, source, photo = make_author(slug="lina"), make_source(slug="observatory"), make_photo()
    return make_released(
        publisher=publisher,
        headline="Harbour & quay <open>",
        body='<p>Ships "came".</p><p>Two.</p>',
        dateline="Tartus",
        regions=[country],
        topics=[make_topic("Ships")],
        bylines=[{"author": author.code, "text": ""}],
        citations=[{"source": source.code}, {"as_printed": "the port authority", "use": "quote"}],
        captions=[{"photo": photo.public_id, "caption": "A quay.", "credit": "AFP"}],
    )


def ask(client, path="stories/", **asked):
    return client.get(f"{ROOT}{path}", asked)


def ids(answer):
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["stories"]]


def validator(name):
    """Of one of the components, as whoever reads the document would check it."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": {"schemas": SCHEMAS}}
    registry = Registry().with_resource("urn:api", DRAFT202012.create_resource(document))
    return jsonschema.Draft202012Validator(
        {"$ref": f"urn:api#/components/schemas/{name}"}, registry=registry, format_checker=jsonschema.FormatChecker()
    )


def is_problem(answer, status):
    told = answer.json()
    return (
        answer.status_code == status == told["status"]
        and answer["Content-Type"] == "application/problem+json"
        and validator("Problem").is_valid(told)
        and told["detail"].endswith((".", "2B."))
        and answer["Access-Control-Allow-Origin"] == "*"
    )


# --- what it answers ------------------------------------------------------------------------------------------------


def test_every_operation_answers_as_its_schema_says(client, stage):
    source = stage.citations.exclude(source=None).get().source
    parts = {
        "public_id": stage.public_id,
        "code": {"region": "SY", "topic": stage.topics.get().code, "source": source.code},
    }
    for operation in table.OPERATIONS:
        path = operation.path
        for name, _, _ in operation.parts:
            value = parts[name] if isinstance(parts[name], str) else parts[name][operation.name]
            path = path.replace(f"{{{name}}}", value)
        for tail in (path, path.rstrip("/")) if path else (path,):
            answer = ask(client, tail)
            assert answer.status_code == 200, tail
            assert answer["Content-Type"] == "application/json"
            told = answer.json()
            assert [error.message for error in validator(operation.gives).iter_errors(told)] == []
            lists = [value for value in told.values() if isinstance(value, list)] if "next" in told else []
            assert all(lists), operation.name
        for address in re.findall(r'"(?:api_url|url|stories_url|next)": "([^"]+)"', answer.text):
            assert client.get(address.removeprefix(HERE)).status_code == 200, address


def test_a_story_is_told_whole_and_in_lists_without_its_text(client, stage):
    (listed,) = ask(client).json()["stories"]
    one = ask(client, f"stories/{stage.public_id}/").json()
    assert one.pop("body_html") == '<p>Ships "came".</p><p>Two.</p>'
    assert one == listed
    assert (one["headline"], one["dateline"], one["direction"]) == ("Harbour & quay <open>", "Tartus", "ltr")
    assert one["url"] == f"{HERE}{address_of(stage)}"
    assert one["bylines"] == [{"name": "Lina Haddad", "url": f"{HERE}/authors/lina/"}]
    assert one["regions"][0]["api_url"] == f"{HERE}/api/v1/regions/SY/"
    assert [source["url"] for source in one["sources"]] == [f"{HERE}/sources/observatory/", None]
    assert (one["pictures"][0]["credit"], one["pictures"][0]["wide"]["width"]) == ("AFP", 1200)
    assert (one["version"], one["updated_at"], one["corrections"]) == (1, None, [])


def test_ninjs_is_valid_and_holds_nothing_of_the_desk(client, stage, publisher, shared, settings):
    settings.SITE_URL = "https://news.example.org"
    Article.objects.filter(pk=stage.pk).update(slugline="SECRET-SLUG", usage_terms="SECRET terms")
    schema = json.loads((shared / "schemas" / "ninjs-3.1.json").read_text())
    registry = Registry(retrieve=lambda uri: DRAFT202012.create_resource({}))
    checker = jsonschema.Draft202012Validator(schema, registry=registry, format_checker=jsonschema.FormatChecker())
    one = ask(client, f"stories/{stage.public_id}/", format="ninjs")
    many = ask(client, format="ninjs")
    for told in (one.json(), *many.json()["stories"]):
        assert list(checker.iter_errors(told)) == []
        assert told["uri"] == f"https://news.example.org/stories/{stage.public_id}/"
    assert one.json()["bodies"][0]["value"].startswith("<p>Ships")
    assert "bodies" not in many.json()["stories"][0]
    assert one.json()["associations"][0]["renditions"][0]["href"].startswith("https://news.example.org/media/")
    assert "SECRET" not in one.text + many.text


def test_stories_are_found_by_where_they_stand(client, stage, publisher):
    other = make_released(publisher=publisher, headline="Elsewhere", topics=[make_topic("Ships")])
    arabic = make_released(publisher=publisher, headline="افتتاح المرفأ", language="ar")
    source = stage.citations.exclude(source=None).get().source
    both = [other.public_id, stage.public_id]
    for asked, expected in (
        ({}, both),
        ({"region": "SY"}, both[1:]),
        ({"region": "asia/syria"}, both[1:]),
        ({"region": "asia"}, both[1:]),
        ({"region": "levant"}, both[1:]),
        ({"region": "world"}, both),
        ({"topic": "ships"}, both),
        ({"topic": make_topic("Ships").code, "region": "142"}, both[1:]),
        ({"source": "observatory"}, both[1:]),
        ({"source": source.code, "author": "lina", "topic": "ships"}, both[1:]),
        ({"language": "ar"}, [arabic.public_id]),
        ({"language": "ar", "region": "asia"}, []),
        ({"q": "quay"}, both[1:]),
        ({"q": "elsewhere", "region": "asia"}, []),
        ({"q": "quay", "region": "levant", "topic": "ships"}, both[1:]),
        ({"q": "المرفأ", "language": "ar"}, [arabic.public_id]),
    ):
        assert ids(ask(client, **asked)) == expected, asked


def test_stories_are_found_by_when_they_were_published(client, publisher):
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=9)
    stories = [
        make_released(publisher=publisher, headline=f"Harbour {n}", provider_date=noon + timedelta(hours=n))
        for n in range(3)
    ]
    newest = [story.public_id for story in reversed(stories)]
    at = [f"{noon + timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ}" for n in range(3)]
    for more in ({}, {"q": "harbour"}):
        assert ids(ask(client, since=at[1], **more)) == newest[:2]
        assert ids(ask(client, until=at[1], **more)) == newest[2:]
        assert ids(ask(client, since=at[1], until=at[2], **more)) == newest[1:2]
    east = f"{noon + timedelta(hours=3):%Y-%m-%dT%H:%M:%S}+02:00"
    assert ids(ask(client, since=east)) == newest[:2]


@pytest.mark.parametrize("asked", [{}, {"q": "harbour"}, {"region": "levant", "topic": "ships"}])
def test_a_list_goes_on_by_its_cursor_to_its_end_each_story_once(client, stage, asked):
    Release.objects.filter(public_id=stage.public_id).update(picture=None)
    expected = {stage.public_id, *(one.public_id for one in many_more(stage, 24))}
    found, address = [], f"{HERE}{ROOT}stories/?limit=10&" + "&".join(f"{key}={value}" for key, value in asked.items())
    pages = 0
    while address:
        answer = client.get(address.removeprefix(HERE))
        told = answer.json()
        found += ids(answer)
        assert ('rel="next"' in answer["Link"]) == bool(told["next"])
        address, pages = told["next"], pages + 1
    assert pages == 3
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_places_go_on_by_their_cursor_too(client, stage):
    found, asked = [], {"limit": 2}
    while asked:
        told = ask(client, "regions/", **asked).json()
        found += [one["code"] for one in told["regions"]]
        asked = {"limit": 2, "cursor": told["cursor"]} if told["cursor"] else None
    assert found == sorted(found)
    assert {"001", "142", "SY", "levant"} <= set(found)


def test_the_api_costs_the_same_whatever_the_archive_holds(client, stage, django_assert_max_num_queries):
    for count in (0, 60):
        many_more(stage, count)
        for path, most in (
            ("stories/", 2),
            (f"stories/{stage.public_id}/", 1),
            ("stories/?region=SY", 3),
            ("stories/?region=asia/syria&topic=ships", 6),
            ("stories/?q=harbour", 2),
            ("stories/?q=harbour&region=SY", 4),
            ("regions/", 1),
            ("topics/", 1),
            ("sources/", 1),
            ("openapi.json", 0),
        ):
            with django_assert_max_num_queries(most, info=path):
                assert client.get(f"{ROOT}{path}").status_code == 200


def test_who_has_an_answer_already_is_told_so(client, stage, publisher, time_machine):
    time_machine.move_to(timezone.now().replace(microsecond=0) + timedelta(hours=1), tick=False)
    paths = (f"stories/{stage.public_id}/", "stories/", "regions/", "stories/?q=harbour")
    before = {path: client.get(f"{ROOT}{path}") for path in paths}
    for path, answer in before.items():
        again = client.get(f"{ROOT}{path}", headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    for path in paths[:2]:
        since = before[path]["Last-Modified"]
        assert client.get(f"{ROOT}{path}", headers={"If-Modified-Since": since}).status_code == 304
    time_machine.shift(timedelta(hours=1))
    releasing.release(stage, publisher, seen=stage.version, correction="On Monday.")
    for path in paths[:2]:
        for header, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            again = client.get(f"{ROOT}{path}", headers={header: before[path][name]})
            assert again.status_code == 200, (path, header)
    one = ask(client, f"stories/{stage.public_id}/").json()
    assert (one["version"], one["corrections"][0]["note"]) == (2, "On Monday.")
    assert one["updated_at"]


def test_anybodys_page_may_ask_and_nobody_may_write(client, stage):
    for path in ("stories/", f"stories/{stage.public_id}/", "openapi.json", "nothing/"):
        answer = client.get(f"{ROOT}{path}")
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"].startswith("public")
        assert "cookie" not in answer.get("Vary", "").lower()
        first = client.options(f"{ROOT}{path}")
        assert (first.status_code, first["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
        assert client.head(f"{ROOT}{path}").content == b""
        for method in (client.post, client.put, client.delete, client.patch):
            assert is_problem(method(f"{ROOT}{path}"), 405)


# --- what it refuses ------------------------------------------------------------------------------------------------

CURSOR = "dDIwMjYwMTAxVDAwMDAwMDAwMDAwMFotYQ"  # of a list by time, made up: such a one is as good as any


@pytest.mark.parametrize(
    "asked",
    [
        *("limit=0", "limit=101", "limit=x", "limit=²", "limit=-1", "limit=", "limit=1&limit=2", "Limit=1", "x=1"),
        *(
            "cursor=",
            "cursor=x",
            "cursor=%00",
            "cursor=dA",
            "cursor=" + "A" * 400,
            "cursor=dDk5OTk",
            "cursor=" + CURSOR + "=",
        ),
        *("q=harbour&cursor=" + CURSOR, "cursor=cU1E", "language=fr", "language=", "format=xml", "format=ninjs2"),
        *("since=yesterday", "since=2026-01-01", "since=2026-01-01T00:00:00", "since=2026-02-30T00:00:00Z"),
        *("until=9999-01-01T00:00:00Z", "until=0001-01-01T00:00:00%2B23:59", "since=2026-01-01T00:00:00 02:00"),
        *("region=nowhere", "region=%00", "region='", "topic=none", "source=none", "author=none", "region="),
        *("q=", "q=" + "x" * 201, "q=%20%0b", "region=" + "x" * 300),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_with_a_sentence(client, stage, asked):
    answer = client.get(f"{ROOT}stories/?{asked}")
    assert is_problem(answer, 400), answer.text
    assert "Traceback" not in answer.text


def test_a_cursor_that_somebody_made_up_is_a_place_like_any_other(client, stage):
    assert ids(ask(client, cursor=CURSOR)) == []


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    name=st.sampled_from(["region", "topic", "source", "author", "since", "until", "q", "cursor", "limit", "format"]),
    value=st.text(max_size=60),
)
def test_no_question_breaks_the_api(client, name, value):
    answer = client.get(f"{ROOT}stories/?{name}={quote(value, errors='replace')}")
    assert answer.status_code == 200 or is_problem(answer, 400)


@pytest.mark.parametrize(
    "path", ["nothing/", "stories/bcdfghjkmn/", "stories/A/", "regions/nowhere/", "topics/x/", "v2/"]
)
def test_what_is_not_there_is_said_as_a_problem(client, path):
    assert is_problem(client.get(f"{ROOT}{path}"), 404)


def test_a_place_that_was_renamed_is_found_by_its_former_name(client, stage):
    FormerPath.objects.create(kind="region", path="asia/old-syria", code="SY")
    assert ids(ask(client, region="asia/old-syria")) == [stage.public_id]
    assert is_problem(ask(client, region="asia/old-syria/homs"), 400)


# --- what it never tells --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", HELD_BACK)
def test_what_may_not_be_passed_on_was_never_there(client, stage, why):
    model, fields = HELD_BACK[why]
    model.objects.filter(public_id=stage.public_id).update(**fields)
    for asked in ({}, {"region": "SY"}, {"q": "harbour"}, {"format": "ninjs"}):
        assert ask(client, **asked).json()["stories"] == []
    held, never = (ask(client, f"stories/{one}/") for one in (stage.public_id, "bcdfghjkmn"))
    assert held.content == never.content
    assert is_problem(held, 404)


def test_what_is_to_come_was_never_there(client, stage, publisher, time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    author, topic, source = make_author("Omar", slug="omar"), make_topic("Secret plan"), make_source(slug="hidden")
    kw = {
        "headline": "Canary",
        "topics": [topic],
        "bylines": [{"author": author.code, "text": ""}],
        "citations": [{"source": source.code}],
    }
    make_article(**kw)
    paths = [
        *("stories/", "stories/?q=canary", "stories/?region=world", "regions/", "topics/", "sources/"),
        *(f"topics/{topic.code}/", f"sources/{source.code}/"),
        *(f"stories/?{name}" for name in (f"topic={topic.code}", "topic=secret-plan", "author=omar", "source=hidden")),
        "stories/?author=nobody",
    ]
    before = {path: client.get(f"{ROOT}{path}") for path in paths}
    story = make_released(publisher=publisher, at=now + timedelta(hours=1), **kw)
    for path, answer in before.items():
        again = client.get(f"{ROOT}{path}")
        assert (again.content, again.headers) == (answer.content, answer.headers), path
    assert before["stories/?author=omar"].content == before["stories/?author=nobody"].content
    assert is_problem(ask(client, f"stories/{story.public_id}/"), 404)
    time_machine.move_to(now + timedelta(hours=1), tick=False)
    assert ids(ask(client, author="omar")) == ids(ask(client, topic=topic.code)) == [story.public_id]


def test_a_story_that_was_taken_from_readers_is_gone_with_what_they_were_told(client, stage, publisher):
    releasing.retract(stage, publisher, seen=stage.version, note="The report was wrong.")
    answer = ask(client, f"stories/{stage.public_id}/")
    assert is_problem(answer, 410)
    assert answer.json()["note"] == "The report was wrong."
    assert "Ships" not in answer.text
    assert ids(ask(client)) == ids(ask(client, q="harbour")) == []


def test_a_picture_leaves_the_api_when_its_rights_end(client, publisher, time_machine):
    now = timezone.now().replace(microsecond=0)
    time_machine.move_to(now, tick=False)
    photo = make_photo()
    Photo.objects.filter(pk=photo.pk).update(usable_until=now + timedelta(hours=1))
    make_released(publisher=publisher, captions=[{"photo": photo.public_id, "caption": "A quay."}])
    before = {format: ask(client, format=format) for format in ("json", "ninjs")}
    assert all("/media/" in answer.text for answer in before.values())
    time_machine.move_to(now + timedelta(hours=1), tick=False)
    for format, answer in before.items():
        for header, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            again = client.get(f"{ROOT}stories/?format={format}", headers={header: answer[name]})
            assert (again.status_code, "/media/" in again.text) == (200, False)


def test_a_confidential_source_is_in_no_answer(client, publisher, stage):
    from articles.models import ConfidentialSource

    secret = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
    story = make_released(
        publisher=publisher, headline="Told", citations=[{"confidential": secret.code, "use": "quote"}]
    )
    for path in (f"stories/{story.public_id}/", f"stories/{story.public_id}/?format=ninjs", "stories/"):
        words = client.get(f"{ROOT}{path}").text
        assert "Omar" not in words
        assert secret.code not in words
    assert fresh(story)


# --- the document ---------------------------------------------------------------------------------------------------


def test_the_document_says_what_the_table_does(client, rf):
    document = client.get(f"{ROOT}openapi.json").json()
    assert document == json.loads(json.dumps(openapi.document(rf.get("/"))))
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {f"/{operation.path}" for operation in table.OPERATIONS}
    named = set()
    for path, item in document["paths"].items():
        operation = item["get"]
        named.add(operation["operationId"])
        placed = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert placed == set(re.findall(r"{(\w+)}", path))
        assert all(one["required"] for one in operation["parameters"] if one["in"] == "path")
        assert all(one["description"] and one["schema"] for one in operation["parameters"])
        assert operation["responses"]["200"]["description"]
        for parameter in operation["parameters"]:
            jsonschema.Draft202012Validator.check_schema(parameter["schema"])
    assert len(named) == len(table.OPERATIONS)
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for name in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)):
        assert name in document["components"]["schemas"]
