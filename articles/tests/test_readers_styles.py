"""The site's styles: small files to work on, one file to send."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from articles.readers import styles
from newsroom.static import StaticFiles


def test_what_a_stylesheet_says_is_what_is_left_of_it():
    sheet = (
        '/* Why. */\n@layer parts {\n  .a  .b :hover,\n  .c { content: " /* ; */ " / ""; margin: 0 auto ; } /* "} */\n}'
    )
    assert styles.together([sheet]) == '@layer parts{.a .b :hover,.c{content: " /* ; */ " / "";margin: 0 auto;}}'
    assert styles.together(["a {}", "b {}"]) == "a{}b{}"


def test_the_sites_own_styles_lose_nothing_but_comments_and_space():
    sheets = [Path(finders.find(f"readers/{name}")).read_text() for name in styles.FILES]
    without_comments = re.sub(r"/\*.*?\*/", "", "".join(sheets), flags=re.DOTALL)
    assert re.sub(r"\s", "", styles.together(sheets)) == re.sub(r"\s", "", without_comments)


def test_the_site_is_sent_its_styles_as_one_file_with_lasting_names_of_its_fonts(tmp_path, monkeypatch):
    files = StaticFiles(location=str(tmp_path), base_url="/static/")
    found = {}
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            if path.startswith("readers/"):
                found[path] = (storage, path)
                with storage.open(path) as file:
                    files.save(path, file)
    assert [one for _, _, one in files.post_process(found) if isinstance(one, Exception)] == []
    name = files.stored_name(styles.ONE)
    assert name != styles.ONE
    sent = (tmp_path / name).read_text()
    assert "newsreader-display." in sent
    assert "newsreader-display.woff2" not in sent
    for rule in (":root{", ".wrap{", ".card-top", ".story-head{", "@media print{", ".tl1{"):
        assert rule in sent, rule
    assert (tmp_path / f"{name}.gz").exists()
    monkeypatch.setattr(styles, "staticfiles_storage", files)
    assert styles.addresses() == [styles.static(styles.ONE)]
