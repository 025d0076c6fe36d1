"""Captions and the credits at their end. All copy here is invented."""

import pytest

from articles.wire.captions import ends_in_credit, parse_caption

SENTENCE = "People gather at the harbour."

# credit as printed, agency or institution, photographer, file picture
CREDITS = [
    ("(AFP)", "AFP", "", False),
    ("(AFP file)", "AFP", "", True),
    ("(AFP/File)", "AFP", "", True),
    ("(File – Reuters)", "Reuters", "", True),
    ("(Reuters) (File)", "Reuters", "", True),
    ("Reuters Photo", "Reuters", "", False),
    ("Reuters file photo", "Reuters", "", True),
    ("Reuters", "Reuters", "", False),
    ("AP", "AP", "", False),
    ("— Reuters", "Reuters", "", False),
    ("- AP", "AP", "", False),
    ("| AFP", "AFP", "", False),
    ("REUTERS/Ahmed Salem", "Reuters", "Ahmed Salem", False),
    ("REUTERS/Stringer", "Reuters", "", False),
    ("REUTERS/Ahmed Salem/File Photo Purchase Licensing Rights", "Reuters", "Ahmed Salem", True),
    ("REUTERS/Ahmed Salem Purchase Licensing Rights, opens new tab", "Reuters", "Ahmed Salem", False),
    ("(AP Photo/Ahmed Salem)", "AP", "Ahmed Salem", False),
    ("(AP Photo/Ahmed Salem, Pool, File)", "AP", "Ahmed Salem", True),
    ("AP Photo/J. Scott Miller", "AP", "J. Scott Miller", False),
    ("(Ahmed Salem/Pool Photo via AP)", "AP", "Ahmed Salem", False),
    ("AFP PHOTO/AHMED SALEM", "AFP", "Ahmed Salem", False),
    ("AFP PHOTO / POOL / AHMED AL-SALEM", "AFP", "Ahmed al-Salem", False),
    ("(AFP PHOTO/SYRIAN PRESIDENCY)", "AFP", "", False),
    ("(Photo by Ahmed SALEM / AFP)", "AFP", "Ahmed Salem", False),
    ("(Photo by - / AFP)", "AFP", "", False),
    ("(Photo by Nadia Haddad and Karim Saleh / AFP)", "AFP", "Nadia Haddad and Karim Saleh", False),
    ("(Photo by Ahmed Salem)", "", "Ahmed Salem", False),
    ("Photo: Ahmed Salem/AFP via Getty Images", "Getty Images", "Ahmed Salem", False),
    ("(Getty Images via AFP)", "AFP", "", False),
    ("(IRIB/AFP)", "AFP", "", False),
    ("(Iranian Presidency/WANA via Reuters)", "Reuters", "", False),
    ("(Majid Salem/WANA (West Asia News Agency) via REUTERS)", "Reuters", "Majid Salem", False),
    ("Handout via REUTERS", "Reuters", "", False),
    ("Saudi Press Agency/Handout via REUTERS", "Reuters", "", False),
    ("(Saudi Ministry of Foreign Affairs via AP)", "AP", "", False),
    ("EPA/AHMED SALEM", "EPA", "Ahmed Salem", False),
    ("(EPA-EFE/AHMED O'BRIEN)", "EPA", "Ahmed O'Brien", False),
    ("(Ahmed McDONALD/AFP)", "AFP", "Ahmed McDonald", False),
    ("(Ludovic VAN DER BERG, POOL/AFP)", "AFP", "Ludovic van der Berg", False),
    ("[Ahmed Salem/Reuters]", "Reuters", "Ahmed Salem", False),
    ("[File: Ahmed Salem/Reuters]", "Reuters", "Ahmed Salem", True),
    ("Ahmed Salem/AFP/Getty Images", "Getty Images", "Ahmed Salem", False),
    ("© AP Photo / Ahmed Salem", "AP", "Ahmed Salem", False),
    ("© Ahmed Salem, AFP", "AFP", "Ahmed Salem", False),
    ("(Xinhua/Ahmed Salem)", "Xinhua", "Ahmed Salem", False),
    ("(Ahmed Salem/Anadolu via Getty Images)", "Getty Images", "Ahmed Salem", False),
    ("(Ahmed Salem for Asharq Al-Awsat)", "Asharq Al-Awsat", "Ahmed Salem", False),
    ("(Egyptian Presidency)", "Egyptian Presidency", "", False),
    ("(Iraqi PM Media Office)", "Iraqi PM Media Office", "", False),
    ("(Supplied)", "Supplied", "", False),
    ("(Handout)", "Handout", "", False),
    ("(Courtesy: Northern Museum)", "Northern Museum", "", False),
    ("(Photo courtesy of the Northern Museum)", "Northern Museum", "", False),
    ("(Twitter)", "Twitter", "", False),
    ("(File photo)", "", "", True),
    ("(dpa)", "dpa", "", False),
    ("(SPA)", "SPA", "", False),
    ("(رويترز)", "Reuters", "", False),
    ("(أ.ف.ب)", "AFP", "", False),
    ("(أ ف ب)", "AFP", "", False),
    ("(إ.ب.أ)", "EPA", "", False),
    ("(أرشيفية - رويترز)", "Reuters", "", True),
    ("(الشرق الأوسط)", "Asharq Al-Awsat", "", False),
    ("(تصوير: أحمد سالم)", "", "أحمد سالم", False),
    ("(وزارة الدفاع)", "وزارة الدفاع", "", False),
    ("(تصوير: نادية حداد / أ.ف.ب)", "AFP", "نادية حداد", False),
    ("(صورة أرشيفية لرويترز)", "Reuters", "", True),
    ("(Photo par Issouf Koné / AFP)", "AFP", "Issouf Koné", False),
    ("(Photo de Nadia Haddad / AFP)", "AFP", "Nadia Haddad", False),
    ("(Foto: Karl Schmidt/dpa)", "dpa", "Karl Schmidt", False),
    ("(Crédit photo : Nadia Haddad)", "", "Nadia Haddad", False),
    ("Crédit photo : Nadia Haddad / AFP", "AFP", "Nadia Haddad", False),
    ("(US Navy photo by Nadia Haddad)", "US Navy", "Nadia Haddad", False),
    ("(AFP and Reuters)", "Reuters", "", False),
    ("Credit...Nadia Haddad for The New York Times", "The New York Times", "Nadia Haddad", False),
    ("REUTERS/Nadia Haddad TPX IMAGES OF THE DAY", "Reuters", "Nadia Haddad", False),
]


