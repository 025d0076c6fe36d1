"""Files that come in, come again, look the same, and take another's place."""

import io

import pytest
from PIL import Image

from articles import photos, releasing, search
from articles.models import Photo
from articles.photos import due, framing, keeping, likeness, renditions

from .factories import approve, fresh, make_article, make_photo, make_region, make_released, make_source, make_topic
from .factories import make_user as user
from .photo_files import jpeg, scene, xmp_packet

pytestmark = pytest.mark.django_db


def saved(image, format="JPEG", **kw):
    buffer = io.BytesIO()
    image.save(buffer, format, **kw)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "again",
    [
        lambda image: saved(image.resize((500, 333)), quality=60),
        lambda image: saved(image, quality=15),
        lambda image: saved(image, "PNG"),
        lambda image: saved(image, "WEBP", quality=40),
        lambda image: saved(image.resize((2600, 1734)), "AVIF", quality=50, speed=9),
        lambda image: saved(image.convert("CMYK"), quality=80),
        lambda image: saved(image.transpose(Image.Transpose.ROTATE_90), exif=turned(6)),
    ],
    ids=["smaller", "compressed", "PNG", "WebP", "AVIF", "print colours", "on its side"],
)
def test_the_same_picture_in_another_file_is_recognised_and_not_taken_in(again):
    image = scene(seed=3)
    photos.take_in(jpeg(scene(seed=4)), name="other.jpg")
    first = photos.take_in(saved(image, quality=92), name="a.jpg").photo
    found = photos.take_in(again(image), name="b.jpg")
    assert (found.outcome, found.photo, found.alike) == ("alike", first, [first])
    assert Photo.objects.count() == 2
    assert photos.take_in(again(image), name="b.jpg", keep_both=True).is_new


def turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def test_different_pictures_do_not_look_alike():
    looks = [likeness.of(scene(seed=seed)) for seed in range(60)]
    pairs = [(one, other) for at, one in enumerate(looks) for other in looks[at + 1 :]]
    assert sum(likeness.are_alike(*pair) for pair in pairs) == 0


def test_looking_for_a_likeness_is_one_look_along_the_index(django_assert_num_queries):
    photo = make_photo(data=jpeg(scene(seed=9)))
    with django_assert_num_queries(2):
        assert likeness.find(photo.likeness) == [photo]
    assert likeness.of(Image.new("RGB", (400, 300), "grey")) == ""


def test_another_file_in_its_place_keeps_the_words_and_what_readers_have():
    editor = user()
    photo = make_photo(data=jpeg(scene(seed=1)), caption="Boats at dawn.", headline="")
    article = made_live(photo)
    before = set(photo.renditions.values_list("file", flat=True))
    newer = jpeg(
        scene(seed=2), xmp=xmp_packet({"photoshop:Headline": "Said by the file", "dc:description": {"en": "x"}})
    )
    stale = photo.version
    photo = photos.replace_file(photo, newer, name="b.jpg", by=editor, seen=photo.version)
    assert (photo.caption, photo.headline, photo.version) == ("Boats at dawn.", "Said by the file", stale + 1)
    assert photo.metadata["xmp"]["caption"] == "x"
    with pytest.raises(photos.StalePhoto):
        photos.replace_file(photo, jpeg(scene(seed=5)), name="c.jpg", by=editor, seen=stale)

    due.prepare.func(photo.public_id)
    assert due.drop_superseded.func(photo.public_id) == 0  # readers have them
    assert before <= set(photo.renditions.values_list("file", flat=True))
    assert photos.take_in(jpeg(scene(seed=1)), name="a.jpg").photo == photo  # the former file is known
    article = approve(rewritten(article, editor), editor=user(group="Publisher"))
    releasing.release(article, article.approved_by, seen=article.version)
    assert due.drop_superseded.func(photo.public_id) == len(before)
    assert not before & set(photo.renditions.values_list("file", flat=True))
    assert [one["content"]["sha256"] != photo.sha256 for one in photo.revisions.values("content")][-1]


