"""A query that was written once gives what Django's own would, whatever values are put in its places."""

from datetime import timedelta

import pytest
from django.db.models import Exists, OuterRef, Value
from django.utils import timezone

from articles.models import Listing, Region, Release
from articles.prepared import MOST, Prepared

from .factories import make_region, make_released, make_topic, make_user

pytestmark = pytest.mark.django_db


def test_values_are_put_in_their_places(django_assert_num_queries):
    publisher = make_user(group="Publisher")
    land = make_region("SY", name="Syria", parent=make_region("142", name="Asia", kind="continent"))
    stories = [make_released(publisher=publisher, regions=[land], topics=[make_topic("Ships")]) for _ in range(3)]
    now = timezone.now()

    def listed(place, language, at, most):
        rows = Listing.objects.at_place(place, language, at).select_related("release")
        return rows.only("public_id", "release__headline", "release__picture")[:most]

    def within(region, codes, at):
        heard = Listing.objects.showing(at).filter(place="home", language=OuterRef("name_ar"))
        first = Region.objects.filter(parent_id=region).annotate(here=Value("beneath"), at_all=~Exists(heard))
        second = Region.objects.filter(code__in=codes).annotate(here=Value("named"), at_all=Exists(heard))
        columns = ("here", "code", "pk", "at_all")
        return first.order_by().values_list(*columns).union(second.order_by().values_list(*columns), all=True)

    for build, fixed, calls in (
        (listed, ("most",), [
            {"place": "home", "language": "en", "at": now, "most": 2},
            {"place": "topic:none", "language": "en", "at": now, "most": 2},
            {"place": "region:SY", "language": "en", "at": now, "most": 9},
            {"place": "region:SY", "language": "en", "at": now - timedelta(days=1), "most": 9},
        ]),
        (within, (), [
            {"region": land.parent_id, "codes": ["001"], "at": now},
            {"region": land.pk, "codes": ["SY", "142"], "at": now},
            {"region": land.parent_id, "codes": ["SY'; --", "142", "001"], "at": now},
        ]),
    ):  # fmt: skip
        prepared = Prepared(build, fixed)
        for values in (*calls, *calls):
            with django_assert_num_queries(1):
                found = prepared(**values)
            assert found == list(build(**values)), values
            for row in found:
                if isinstance(row, Listing):
                    with django_assert_num_queries(0):
                        assert row.release.headline == stories[0].headline
                    assert row.get_deferred_fields()


def test_annotations_and_documents_come_along():
    story = make_released(regions=[make_region("SY", name="Syria")])
    prepared = Prepared(lambda public_id: Release.objects.filter(public_id=public_id).annotate(said=Value("so")))
    (release,) = prepared(public_id=story.public_id)
    assert (release.said, release.document["regions"][0]["code"]) == ("so", "SY")
    assert prepared(public_id="nobody") == []


def test_what_is_kept_has_a_bound():
    prepared = Prepared(lambda codes: Region.objects.filter(code__in=codes))
    for length in range(1, MOST + 20):
        assert prepared(codes=[f"X{number}" for number in range(length)]) == []
    assert len(prepared._own.written) <= MOST
