"""What agencies write for editors is told from what they write for readers, in the languages that the wire speaks."""

import pytest

from articles.wire import rich
from articles.wire.items import Standing, WireItem
from articles.wire.marked import part
from articles.wire.subbing import sub

FOR_EDITORS = [
    "ATTENTION EDITORS - PICTURES FOLLOW",
    "Note to editors: the report is attached.",
    "Editor's note: updates with quote",
    "(EDS: SUBS 3rd graf)",
    "NOT FOR PUBLICATION",
    "Do not publish: the number is the desk's own.",
    "Achtung: Sperrfrist 18.00 Uhr",
    "--- Redaktionelle Hinweise: Foto folgt",
    "Nicht zur Veröffentlichung bestimmt: 0421 1234",
    "NE PAS PUBLIER contact presse",
    "À l'attention des rédactions : photo à suivre",
    "Note aux rédactions",
    "ATENCIÓN EDITORES: fotos",
    "No publicar.",
    "Nota a los editores: corrige",
    "Non pubblicare - numero interno",
    "Não publicar: contato",
    "Не для публикации: телефон",
    "ليس للنشر: رقم المكتب",
    "لا ينشر",
    "ملاحظة للمحررين: الصور لاحقا",
]
FOR_READERS = [
    "Attention turned to the port.",
    "The editors said they would not publish the letter.",
    "Not for the first time, the port was closed.",
    "Do not publish or perish, she told students.",
    "Achtung wurde ihm zuteil.",
    "Die Redaktion der Zeitung wies den Vorwurf zurück.",
    "Ne pas publier ces chiffres serait une erreur, a-t-il dit.",
    "No publicar los datos sería un error.",
    "À l'attention du public, le port rouvre.",
    "لا ينشر البنك المركزي هذه البيانات.",
    "Embargoes on arms were lifted.",
    "Advisory services grew by a tenth.",
]


@pytest.mark.parametrize("line", FOR_EDITORS)
def test_for_editors(line):
    kept, notes = part(rich.read(f"<p>The port reopened on Sunday.</p><p>{line}</p>").blocks)
    assert (len(kept), len(notes)) == (1, 1)


@pytest.mark.parametrize("line", FOR_READERS)
def test_for_readers(line):
    kept, notes = part(rich.read(f"<p>{line}</p><p>It went on.</p>").blocks)
    assert (len(kept), notes) == (2, [])


def test_a_notebook_covers_all_that_follows_and_a_note_up_to_the_next_heading():
    body = "<p>One.</p><p># Notizblock</p><h2>Orte</h2><p>Hafen 1</p><hr><p>Two.</p>"
    kept, notes = part(rich.read(body).blocks)
    assert ([block.text for block in kept], notes) == (["One."], ["# Notizblock", "Orte", "Hafen 1", "Two."])
    body = "<p>One.</p><h2>Notes to editors</h2><p>Call us.</p><h2>The port</h2><p>Two.</p>"
    kept, notes = part(rich.read(body).blocks)
    assert [block.text for block in kept] == ["One.", "The port", "Two."]


@pytest.mark.parametrize("role", ["ednote", "notepad nonpublic", "x editors-note"])
def test_roles_mark_what_is_not_for_readers(role):
    kept, notes = part(rich.read(f"<section class='{role}'><p>Call 0421.</p></section><p>One.</p>").blocks)
    assert ([block.text for block in kept], notes) == (["One."], ["Call 0421."])


@pytest.mark.parametrize(
    ("note", "standing"),
    [
        ("EMBARGOED UNTIL 6 PM", Standing.WITHHELD),
        ("Achtung: Sperrfrist Montag", Standing.WITHHELD),
        ("Editor's note: the embargo was lifted; embargo: none", Standing.USABLE),
        ("Editor's note: adds quote", Standing.USABLE),
    ],
)
def test_an_embargo_in_words_withholds_the_item(note, standing):
    item = WireItem("Head", [])
    sub(item, rich.read(f"<p>{note}</p><p>The port reopened.</p>"))
    assert item.standing == standing
    assert [paragraph.text for paragraph in item.paragraphs] == ["The port reopened."]
