"""manage.py import_photos: folders of pictures, each file by itself."""

import json

import pytest
from django.core.management import CommandError, call_command

from articles.models import Photo

from .photo_files import jpeg, scene

pytestmark = pytest.mark.django_db


def run(capsys, *paths, code=0, **kw):
    try:
        call_command("import_photos", *map(str, paths), json=True, **kw)
        left = 0
    except SystemExit as end:
        left = end.code
    assert left == code
    return json.loads(capsys.readouterr().out)


def test_a_folder_is_brought_in_file_by_file_and_again_costs_nothing(tmp_path, capsys):
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "a.JPG").write_bytes(jpeg(scene(seed=1)))
    (tmp_path / "b.jpg").write_bytes(jpeg(scene(seed=2)))
    (tmp_path / "same.jpg").write_bytes(jpeg(scene(seed=2)))
    (tmp_path / "smaller.png").write_bytes(jpeg(scene(seed=1).resize((600, 400)), quality=60))
    (tmp_path / "page.jpg").write_bytes(b"<html>")
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / ".hidden.jpg").write_bytes(jpeg(scene(seed=3)))
    (tmp_path / "link.jpg").symlink_to(tmp_path / ".hidden.jpg")

    tried = run(capsys, tmp_path, dry_run=True, code=1)
    assert (tried["totals"]["new"], Photo.objects.count()) == (3, 0)
    done = run(capsys, tmp_path, code=1)
    assert done["totals"] == {"new": 2, "same": 1, "former": 0, "alike": 1, "refused": 1}
    refused = next(one for one in done["files"] if one["outcome"] == "refused")
    assert refused["path"].endswith("page.jpg")
    assert refused["message"].startswith("This is not a JPEG")
    assert run(capsys, tmp_path, code=1)["totals"]["new"] == 0
    assert run(capsys, tmp_path / "smaller.png", keep_both=True)["totals"]["new"] == 1


def test_nothing_to_bring_in_is_wrong_use(tmp_path):
    for path in (tmp_path, tmp_path / "none.jpg"):
        with pytest.raises(CommandError) as wrong:
            call_command("import_photos", str(path))
        assert wrong.value.returncode == 2
