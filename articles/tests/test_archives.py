"""Archives of copy: each file of them with its own outcome, and bombs, links and ways out refused. No database."""

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wire import archives, formats
from articles.wire.files import Ended, Opened, Piece, Unreadable, read_files
from articles.wire.formats import Format
from articles.wire.items import Paragraph, WireItem


class Words:
    """A reader that understands nothing: the files are what is looked at here."""

    def read(self, item):
        return item


STORY = b"Ferry Runs Again Between the Two Shores\n\nThe ferry ran again on Monday.\n\nIt had been in dock.\n"
OTHER = b"Bakers Strike in the Old Town\n\nBakers closed their shops.\n\nThey want cheaper flour.\n"


def zipped(files, *, kinds=(), **kw):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **kw) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (dict(kinds).get(name, stat.S_IFREG) | 0o644) << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def tarred(files, *, links=()):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, kind in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return buffer.getvalue()


def read(data, tmp_path, name="copy.zip"):
    """What becomes of each file: {name inside: (format, headlines, codes)}, in order."""
    path = tmp_path / name
    path.write_bytes(data)
    return told(read_files([path], "auto", Words()), str(path))


def told(events, whole):
    found, inner = {}, None
    for event in events:
        match event:
            case Opened():
                inner = event.path.removeprefix(whole).lstrip("/")
                found.setdefault(inner, (event.format, [], []))
            case Piece():
                parsed = event.parsed
                found[inner][1 if isinstance(parsed, WireItem) else 2].append(
                    parsed.headline if isinstance(parsed, WireItem) else parsed.code
                )
            case Unreadable():
                found[inner][2].append(event.error.code)
            case Ended():
                pass
    return found


PACKED = {
    "copy.zip": lambda files: zipped(files),
    "copy.tar": lambda files: tarred(files),
    "copy.tar.gz": lambda files: gzip.compress(tarred(files)),
    "copy.tar.xz": lambda files: lzma.compress(tarred(files)),
    "copy.tar.bz2": lambda files: bz2.compress(tarred(files)),
}


@pytest.mark.parametrize("name", PACKED)
def test_each_file_of_an_archive_has_its_own_outcome(tmp_path, name):
    data = PACKED[name]({"a/one.txt": STORY, "a/.hidden": OTHER, "two.bin": bytes(900), "three.txt": OTHER})
    found = read(data, tmp_path, name)
    assert found["a/one.txt"] == ("text", ["Ferry Runs Again Between the Two Shores"], [])
    assert found["two.bin"] == ("text", [], ["not_text"])
    assert found["three.txt"][1] == ["Bakers Strike in the Old Town"]
    assert list(found)[-1] == ""
    assert found[""][1:] == ([], [])
    assert len(found) == 4


def test_what_is_packed_by_itself_is_read_as_what_it_holds(tmp_path):
    found = read(gzip.compress(STORY), tmp_path, "story.txt.gz")
    assert found["story.txt"][1] == ["Ferry Runs Again Between the Two Shores"]


def test_an_archive_is_told_by_its_content_and_never_by_its_name(tmp_path):
    assert read(zipped({"one.txt": STORY}), tmp_path, "story.txt")["one.txt"][1]
    assert read(STORY, tmp_path, "story.zip")[""] == ("text", ["Ferry Runs Again Between the Two Shores"], [])


def test_an_archive_comes_through_a_pipe_too():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

    pipe = io.BufferedReader(Pipe(zipped({"one.txt": STORY})))
    assert told(read_files([None], "auto", Words(), pipe), "-")["one.txt"][1]


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "a/../../x", "..\\x", "C:\\x"])
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_path_that_leads_out_is_refused_and_the_rest_is_read(tmp_path, pack, name):
    found = read(pack({name: STORY, "three.txt": OTHER}), tmp_path)
    assert [codes for _, _, codes in found.values()] == [["outside"], [], []]
    assert found["three.txt"][1]


def test_links_and_devices_are_refused(tmp_path):
    kinds = [("link.txt", tarfile.SYMTYPE), ("hard.txt", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE)]
    found = read(tarred({"one.txt": STORY}, links=kinds), tmp_path)
    assert {name: codes for name, (_, _, codes) in found.items()} == {
        "one.txt": [],
        "": [],
        **{name: ["link"] for name, _ in kinds},
    }
    found = read(zipped({"link.txt": b"/etc/passwd"}, kinds=[("link.txt", stat.S_IFLNK)]), tmp_path)
    assert found["link.txt"][2] == ["link"]


def nested(depth):
    data = zipped({"one.txt": STORY})
    for _ in range(depth):
        data = zipped({"inner.zip": data})
    return data


def test_an_archive_inside_an_archive_is_opened_and_a_deeper_one_is_not(tmp_path):
    assert read(nested(1), tmp_path)["inner.zip/one.txt"][1]
    found = read(nested(2), tmp_path)
    assert found["inner.zip/inner.zip"][2] == ["too_deep"]
    assert not any(headlines for _, headlines, _ in found.values())


def many_times(payload, count):
    """A zip whose table of contents names the same packed bytes many times."""
    one = zipped({"one.txt": payload})
    directory = one.index(b"PK\1\2")
    entries = one[directory : one.index(b"PK\5\6")] * count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entries), directory, 0)
    return one[:directory] + entries + end


