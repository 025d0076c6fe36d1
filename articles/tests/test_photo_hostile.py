"""Picture files that somebody made to do harm: each refused with a sentence, or made harmless, and soon."""

import io
import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from articles.photos import metadata, opening

from .photo_files import jpeg, scene


def chunk(name, data):
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def png(width, height, pixels=b"", *more):
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + b"".join([chunk(b"IHDR", head), *more, chunk(b"IDAT", pixels), chunk(b"IEND", b"")])


def bomb():
    """12,000 × 12,000 pixels of nothing, in some 18 KB once compressed twice by its like; 140 KB by zlib alone."""
    packer = zlib.compressobj(9)
    row = bytes(12001) * 100
    return png(12000, 12000, b"".join(packer.compress(row) for _ in range(120)) + packer.flush())


def animated(frames):
    first = b"".join(
        chunk(b"fcTL", number.to_bytes(4, "big") + (40).to_bytes(4, "big") * 2 + bytes(8) + b"\x00\x01\x00\x0a\x00\x00")
        for number in range(frames)
    )
    return png(40, 40, zlib.compress(bytes(41 * 40)), chunk(b"acTL", frames.to_bytes(4, "big") + bytes(4)), first)


def moving_webp():
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (16, 16), (number % 250, number // 250, 9)) for number in range(1000)]
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:], method=0)
    return buffer.getvalue()


def many_scans():
    """A progressive JPEG whose last scan comes a thousand times."""
    data = jpeg(scene((600, 400)), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * 1000 + data[-2:]


def laughs():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    packet = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x:xmpmeta xmlns:x="adobe:ns:meta/">&e9;</x:xmpmeta>'
    return jpeg(xmp=packet.encode())


def deep():
    return jpeg(xmp=b"<a>" * 8000 + b"</a>" * 8000)


def huge_iptc():
    """Thousands of datasets, and one that claims four gigabytes."""
    records = [(25, b"word" * 4)] * 2900
    one = jpeg(iim=records)
    return one.replace(b"\x1c\x02\x19\x00\x10", b"\x1c\x02\x19\x80\x04", 1)


def broken_exif():
    # A directory that points to itself, and a text of two gigabytes.
    body = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x0e\x00\x02\x7f\xff\xff\xff\x00\x00\x00\x08\x00\x00\x00\x08"
    return jpeg(exif=b"Exif\x00\x00" + body)


def tiff_of_one_tile():
    tags = [(256, 640), (257, 640), (258, 8), (259, 5), (262, 1), (277, 1), (322, 65520), (323, 65520)]
    tags += [(324, 8), (325, 4)]
    entries = b"".join(tag.to_bytes(2, "little") + b"\x04\x00\x01\0\0\0" + n.to_bytes(4, "little") for tag, n in tags)
    return b"II*\x00\x0c\0\0\0" + b"\x80\x0b\x60\x50" + len(tags).to_bytes(2, "little") + entries + bytes(4)


REFUSED = {
    "zero bytes": (lambda: b"", "The file is empty."),
    "a bomb of 144 megapixels": (bomb, "pixels|stop the server"),
    "a header that claims 65,535 each way": (lambda: png(65535, 65535), "stop the server"),
    "31 megapixels that are no JPEG": (lambda: png(12000, 9500, zlib.compress(bytes(99))), "memory|damaged"),
    "an SVG named jpg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a JPEG"),
    "a page named jpg": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", "not a JPEG"),
    "a GIF that is a script": (lambda: b"GIF89a/*" + bytes(60) + b"*/=1;alert(1)", "not a JPEG"),
    "a FITS file named jpg": (lambda: b"SIMPLE  =                    T" + b" " * 5000, "not a JPEG"),
    "a PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not a JPEG"),
    "an EPS": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a JPEG"),
    "10,000 frames": (lambda: animated(10000), "moves"),
    "1,000 frames of WebP": (moving_webp, "moves"),
    "a truncated JPEG": (lambda: jpeg()[:9000], "damaged"),
    "a truncated PNG": (lambda: png(400, 400, zlib.compress(bytes(401 * 400))[:50]), "damaged"),
    "a JPEG of 1,000 scans": (many_scans, "layers"),
    "a TIFF of one huge tile": (tiff_of_one_tile, "The TIFF is cut"),
    "a JPEG header alone": (lambda: b"\xff\xd8\xff\xe0", "not a JPEG|damaged"),
}
HARMLESS = {
    "a JPEG that is a page too": lambda: jpeg() + b"<html><script>alert(1)</script></html>",
    "a broken colour profile": lambda: jpeg(icc_profile=b"not a profile" * 50),
    "print colours": lambda: jpeg(scene().convert("CMYK")),
    "EXIF with a script": lambda: jpeg(exif=_exif("<script>alert(1)</script>\r\nSet-Cookie: x")),
    "EXIF that points to itself": broken_exif,
    "entities that multiply": laughs,
    "elements inside of elements": deep,
    "IPTC without end": huge_iptc,
    "a Photoshop block that lies": lambda: jpeg(iim=[(120, b"x" * 90)]).replace(
        b"\x1c\x02\x78\x00\x5a", b"\x1c\x02\x78\xff\xff"
    ),
}


def _exif(words):
    exif = Image.Exif()
    exif[0x010E] = words
    return exif.tobytes()


@pytest.mark.parametrize("name", REFUSED)
def test_each_is_refused_with_a_sentence(name):
    make, words = REFUSED[name]
    with pytest.raises(opening.UnusablePicture, match=words) as refusal:
        metadata.read(make())
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("name", HARMLESS)
def test_each_is_made_harmless(name):
    found = metadata.read(HARMLESS[name]())
    assert found.width > 100
    told = json.dumps(found.metadata, ensure_ascii=False)
    assert len(told) < 200_000
    assert "\\n" not in told
    assert "\\u0000" not in told


MEASURE = """
import os, resource, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "articles.tests.settings"
import django; django.setup()
from articles.photos import metadata, opening
sys.path.insert(0, "."); from articles.tests import test_photo_hostile as files
made = {name: make for name, (make, _) in files.REFUSED.items()} | files.HARMLESS
datas = {name: make() for name, make in made.items()}
metadata.read(files.jpeg())
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
open("/proc/self/clear_refs", "w").write("5")
resident = lambda: int(next(l for l in open("/proc/self/status") if l.startswith("VmHWM")).split()[1]) // 1024
before, slowest = resident(), (0, "")
for name, data in datas.items():
    begun = time.process_time()
    try: metadata.read(data)
    except opening.UnusablePicture: pass
    slowest = max(slowest, (time.process_time() - begun, name))
print(resident() - before, slowest[0], slowest[1], sep="|")
"""


def test_none_takes_a_second_or_a_hundred_megabytes():
    """In a process of its own, which has made the files before: what reading them takes is what is measured."""
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=root, capture_output=True, text=True, check=False, timeout=120
    )
    assert told.returncode == 0, told.stderr
    told = told.stdout
    memory, seconds, name = told.strip().split("|")
    assert int(memory) <= 100, told
    assert float(seconds) <= 1, name