@pytest.mark.parametrize("printed, credit, photographer, is_file", CREDITS)
def test_credit_at_the_end_of_a_caption(printed, credit, photographer, is_file):
    photo = parse_caption(f"{SENTENCE} {printed}")
    assert photo.caption == SENTENCE
    assert (photo.credit, photo.photographer, photo.is_file_photo) == (credit, photographer, is_file)
    assert photo.credit_raw == printed
    assert ends_in_credit(f"{SENTENCE} {printed}")


@pytest.mark.parametrize(
    "printed, credit, photographer",
    [
        ("(Nadia Haddad)", "", "Nadia Haddad"),
        ("(Nadia Haddad and Karim Saleh)", "", "Nadia Haddad and Karim Saleh"),
        ("(Nadia Haddad, 2024)", "", "Nadia Haddad"),
        ("(Nadia Haddad/Handout)", "Handout", "Nadia Haddad"),
        ("(نادية حداد)", "", "نادية حداد"),
        ("(البيت الأبيض)", "البيت الأبيض", ""),
        ("(رسم توضيحي/غرفة الأخبار)", "غرفة الأخبار", ""),
        ("(Planet Labs)", "Planet Labs", ""),
        ("(Saudi Aramco)", "Saudi Aramco", ""),
    ],
)
def test_bare_name_in_brackets_is_the_photographer(printed, credit, photographer):
    photo = parse_caption(f"{SENTENCE} {printed}")
    assert (photo.caption, photo.credit, photo.photographer) == (SENTENCE, credit, photographer)
    assert photo.credit_raw == printed


