"""Pictures: what the file says comes in, what readers need goes out, and nothing else of it."""

import io
import zlib

import pytest
from PIL import ExifTags, Image

from articles import photos
from articles.demo.pictures import PICTURES, draw
from articles.models import Photo, Rendition
from articles.photos import renditions

from .factories import make_photo, make_region, picture_bytes

pytestmark = pytest.mark.django_db


def with_exif(**tags):
    exif = Image.Exif()
    for name, value in tags.items():
        exif[ExifTags.Base[name]] = value
    return exif


def test_what_the_file_says_fills_the_record(tmp_path):
    make_region("LB", name="Lebanon")
    slug = "harbour-dusk"
    draw(slug, tmp_path / "harbour.jpg")
    taken = photos.take_in((tmp_path / "harbour.jpg").read_bytes(), name="harbour.jpg")
    photo = taken.photo
    assert taken.is_new
    assert photo.width * photo.height >= 12_000_000
    assert photo.caption == PICTURES[slug].caption
    assert photo.alt_text == PICTURES[slug].alt
    assert photo.credit
    assert photo.taken_at.utcoffset() is not None
    assert photo.metadata["iptc"]["caption"] == PICTURES[slug].caption


def test_the_same_file_again_is_the_same_picture():
    data = picture_bytes()
    first = photos.take_in(data, name="a.jpg").photo
    second = photos.take_in(data, name="b.jpg")
    assert (second.photo, second.outcome) == (first, "same")
    assert Photo.objects.count() == 1


def test_originals_have_names_that_nobody_can_guess():
    photo = photos.take_in(picture_bytes(), name="next-months-budget.jpg").photo
    assert "budget" not in photo.original.name
    assert len(photo.original.name.rsplit("/")[-1]) > 32


def test_every_rendition_is_written_in_both_formats_and_four_ratios():
    photo = make_photo()
    made = {(one.crop, one.format, one.width) for one in photo.renditions.all()}
    assert {("full", "avif", 320), ("full", "jpeg", 1280), ("16x9", "jpeg", 1200), ("1x1", "jpeg", 900)} <= made
    assert not any(crop == "full" and width > photo.width for crop, _, width in made)
    for one in photo.renditions.all():
        with one.file.open("rb") as stream:
            assert Image.open(stream).size == (one.width, one.height)


def test_renditions_are_made_once():
    photo = make_photo()
    names = set(photo.renditions.values_list("file", flat=True))
    assert photos.make_renditions(photo) == 0
    assert set(Rendition.objects.values_list("file", flat=True)) == names


def test_a_picture_taken_on_its_side_is_shown_upright():
    data = picture_bytes(size=(1600, 900), exif=with_exif(Orientation=6).tobytes())
    photo = photos.take_in(data, name="side.jpg").photo
    assert (photo.width, photo.height) == (900, 1600)
    photos.make_renditions(photo)
    widest = photo.renditions.filter(crop="full", format="jpeg").latest("width")
    assert widest.height > widest.width


def test_public_files_keep_the_credit_and_lose_the_place_and_the_camera():
    exif = with_exif(Artist="Lina Haddad", Model="CANARY-CAMERA", ImageDescription="CANARY-CAPTION")
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitude] = (33.0, 53.0, 0.0)
    photo = photos.take_in(picture_bytes(exif=exif.tobytes()), name="a.jpg").photo
    photos.make_renditions(photo)
    for one in photo.renditions.all():
        with one.file.open("rb") as stream:
            data = stream.read()
        assert b"CANARY" not in data
        found = Image.open(io.BytesIO(data)).getexif()
        assert not found.get_ifd(ExifTags.IFD.GPSInfo)
        assert found[ExifTags.Base.Artist] == "Lina Haddad"


def png_header(width, height):
    """A PNG that claims to be that large and holds nothing."""
    chunk = b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    body = len(chunk[4:]).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + body + b"\x00\x00\x00\x00IEND\xaeB`\x82"


def moving_picture():
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), (n, 0, 0)) for n in range(5)]
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "empty"),
        (b"<svg onload='alert(1)'></svg>", "not a JPEG"),
        (b"<html><script>alert(1)</script></html>", "not a JPEG"),
        (b"SIMPLE  =                    T" + b" " * 2880, "not a JPEG"),
        (b"GIF89a" + bytes(200), "not a JPEG"),
        (png_header(12000, 12000), "pixels|so large"),
        (png_header(65535, 65535), "so large"),
        (picture_bytes()[:2000], "damaged"),
        (moving_picture(), "moves"),
    ],
)
def test_a_file_that_could_hurt_is_refused_with_a_sentence(data, words):
    with pytest.raises(photos.UnusablePicture, match=words):
        photos.take_in(data, name="x.jpg")
    assert not Photo.objects.exists()


def test_a_broken_colour_profile_costs_nothing():
    photo = photos.take_in(picture_bytes(icc_profile=b"not a profile"), name="a.jpg").photo
    assert photos.make_renditions(photo) > 0


def test_a_picture_in_print_colours_comes_out_in_screen_colours():
    buffer = io.BytesIO()
    Image.new("CMYK", (1000, 700), (10, 200, 30, 0)).save(buffer, "JPEG")
    photo = photos.take_in(buffer.getvalue(), name="print.jpg").photo
    photos.make_renditions(photo)
    with photo.renditions.filter(format="jpeg").first().file.open("rb") as stream:
        assert Image.open(stream).mode == "RGB"


def test_a_name_with_line_breaks_is_one_line():
    photo = photos.take_in(picture_bytes(), name="a\r\nSet-Cookie: x=1\r\n../../b.jpg").photo
    assert "\n" not in photo.original_name


def test_a_failure_half_way_leaves_no_file_and_no_row(monkeypatch):
    photo = photos.take_in(picture_bytes(), name="a.jpg").photo
    written = []
    real = renditions._written

    def fail(*args):
        if len(written) == 3:
            raise OSError("disk full")
        written.append(real(*args))
        return written[-1]

    monkeypatch.setattr(renditions, "_written", fail)
    with pytest.raises(OSError, match="disk full"):
        photos.make_renditions(photo)
    assert not photo.renditions.exists()
    assert not any(row.file.storage.exists(row.file.name) for row in written)
