"""Datelines and bylines. All names and copy here are invented."""

import pytest

from articles.crediting.names import are_persons, is_organisation, is_person, ordinary_capitals
from articles.wire.bylines import byline_of
from articles.wire.datelines import own_line, run_in

TEXT = "Ships left the harbour."


@pytest.mark.parametrize(
    "printed, place, agency",
    [
        ("BEIRUT (Reuters) - ", "Beirut", "Reuters"),
        ("CAIRO (AP) — ", "Cairo", "AP"),
        ("Paris (AFP) – ", "Paris", "AFP"),
        ("ADEN, April 2 (Reuters) - ", "Aden", "Reuters"),
        ("BAGHDAD, 3 March (Xinhua) -- ", "Baghdad", "Xinhua"),
        ("BAGHDAD March 3 (Xinhua) -- ", "Baghdad", "Xinhua"),
        ("KYIV, Ukraine, March 3 (AP) — ", "Kyiv", "AP"),
        ("WASHINGTON/LONDON (Reuters) - ", "Washington", "Reuters"),
        ("JERUSALEM and GAZA (AP) — ", "Jerusalem", "AP"),
        ("ST. PETERSBURG, Russia (AP) -- ", "St. Petersburg", "AP"),
        ("RIO DE JANEIRO (Reuters) - ", "Rio de Janeiro", "Reuters"),
        ("PORT-AU-PRINCE, Haiti (AP) — ", "Port-au-Prince", "AP"),
        ("N'DJAMENA (Reuters) - ", "N'Djamena", "Reuters"),
        ("TEHRAN (Northern Wire) – ", "Tehran", "Northern Wire"),
        ("MOSCOW, March 3. /TASS/. ", "Moscow", "TASS"),
        ("(Reuters) - ", "", "Reuters"),
        ("DUBAI: ", "Dubai", ""),
        ("PARIS — ", "Paris", ""),
        ("HAUGASTOL, Norway — ", "Haugastol", ""),
        ("WASHINGTON, D.C. — ", "Washington", ""),
        ("UNITED NATIONS, New York — ", "United Nations", ""),
        ("Paris – ", "Paris", ""),
        ("London – Reuters – ", "London", "Reuters"),
        # the agency first, or among the commas
        ("(ANSA) - ROME, FEB 5 - ", "Rome", "ANSA"),
        ("(Xinhua) -- BEIJING, Feb. 5 -- ", "Beijing", "Xinhua"),
        ("(Xinhua) BEIJING, Feb. 5 -- ", "Beijing", "Xinhua"),
        ("MENA - CAIRO, 5 Feb - ", "Cairo", "MENA"),
        ("MENA - CAIRO, 5 Feb: ", "Cairo", "MENA"),
        ("AFP - Paris - ", "Paris", "AFP"),
        ("AMMAN, Feb 5 (Petra) -- ", "Amman", "Petra"),
        ("TEHRAN, Feb 5, IRNA - ", "Tehran", "IRNA"),
        ("TOKYO, Feb 5 Kyodo - ", "Tokyo", "Kyodo"),
        ("Paris, France | AFP | ", "Paris", "AFP"),
        ("Madrid, 5 feb (EFE).- ", "Madrid", "EFE"),
        ("Paris, 5 févr. (AFP) - ", "Paris", "AFP"),
        ("ROMA, 5 FEB - ", "Roma", ""),
        ("PITTSBURGH, PA — ", "Pittsburgh", ""),
        # apostrophes
        ("SAN'A, Yemen (AP) – ", "San'a", "AP"),
        ("SAN’A, Yemen (AP) – ", "San’a", "AP"),
        ("SANA'A (Reuters) - ", "Sana'a", "Reuters"),
        ("Sana’a – ", "Sana’a", ""),
        ("XI'AN, Feb. 5 (Xinhua) -- ", "Xi'an", "Xinhua"),
        ("L'AQUILA, Italy (AP) — ", "L'Aquila", "AP"),
        ("COX’S BAZAR, Bangladesh — ", "Cox’s Bazar", ""),
        ("KHAN YUNIS, Gaza Strip (AP) — ", "Khan Yunis", "AP"),
        # on the way
        ("ABOARD THE CHARLES DE GAULLE (AP) — ", "Aboard the Charles de Gaulle", "AP"),
        ("ABOARD THE USS NORTHERN STAR — ", "Aboard the USS Northern Star", ""),
        ("EN ROUTE TO CAIRO (Reuters) - ", "En route to Cairo", "Reuters"),
        ("ON THE SYRIAN-TURKISH BORDER (Reuters) - ", "On the Syrian-Turkish Border", "Reuters"),
    ],
)
def test_dateline_at_the_start_of_a_paragraph(printed, place, agency):
    found = run_in(printed + TEXT)
    assert (found.place, found.agency, found.text) == (place, agency, TEXT)