@pytest.mark.parametrize(
    "line, caption, credit",
    [
        ("People gather in Cairo (AFP)", "People gather in Cairo", "AFP"),
        ("People gather in Cairo (AFP).", "People gather in Cairo.", "AFP"),
        ("People gather in Cairo [Ahmed Salem/Reuters]", "People gather in Cairo", "Reuters"),
        ("People gather in Cairo REUTERS/Ahmed Salem", "People gather in Cairo", "Reuters"),
        ("A view of the port - AFP", "A view of the port", "AFP"),
        ("A view of the port, Reuters", "A view of the port", "Reuters"),
        ("Officials meet in the U.S. Reuters", "Officials meet in the U.S.", "Reuters"),
        ("Ministers meet in Cairo (Egyptian Presidency)", "Ministers meet in Cairo", "Egyptian Presidency"),
        ("Mo Salem (Northern FC) celebrates (Getty Images)", "Mo Salem (Northern FC) celebrates", "Getty Images"),
        ("سفن في الميناء (أ.ف.ب)", "سفن في الميناء", "AFP"),
        ("وزراء في القاهرة (وزارة الخارجية المصرية)", "وزراء في القاهرة", "وزارة الخارجية المصرية"),
        ("سفن في الميناء - رويترز", "سفن في الميناء", "Reuters"),
        ("(AFP)", "", "AFP"),
    ],
)
def test_credit_after_words_that_end_no_sentence(line, caption, credit):
    photo = parse_caption(line)
    assert (photo.caption, photo.credit) == (caption, credit)


@pytest.mark.parametrize(
    "line",
    [
        SENTENCE,
        "Ahmed Salem (left) and Karim Saleh (C)",
        "Ahmed Salem and Karim Saleh (2nd R)",
        "Ahmed Salem meets Karim Saleh (Liberal)",
        "The bridge as it was (2015)",
        "The minister told Reuters",
        "The minister spoke to AFP.",
        "A view of the Getty Images building",
        "Ahmed Salem, director of the museum",
        "الرئيس (يمين) والوزير (يسار)",
        "He joined AP",
        "",
    ],
)
def test_what_is_no_credit_stays_in_the_caption(line):
    photo = parse_caption(line)
    assert (photo.caption, photo.credit, photo.credit_raw, photo.photographer) == (line, "", "", "")
    assert not ends_in_credit(line)


@pytest.mark.parametrize(
    "line, caption, credit, photographer",
    [
        ("File photo: People gather. EPA/AHMED SALEM", "People gather.", "EPA", "Ahmed Salem"),
        ("FILE PHOTO: People gather. REUTERS/Ahmed Salem/File Photo", "People gather.", "Reuters", "Ahmed Salem"),
        ("FILE - People gather. (AP Photo/Ahmed Salem, File)", "People gather.", "AP", "Ahmed Salem"),
        ("FILE – People gather.", "People gather.", "", ""),
        ("(FILES) People gather. (Photo by Ahmed SALEM / AFP)", "People gather.", "AFP", "Ahmed Salem"),
        ("أرشيفية: سفن في الميناء (رويترز)", "سفن في الميناء", "Reuters", ""),
    ],
)
def test_file_picture_says_so_at_its_beginning(line, caption, credit, photographer):
    photo = parse_caption(line)
    assert (photo.caption, photo.credit, photo.photographer) == (caption, credit, photographer)
    assert photo.is_file_photo


def test_words_that_begin_like_a_file_picture_stay():
    assert parse_caption("Files pile up at the court. (AFP)").caption == "Files pile up at the court."
    assert not parse_caption("Files pile up at the court. (AFP)").is_file_photo