def made_live(photo):
    return make_released(captions=[{"photo": photo.public_id, "caption": "A quay."}])


def rewritten(article, by):
    from articles import writing

    article = fresh(article)
    writing.record(article, by, reason="again")
    return article


def test_a_change_is_kept_as_a_version_and_nobody_saves_over_what_they_have_not_seen():
    lina, omar = user("lina"), user("omar")
    photo = make_photo(caption="Old words.", data=jpeg(scene(seed=6)))
    seen = photo.version
    assert photos.change(photo, {"caption": "New words."}, lina, seen=seen, reason="Wrong day").number == 2
    with pytest.raises(photos.StalePhoto):
        photos.change(photo, {"caption": "Other words."}, omar, seen=seen)
    assert photos.change(photo, {"caption": "New words."}, lina, seen=seen + 1) is None
    photo.refresh_from_db()
    assert search.find_photos("new words", Photo.objects.all()) == [photo.pk]
    keeping.restore(photo, photo.revisions.get(number=2), omar, seen=photo.version)
    with pytest.raises(photos.NotSound, match="inside the picture"):
        photos.change(photo, {"focal_x": 3}, lina, seen=None)


def test_credit_and_framing_decide_which_files_are_made(settings):
    photo = make_photo(data=jpeg(scene(size=(1600, 1200), seed=7)))
    assert renditions.are_ready(photo)
    photos.change(photo, {"focal_x": 0.1, "focal_y": 0.1}, user(), seen=None)
    photo.refresh_from_db()
    assert not renditions.are_ready(photo)
    assert photos.make_renditions(photo) == len(framing.CROPS)
    photos.change(photo, {"credit": "Harbour Agency"}, user(), seen=None)
    photo.refresh_from_db()
    assert photos.make_renditions(photo) > 10
    with photo.renditions.filter(recipe=framing.recipe(photo), format="jpeg").first().file.open("rb") as stream:
        found = Image.open(stream)
        assert "Harbour Agency" in str(found.getexif().get(0x8298))
        assert b"Harbour Agency" in found.info["xmp"]


def test_a_story_that_frames_a_picture_otherwise_has_crops_of_its_own():
    photo = make_photo(data=jpeg(scene(size=(1600, 900), seed=8)))
    publisher = user(group="Publisher")
    own = {"focus": [0.05, 0.5], "keep": [0.0, 0.0, 0.2, 1.0]}
    caption = {"photo": photo.public_id, "caption": "A quay.", "framing": own}
    article = make_article(captions=[caption], regions=[make_region()], topics=[make_topic()])
    article = approve(article, editor=publisher)
    with pytest.raises(releasing.NotReleasable, match="still being prepared"):
        releasing.release(article, publisher, seen=article.version)
    assert due.prepare.func(photo.public_id) == len(framing.CROPS)
    picture = releasing.release(article, publisher, seen=article.version).document["pictures"][0]
    assert picture["focus"] == [0.05, 0.5]
    names = {one.file.name for one in renditions.current(Photo.objects.get(pk=photo.pk))}
    assert not {crop["file"] for crop in picture["crops"].values()} & names


def test_what_a_file_says_finds_the_newsrooms_own_region_and_source():
    lebanon = make_region("LB", name="Lebanon")
    sidon = make_region("LB-JA", name="South Lebanon", parent=lebanon, kind="province", capital={"en": "Sidon"})
    agency = make_source("Agence Harbour", short_name="AH", kind="agency", aliases=["Harbour Agency"])
    data = jpeg(
        scene(seed=11),
        xmp=xmp_packet(
            {"photoshop:City": "Sidon", "Iptc4xmpCore:CountryCode": "LBN", "photoshop:Credit": "harbour agency"}
        ),
    )
    photo = photos.take_in(data, name="a.jpg").photo
    assert (photo.region, photo.agency, photo.city) == (sidon, agency, "Sidon")