@pytest.mark.parametrize(
    "printed, place, agency",
    [
        ("القاهرة (رويترز) - ", "القاهرة", "رويترز"),
        ("بيروت 3 مارس آذار (رويترز) - ", "بيروت", "رويترز"),
        ("لندن - رويترز - ", "لندن", "رويترز"),
        ("دبي في 3 أبريل / وام / ", "دبي", "وام"),
        ("القاهرة - ", "القاهرة", ""),
        ("(أ ف ب) - بيروت - ", "بيروت", "أ ف ب"),
        ("أ ف ب - باريس: ", "باريس", "أ ف ب"),
        ("الرياض 05 رجب 1445 هـ الموافق 17 يناير 2024 م واس - ", "الرياض", "واس"),
    ],
)
def test_arabic_dateline_at_the_start_of_a_paragraph(printed, place, agency):
    found = run_in(printed + "غادرت السفن الميناء.")
    assert (found.place, found.agency, found.text) == (place, agency, "غادرت السفن الميناء.")


@pytest.mark.parametrize(
    "paragraph",
    [
        TEXT,
        "Washington: a city divided by a river.",
        "Analysis: Ships left.",
        "ANALYSIS: Ships left.",
        "NATO: Ships left the harbour.",
        "UPDATE 1-Ships left",
        "BREAKING NEWS — Ships left",
        "WHAT WE KNOW: Ships left.",
        "THE PORT IS CLOSED: SHIPS LEFT",
        "Paris – once a village – has grown.",
        "The European Union (EU) - founded long ago - agreed.",
        "Ships left the port (Reuters) - he said.",
        "ON THE RECORD: Ships left.",
        "SANA: Ships left.",
    ],
)
def test_paragraph_that_only_looks_like_a_dateline(paragraph):
    assert run_in(paragraph) is None


@pytest.mark.parametrize(
    "line, place, agency, byline",
    [
        ("Cairo: Asharq Al-Awsat", "Cairo", "Asharq Al-Awsat", ""),
        ("London – Reuters", "London", "Reuters", ""),
        ("London, Asharq Al-Awsat", "London", "Asharq Al-Awsat", ""),
        ("Reuters – London", "London", "Reuters", ""),
        ("BEIRUT (Reuters) -", "Beirut", "Reuters", ""),
        ("ADEN, April 2 (Reuters)", "Aden", "Reuters", ""),
        ("UNITED NATIONS, New York", "United Nations", "", ""),
        ("BEIRUT", "Beirut", "", ""),
        ("Beirut, Lebanon", "Beirut", "", ""),
        ("Reuters", "", "Reuters", ""),
        ("Beirut: Nadia Haddad", "Beirut", "", "Nadia Haddad"),
        ("Tarmouk: Nadia Haddad", "Tarmouk", "", "Nadia Haddad"),
        ("Cairo: Nadia Haddad and Karim Saleh", "Cairo", "", "Nadia Haddad and Karim Saleh"),
        ("Beirut: Nadia Haddad, Reuters", "Beirut", "Reuters", "Nadia Haddad"),
        ("Baghdad: Fadel al-Salem", "Baghdad", "", "Fadel al-Salem"),
        ("Cairo: Northern Press Agency", "Cairo", "Northern Press Agency", ""),
        ("Cairo: Ministry of Health", "Cairo", "Ministry of Health", ""),
        ("Nadia Haddad, Reuters", "", "Reuters", "Nadia Haddad"),
        ("لندن - رويترز", "لندن", "رويترز", ""),
        ("القاهرة: «الشرق الأوسط»", "القاهرة", "الشرق الأوسط", ""),
        ("القاهرة: محمد نبيل", "القاهرة", "", "محمد نبيل"),
        ("«القاهرة: محمد نبيل»", "القاهرة", "", "محمد نبيل"),
        ("بيروت: نادية حداد ووليد سالم", "بيروت", "", "نادية حداد ووليد سالم"),
        ("الرياض 3 مارس 2024 م واس", "الرياض", "واس", ""),
        ("نادية حداد - القاهرة", "القاهرة", "", "نادية حداد"),
        ("نادية حداد (القاهرة)", "القاهرة", "", "نادية حداد"),
        ("(ANSA) - ROME, FEB 5", "Rome", "ANSA", ""),
        ("ABOARD THE OCEAN STAR", "Aboard the Ocean Star", "", ""),
    ],
)
def test_dateline_on_its_own_line(line, place, agency, byline):
    found = own_line(line)
    assert (found.place, found.agency, found.byline) == (place, agency, byline)


