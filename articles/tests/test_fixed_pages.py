"""About, contact, standards, privacy: written at the desk in each edition, and had by readers at once."""

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from articles import fixtures
from articles.models import Event, FixedPage
from articles.readers import addresses

from .desk import load_groups
from .factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    fixtures.load_reference(["pages"])


def test_both_editions_have_every_page_and_lead_to_each_other(client, pages, django_assert_num_queries):
    for slug in addresses.FIXED:
        for language, other in (("en", "ar"), ("ar", "en")):
            with django_assert_num_queries(1):
                page = client.get(addresses.fixed(language, slug))
            assert page.status_code == 200
            title = FixedPage.objects.get(slug=slug, language=language).title
            assert f'<h1 dir="auto">{title}</h1>' in page.text
            assert f'hreflang="{other}" href="http://testserver{addresses.fixed(other, slug)}"' in page.text
            assert page["Cache-Control"].startswith("public")
            again = client.get(addresses.fixed(language, slug), headers={"If-None-Match": page["ETag"]})
            assert again.status_code == 304
    home = client.get("/ar/").text
    assert all(f'href="{addresses.fixed("ar", slug)}"' in home for slug in addresses.FIXED)


def test_their_own_links_lead_somewhere(client, pages):
    import re

    for slug in addresses.FIXED:
        for language in ("en", "ar"):
            body = FixedPage.objects.get(slug=slug, language=language).body
            for link in re.findall(r'href="(/[^"]*)"', body):
                assert client.get(link).status_code == 200, (slug, link)
                assert link.startswith("/ar/") == (language == "ar"), (slug, link)


def test_a_page_that_an_edition_lacks_is_not_there(client, pages):
    FixedPage.objects.filter(slug="about", language="ar").delete()
    assert client.get("/ar/about/").status_code == 404
    assert "hreflang" not in client.get("/about/").text.split("</head>")[0]
    assert client.get("/imprint/").status_code == 404


def test_loading_the_reference_again_changes_nothing_that_somebody_wrote(pages):
    FixedPage.objects.filter(slug="about", language="en").update(title="Ourselves")
    report = fixtures.load_reference(["pages"])
    assert report.present["articles.FixedPage"] == 8
    assert FixedPage.objects.get(slug="about", language="en").title == "Ourselves"


def test_a_publisher_writes_one_and_what_it_said_before_stays_in_the_log(client, pages, settings):
    settings.PURGE = ["varnish://cache:6081"]
    publisher = make_user("publisher")
    publisher.groups.add(load_groups()["Publisher"])
    client.force_login(publisher)
    page = FixedPage.objects.get(slug="contact", language="en")
    before = {"title": page.title, "body": page.body}
    where = reverse("admin:articles_fixedpage_change", args=[page.pk])
    assert client.get(where).status_code == 200
    markup = '<p onclick="x()">Write to <a href="javascript:x()">us</a>.</p><script>alert(1)</script>'
    assert client.post(where, {"title": "Write  to us", "body": markup}).status_code == 302
    asked = DBTaskResult.objects.filter(task_path="articles.purging.purge").get()
    answer = client.get("/contact/")
    header, between = next(iter(settings.CACHE_KEY_HEADERS.items()))
    assert asked.args_kwargs["args"][0] == answer[header].split(between or None) == ["page:contact"]
    shown = answer.text
    assert "Write to <a" in shown
    assert '<h1 dir="auto">Write to us</h1>' in shown
    for active in ("onclick", "javascript:", "alert(1)"):
        assert active not in shown.split("<main")[1]
    event = Event.objects.filter(action="changed", kind="fixedpage").get()
    assert event.data["before"] == before
    assert event.data["text"]["title"] == "Write to us"
    assert sorted(event.data["fields"]) == ["body", "title"]


def test_readers_are_never_given_an_empty_page(client, pages):
    publisher = make_user("publisher")
    publisher.groups.add(load_groups()["Publisher"])
    client.force_login(publisher)
    page = FixedPage.objects.get(slug="contact", language="en")
    where = reverse("admin:articles_fixedpage_change", args=[page.pk])
    answer = client.post(where, {"title": "Contact", "body": "<p> </p><script>x</script>"})
    assert answer.status_code == 200
    assert "Readers would have an empty page" in answer.text
    assert FixedPage.objects.get(pk=page.pk).body == page.body