BOMBS = {
    "zip": lambda: zipped({"zeros.txt": b"0" * 40_000_000}),
    "gzip": lambda: gzip.compress(b"0" * 40_000_000),
    "xz": lambda: lzma.compress(b"0" * 40_000_000, preset=0),
    "bzip2": lambda: bz2.compress(b"0" * 40_000_000),
    "tar inside gzip": lambda: gzip.compress(tarred({"zeros.txt": b"0" * 40_000_000})),
    "a bomb inside a zip": lambda: zipped({"inner.gz": gzip.compress(b"0" * 40_000_000)}),
    "the same bytes many times": lambda: many_times(bytes(2_000_000), 500),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_within_a_second(tmp_path, bomb):
    data = BOMBS[bomb]()
    began = time.process_time()
    found = read(data, tmp_path)
    assert time.process_time() - began < 1
    assert "unpacks_too_far" in found[""][2]
    assert not any(headlines for _, headlines, _ in found.values())


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    files = {f"{n}.txt": STORY for n in range(5)}
    assert read(zipped(files), tmp_path)[""][2] == ["too_many_members"]
    assert read(tarred(files), tmp_path)[""][2] == ["too_many_members"]
    monkeypatch.setattr(archives, "MOST_DIRECTORY", 100)
    assert list(read(zipped(files), tmp_path)) == [""]


def test_too_much_in_all_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 2 * len(STORY))
    found = read(zipped({f"{n}.txt": STORY for n in range(5)}), tmp_path)
    assert found[""][2] == ["too_large"]
    assert found["0.txt"][1]
    assert "4.txt" not in found


def test_a_damaged_file_costs_itself_alone(tmp_path):
    data = bytearray(zipped({"one.txt": STORY * 50, "two.txt": OTHER}))
    data[60:70] = bytes(10)
    found = read(bytes(data), tmp_path)
    assert found["one.txt"][2] == ["damaged"]
    assert found["two.txt"][1]


def test_a_locked_file_is_refused_with_its_reason(tmp_path):
    data = bytearray(zipped({"one.txt": STORY}))
    for magic, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(magic) + place] |= 1
    assert read(bytes(data), tmp_path)["one.txt"][2] == ["locked"]


@pytest.mark.parametrize("name", PACKED)
def test_a_truncated_archive_gives_what_it_has_and_says_so(tmp_path, name):
    data = PACKED[name]({"one.txt": STORY, "two.txt": OTHER * 300})
    found = read(data[: len(data) // 2], tmp_path, name)
    assert "damaged" in [code for _, _, codes in found.values() for code in codes]


def test_an_archive_without_copy_says_so(tmp_path):
    assert read(zipped({}), tmp_path)[""][2] == ["empty_archive"]
    assert read(zipped({"__MACOSX/a.txt": STORY}), tmp_path)[""][2] == ["empty_archive"]


PICTURE = b"\xff\xd8\xff\xe0picture"


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_story_reaches_what_lies_beside_it_in_the_archive_and_nothing_else(tmp_path, monkeypatch, pack):
    seen = {}

    def parse(stream, beside):
        stream.read()
        for name in ("ship.jpg", "../b/ship.jpg", "./ship.jpg", "../../etc/passwd", "/etc/passwd", "none.jpg", "x\0"):
            seen[name] = beside(name)
        yield WireItem("A headline", [Paragraph("Text.")])

    monkeypatch.setitem(formats.FORMATS, "text", Format(lambda head: True, parse))
    found = read(pack({"a/story.txt": STORY, "a/ship.jpg": PICTURE, "b/ship.jpg": b"\xff\xd8\xffother"}), tmp_path)
    assert list(found) == ["a/story.txt", ""]
    assert seen == {
        "ship.jpg": PICTURE,
        "./ship.jpg": PICTURE,
        "../b/ship.jpg": b"\xff\xd8\xffother",
        **dict.fromkeys(["../../etc/passwd", "/etc/passwd", "none.jpg", "x\0"]),
    }


def test_a_file_reaches_what_lies_in_its_folder_and_nothing_else(tmp_path, monkeypatch):
    seen = {}

    def parse(stream, beside):
        stream.read()
        seen.update({name: beside(name) for name in ("ship.jpg", "../out.jpg", "/etc/passwd", "link.jpg", "x\0")})
        yield WireItem("A headline", [Paragraph("Text.")])

    monkeypatch.setitem(formats.FORMATS, "text", Format(lambda head: True, parse))
    inner = tmp_path / "in"
    inner.mkdir()
    (tmp_path / "out.jpg").write_bytes(PICTURE)
    (inner / "ship.jpg").write_bytes(PICTURE)
    (inner / "link.jpg").symlink_to(tmp_path / "out.jpg")
    read(STORY, inner, "story.txt")
    assert seen == {"ship.jpg": PICTURE, **dict.fromkeys(["../out.jpg", "/etc/passwd", "link.jpg", "x\0"])}


def test_a_parser_that_fails_costs_its_file_alone(tmp_path, monkeypatch):
    def parse(stream, beside):
        yield WireItem("A headline", [Paragraph("Text.")])
        raise KeyError("nobody expected this")

    monkeypatch.setitem(formats.FORMATS, "text", Format(lambda head: True, parse))
    found = read(zipped({"one.txt": STORY, "two.txt": OTHER}), tmp_path)
    assert found["one.txt"] == found["two.txt"] == ("text", ["A headline"], ["not_understood"])


@given(st.data())
def test_no_damage_to_an_archive_ever_raises(tmp_path_factory, data):
    name = data.draw(st.sampled_from(sorted(PACKED)))
    whole = bytearray(PACKED[name]({"a/one.txt": STORY, "two.txt": OTHER}))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    whole = whole[: data.draw(st.integers(1, len(whole)))]
    path = tmp_path_factory.mktemp("hurt")
    read(bytes(whole), path, name)