@pytest.mark.parametrize(
    "line",
    [
        "Analysis: Nadia Haddad",
        "Gaza: What Comes Next",
        "The Port: Ships Leave",
        "Ceasefire: Three Conditions",
        "Fighting – No End",
        "Talks, Deadlock, Hope",
        "BACKGROUND",
        "Nadia Haddad",
        "Key points:",
        "Who is Nadia Haddad?",
        "-",
        "",
    ],
)
def test_heading_is_no_dateline(line):
    assert own_line(line) is None


@pytest.mark.parametrize(
    "line, byline, agency, place",
    [
        ("By Nadia Haddad", "Nadia Haddad", "", ""),
        ("BY NADIA HADDAD", "NADIA HADDAD", "", ""),
        ("By Nadia Haddad and Karim Saleh, Associated Press", "Nadia Haddad and Karim Saleh", "Associated Press", ""),
        ("By Nadia Haddad, Karim Saleh and John Smith", "Nadia Haddad, Karim Saleh and John Smith", "", ""),
        ("By Nadia Haddad, Staff Writer", "Nadia Haddad", "", ""),
        ("By Nadia Haddad (Reuters)", "Nadia Haddad", "Reuters", ""),
        ("By Nadia Haddad in Beirut", "Nadia Haddad", "", "Beirut"),
        ("By NADIA HADDAD Associated Press", "NADIA HADDAD", "Associated Press", ""),
        ("By Reuters", "", "Reuters", ""),
        ("Par Nadia Haddad", "Nadia Haddad", "", ""),
        ("بقلم نادية حداد", "نادية حداد", "", ""),
        ("كتب: محمد نبيل", "محمد نبيل", "", ""),
    ],
)
def test_byline(line, byline, agency, place):
    found = byline_of(line)
    assert (found.byline, found.agency, found.place) == (byline, agency, place)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the toll had risen",
        "By Land and Sea",
        "By the river",
        "By Friday Evening",
        "كتب محمد نبيل رسالة إلى الوزير",
    ],
)
def test_line_that_begins_with_by_is_not_always_a_byline(line):
    assert byline_of(line) is None


@pytest.mark.parametrize(
    "printed, ordinary",
    [
        ("AHMED SALEM", "Ahmed Salem"),
        ("Ahmed SALEM", "Ahmed Salem"),
        ("JEAN-PIERRE O'BRIEN", "Jean-Pierre O'Brien"),
        ("JOHN McDONALD", "John McDonald"),
        ("JOHN MCDONALD", "John McDonald"),
        ("CARLOS DE LA CRUZ", "Carlos de la Cruz"),
        ("J. SCOTT MILLER III", "J. Scott Miller III"),
        ("Ahmed Salem", "Ahmed Salem"),
        ("أحمد سالم", "أحمد سالم"),
    ],
)
def test_name_in_ordinary_capitals(printed, ordinary):
    assert ordinary_capitals(printed) == ordinary


def test_person_is_told_from_organisation():
    assert is_person("Nadia Haddad")
    assert are_persons("محمد نبيل ووليد سالم")
    assert not is_person("Egyptian Presidency Office")
    assert not is_person("What Comes Next")
    assert is_organisation("Ministry of Health")
    assert is_organisation("وزارة الصحة")
