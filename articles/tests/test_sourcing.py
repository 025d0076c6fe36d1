"""Rules of naming and citing, in invented snippets: which agencies a text names, which bodies it cites."""

import json
import time
from pathlib import Path

import pytest

from articles.sourcing import Directory, KnownSource

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture(scope="module")
def directory():
    rows = [row["fields"] for row in json.loads((FIXTURES / "sources.json").read_text(encoding="utf-8"))]
    return Directory(
        KnownSource(row["code"], row["name"], row["short_name"], row["kind"], (*row["aliases"], row["name_ar"]))
        for row in rows
    )


AGENCIES_IN_ENGLISH = [
    ("The mayor told AFP that the bridge would reopen.", ["AFP"]),
    ("The mayor told Agence France-Presse that the bridge would reopen, AFP reported.", ["AFP"]),
    ("The governor told The Associated Press on Tuesday.", ["AP"]),
    ("An AP photographer saw smoke over the harbour.", ["AP"]),
    ("An AFP correspondent and a Reuters witness saw the convoy.", ["AFP", "Reuters"]),
    ("The German news agency dpa and Spain's EFE carried the remarks.", ["dpa", "EFE"]),
    ("DPA reported that the fair would go on.", ["dpa"]),
    ("Italian news agency ANSA quoted the minister.", ["ANSA"]),
    ("Russia's TASS, RIA and Interfax news agencies cited the governor.", ["TASS", "RIA", "Interfax"]),
    ("The state news agency Tass said so.", ["TASS"]),
    ("State-run Xinhua reported heavy rain.", ["Xinhua"]),
    ("The state-run Anadolu Agency said two people were hurt.", ["Anadolu"]),
    ("Students of Anadolu University planted trees.", []),
    ("Anadolu Efes won the match.", []),
    ("The official Saudi Press Agency (SPA) reported the appointment.", ["SPA"]),
    ("SPA quoted an unnamed official.", ["SPA"]),
    ("The hotel's SPA opened in May.", []),
    ("The shares of Lombardi SPA rose.", []),
    ("The UAE state news agency WAM said.", ["WAM"]),
    ("Emirates News Agency, WAM, said the ship docked.", ["WAM"]),
    ("Qatar News Agency reported the call.", ["QNA"]),
    ("Kuwait's state news agency KUNA reported.", ["KUNA"]),
    ("Egypt's state-run MENA news agency reported the find.", ["MENA"]),
    ("Growth in the MENA region will slow.", []),
    ("The Middle East and North Africa (MENA) needs water.", []),
    ("The Middle East News Agency (MENA) said the train was late.", ["MENA"]),
    ("A security source told MENA the road was shut.", ["MENA"]),
    ("Lebanon's National News Agency said the army opened the road.", ["NNA"]),
    ("The state-run NNA said.", ["NNA"]),
    ("Syria's state news agency SANA said a depot burned.", ["SANA"]),
    ("The blast shook Sanaa, residents said.", []),
    ("Sana'a airport reopened on Monday.", []),
    ("State news agency Sana said the museum reopened.", ["SANA"]),
    ("Sana Haddad said the shop would close.", []),
    ("Iran's state news agency IRNA and the semi-official ISNA reported it.", ["IRNA", "ISNA"]),
    ("The semi-official Fars news agency said.", ["Fars"]),
    ("A quake struck Fars province on Sunday.", []),
    ("Semi-official Tasnim reported the arrest.", ["Tasnim"]),
    ("Tourists flocked to Petra, the ancient city in Jordan.", []),
    ("Petra Novak said the festival would return.", []),
    ("The Jordan News Agency, Petra, reported the visit.", ["Petra"]),
    ("An official told Petra that the dam was full.", ["Petra"]),
    ("He told Petra Novak to go home.", []),
    ("The crossing will reopen, the state news agency (Petra) said.", ["Petra"]),
    ("The PA said it would pay salaries in Ramallah for the Palestinian staff.", []),
    ("She told the PA news agency the line was closed.", ["PA"]),
    ("He told PA Media he was relieved.", ["PA"]),
    ("The Press Association reported the verdict.", ["PA"]),
    ("The Palestinian Authority (PA) will meet donors.", []),
    ("Japan's Kyodo news agency and South Korea's Yonhap said.", ["Kyodo", "Yonhap"]),
    ("North Korea's KCNA said.", ["KCNA"]),
    ("Bloomberg reported the sale.", ["Bloomberg"]),
    ("according to data compiled by Bloomberg.", ["Bloomberg"]),
    ("Michael Bloomberg gave money to the school, and Bloomberg said he was glad.", []),
    ("Bloomberg Philanthropies paid for the study.", []),
    ("She told Asharq Al-Awsat that the fund was ready.", ["Asharq Al-Awsat"]),
    ("sources told Asharq al-Awsat newspaper", ["Asharq Al-Awsat"]),
    ("The Middle East needs more trains.", []),
    ("The New York Times reported on Sunday; the Times said it had seen the letter.", ["The New York Times"]),
    ("The Times of London said.", ["The Times"]),
    ("A crowd filled Times Square.", []),
    ("He told the Guardian that he would resign.", ["The Guardian"]),
    ("Iran's Guardian Council rejected the bill.", []),
    ("The coast guard said five were saved.", []),
    ("A guardian of the shrine said.", []),
    ("Britain's Guardian newspaper said.", ["The Guardian"]),
    ("France's Le Monde and Le Figaro reported.", ["Le Monde", "Le Figaro"]),
    ("Haaretz reported that talks had stalled.", ["Haaretz"]),
    (
        "The Financial Times reported the bid; the Wall Street Journal named the buyer.",
        ["Financial Times", "The Wall Street Journal"],
    ),
    ("He told the Washington Post in an interview.", ["The Washington Post"]),
    ("Egypt's Al-Ahram newspaper said.", ["Al-Ahram"]),
    ("An analyst at the Al-Ahram Center for Political and Strategic Studies said.", []),
    ("Lebanon's An-Nahar daily reported.", ["An-Nahar"]),
    ("The Environmental Protection Agency (EPA) set new limits, the EPA said.", []),
    ("The Australian Federal Police (AFP) arrested two men. AFP officers searched a flat.", []),
    ("Air chief A.P. Singh said the jets were safe.", []),
    ("The shipping group AP Moller-Maersk said.", []),
    ("The Andhra Pradesh (AP) government said.", []),
    ("A report of the Reuters Institute found that trust fell.", []),
    ("The BBC and Al Jazeera reported.", []),
    ("Turkey's Hurriyet newspaper and Anadolu said.", ["Hurriyet", "Anadolu"]),
    ("Kuwait's Al-Rai newspaper reported the deal.", ["Al-Rai"]),
    ("The Ammon news agency reported.", ["Ammon"]),
    ("Jordan's state news agency said the road was closed.", []),
    ("The Moroccan state news agency MAP said.", ["MAP"]),
    ("A road map was drawn. The MAP is ready.", []),
    ("Algeria's official APS news agency said.", ["APS"]),
    ("The Trans Adriatic Pipeline (TAP) carried more gas, TAP said.", []),
    ("Tunisia's TAP news agency said.", ["TAP"]),
    ("Wafa, the official Palestinian news agency, reported.", ["WAFA"]),
    ("Wafa Khalil said her house was gone.", []),
    ("The official Palestinian news agency WAFA reported.", ["WAFA"]),
    ("Libya's LANA news agency; Sudan's SUNA reported.", ["LANA", "SUNA"]),
    ("The Iraqi News Agency (INA) said the dam was safe.", ["INA"]),
    ("Oman News Agency and Bahrain News Agency reported the call.", ["ONA", "BNA"]),
    ("India's PTI news agency reported.", ["PTI"]),
    ("Pakistan's opposition PTI said it would march.", []),
    ("Saba, the Houthi-run news agency, said; Saba Mahdi did not answer.", ["Saba"]),
    ("The Houthi-run Saba news agency said.", ["Saba"]),
    ("CAIRO: REUTERS REPORTED", ["Reuters"]),
    ("He was quoted by Interfax as saying.", ["Interfax"]),
    ("The Independent reported the leak.", ["The Independent"]),
    ("The Independent High Electoral Commission said.", []),
    ("Independent observers said.", []),
    ("Japan's Nikkei index rose.", []),
    ("The Nikkei newspaper reported the merger.", ["Nikkei"]),
    ("The paper La Repubblica and Corriere della Sera said.", ["La Repubblica", "Corriere della Sera"]),
    ("Germany's Bild newspaper reported; Der Spiegel said.", ["Bild"]),
    ("The Times of Israel reported.", ["The Times of Israel"]),
    ("The Jerusalem Post said.", ["The Jerusalem Post"]),
    ("The Jakarta Post reported on Monday.", ["Jakarta Post"]),
    ("She told the Straits Times the port was full.", ["Straits Times"]),
    ("The port is full, she told the Straits Times", ["Straits Times"]),
    ("The Hindu community marked the feast.", []),
    ("The Hindu newspaper reported.", ["The Hindu"]),
    ("The semi-official Mehr news agency said.", ["Mehr"]),
    ("The Getty museum reopened, EPA photographers said.", []),
    ("She wrote in Dawn newspaper.", ["Dawn"]),
    ("At dawn the army moved.", []),
    ("Reuters could not verify the report; the AP, citing officials, said otherwise.", ["Reuters", "AP"]),
    ('"We are ready," he told AFP. Another official told Reuters: "No."', ["AFP", "Reuters"]),
    ("CNN said; according to the Wall Street Journal (WSJ).", ["The Wall Street Journal"]),
    ("Le monde entier regarde.", []),
    ("Le porte-parole a déclaré à l'AFP que la route était fermée.", ["AFP"]),
    ("L'Agence France-Presse et Le Monde ont publié.", ["AFP", "Le Monde"]),
    ("The National Institute of Marine Science said the reef was well.", []),
    ("The National reported on Monday that the reef was well.", ["The National"]),
    ("A dose of the Sputnik vaccine was given. Sputnik reported it.", ["Sputnik"]),
    ("The local newspaper Al-Binaa reported the sale.", ["Al-Binaa"]),
    ("He told AP Moscow was cold.", ["AP"]),
]

AGENCIES_IN_ARABIC = [
    ("وقال المتحدث لوكالة الصحافة الفرنسية إن الطريق مفتوح.", ["AFP"]),
    ("قال المسؤول لوكالة «رويترز» إن السفينة وصلت.", ["Reuters"]),
    ("ونقلت رويترز عن مسؤول قوله.", ["Reuters"]),
    ("وأفادت وكالة أسوشييتد برس بأن الميناء أغلق.", ["AP"]),
    ("حسبما ذكرت (د.ب.أ) اليوم.", ["dpa"]),
    ("ذكرت وكالة الأنباء السعودية (واس) أن الوفد وصل.", ["SPA"]),
    ("وقالت وكالة أنباء الإمارات (وام) إن القمة بدأت.", ["WAM"]),
    ("أوردت «سانا» الخبر.", ["SANA"]),
    ("قالت الوكالة العربية السورية للأنباء (سانا) ذلك.", ["SANA"]),
    ("زار السياح بترا في الجنوب.", []),
    ("وذكرت وكالة الأنباء الأردنية (بترا) أن السد امتلأ.", ["Petra"]),
    ("ونقلت وكالة الأنباء القطرية «قنا» عن الوزير.", ["QNA"]),
    ("وصل القطار إلى محافظة قنا في صعيد مصر.", []),
    ("وقالت وكالة الأنباء الكويتية (كونا).", ["KUNA"]),
    ("وقال لـ«الشرق الأوسط» إن الصندوق جاهز.", ["Asharq Al-Awsat"]),
    ("تحتاج منطقة الشرق الأوسط إلى قطارات.", []),
    ("السلام في الشرق الأوسط بعيد.", []),
    ("مصادر تحدثت إلى صحيفة الشرق الأوسط.", ["Asharq Al-Awsat"]),
    ("لندن: «الشرق الأوسط»", ["Asharq Al-Awsat"]),
    ("بحسب صحيفة «نيويورك تايمز» و«واشنطن بوست».", ["The New York Times", "The Washington Post"]),
    ("قالت صحيفة «هآرتس» الإسرائيلية.", ["Haaretz"]),
    ("وكالة أنباء الشرق الأوسط الرسمية ذكرت.", ["MENA"]),
    ("زار الوفد منطقة الأهرام في الجيزة.", []),
    ("ذكرت صحيفة «الأهرام» المصرية.", ["Al-Ahram"]),
    ("قالت الوكالة الوطنية للإعلام إن الجيش فتح الطريق.", ["NNA"]),
    ("أفادت وكالة «إرنا» الرسمية ووكالة «تسنيم».", ["IRNA", "Tasnim"]),
    ("وكالة (أ ف ب) ووكالة (أ.ب)", ["AFP", "AP"]),
    ("قال لفرانس برس إن الوضع هادئ.", ["AFP"]),
    ("نقلت وكالتا فرانس برس ورويترز عن شهود.", ["AFP", "Reuters"]),
    ("الحياة في المدينة عادت، وقالت الأخبار إن النهار طويل.", []),
    ("وكالة شينخوا الصينية", ["Xinhua"]),
    ("وكالة الأناضول التركية", ["Anadolu"]),
    ("يمتد جبل الأناضول شرقا.", []),
]

CITED_IN_ENGLISH = [
    (["The port authority said the crane would be repaired."], ["port authority"]),
    (["A spokesman for the port authority told AFP that two berths were closed."], ["port authority"]),
    (["The berths will open on Monday, a port authority spokeswoman said."], ["port authority"]),
    (["Health Ministry spokesperson Lina Aboud said 12 people were treated."], ["Health Ministry"]),
    (["According to the Health Ministry, 12 people were treated."], ["Health Ministry"]),
    (["Twelve people were treated, according to a statement from the health ministry."], ["health ministry"]),
    (
        [
            "The Interior Ministry said in a statement that the road was open.",
            "The ministry added that patrols would stay.",
        ],
        ["Interior Ministry"],
    ),
    (["Interior Minister Samir Daher said the patrols would stay."], ["Interior Minister"]),
    (["Lebanese Health Minister Rana Saleh told reporters on Monday."], ["Lebanese Health Minister"]),
    (
        ["Omar Nassar, director of the Coastal Monitoring Network, told Reuters that nets were lost."],
        ["Coastal Monitoring Network"],
    ),
    (
        [
            "The Coastal Observatory said 40 boats were damaged.",
            "Omar Nassar, head of the Tyre-based monitor, told AFP the toll could rise.",
        ],
        ["Coastal Observatory"],
    ),
    (['"We saw smoke," said Karim Saad, head of the civil defence in Tyre.'], ["civil defence in Tyre"]),
    (
        ["The National Weather Service warned of floods.", "Police said two roads were closed."],
        ["National Weather Service", "Police"],
    ),
    (
        ["The UN refugee agency said 3,000 people had crossed.", "UNHCR added that tents were short."],
        ["UN refugee agency"],
    ),
    (["The UN children's agency UNICEF said schools would reopen."], ["UN children's agency UNICEF"]),
    (["UN spokesman Paul Marden said the convoy had arrived."], ["UN"]),
    (["Kremlin spokesman Ivan Petrov said the visit was off."], ["Kremlin"]),
    (["The Pentagon said it would withdraw two ships."], ["Pentagon"]),
    (["The White House said the call lasted an hour."], ["White House"]),
    (["Human Rights Watch said the trial was unfair."], ["Human Rights Watch"]),
    (["Amnesty International condemned the arrests."], ["Amnesty International"]),
    (["The army said a patrol was fired on. The military said later that nobody was hurt."], ["army"]),
    (
        [
            "The central bank said inflation had slowed to 4 percent.",
            "Figures released by the national statistics office showed exports up.",
        ],
        ["central bank", "national statistics office"],
    ),
    (["The World Bank estimates that growth will reach 3 percent."], ["World Bank"]),
    (["A statement by the royal court said the prince would travel."], ["royal court"]),
    (["The president's office said the visit was postponed."], ["president's office"]),
    (["The Prime Minister's office denied the report."], ["Prime Minister's office"]),
    (["Hamas said in a statement that it would reply."], ["Hamas"]),
    (["A Hezbollah official told Reuters the talks went on."], ["Hezbollah"]),
    (["The court ruled on Friday that the sale was void, a court official said."], ["court"]),
    (["The US Central Command said it had destroyed two boats."], ["US Central Command"]),
    (["CENTCOM confirmed the strike."], ["CENTCOM"]),
    (["State television reported that the train had stopped."], ["State television"]),
    (["The Sudanese Doctors Union said 9 people had died."], ["Sudanese Doctors Union"]),
    (["The Norwegian Refugee Council warned that food was short."], ["Norwegian Refugee Council"]),
    (["The ministry quoted the governor as saying that the bridge was safe."], ["ministry"]),
    (["Reuters, citing the Oil Ministry, said output fell."], ["Oil Ministry"]),
    (["The Oil Ministry was informed of the leak on Friday, an oil ministry statement added."], ["Oil Ministry"]),
    (["A military source told AFP the road was cut."], []),
    (["Haddad said the town was calm."], []),
    (["Witnesses said the shop was closed. Residents told Reuters the same."], []),
    (["President Karim Haddad said the vote would go on."], []),
    (["Paris declined to comment on the matter."], []),
    (["On Friday the Defense Ministry announced the end of the drill."], ["Defense Ministry"]),
    (["In a statement, the Defense Ministry announced the end of the drill."], ["Defense Ministry"]),
    (["Turkey's disaster agency AFAD said 200 people were evacuated."], ["Turkey's disaster agency AFAD"]),
    (["Data from the US Geological Survey showed the quake struck at a depth of 10 km."], ["US Geological Survey"]),
    (["The US Geological Survey said the quake struck at a depth of 10 km."], ["US Geological Survey"]),
    (["The Ministry of Water and Irrigation said the dam was 80 percent full."], ["Ministry of Water and Irrigation"]),
    (["The Ministry of Health in Gaza reported 14 deaths."], ["Ministry of Health in Gaza"]),
    (["Gaza's health ministry said 14 people were hurt."], ["Gaza's health ministry"]),
    (
        ["The Britain-based Syrian Observatory for Human Rights, which relies on a network, said it hit a depot."],
        ["Syrian Observatory for Human Rights"],
    ),
    (["The raid hit a depot, said the Syrian Observatory for Human Rights."], ["Syrian Observatory for Human Rights"]),
    (["The raid hit a depot, the Observatory said."], ["Observatory"]),
    (["The company said it would hire 200 people."], ["company"]),
    (["Gulf Ports Company said it would hire 200 people."], ["Gulf Ports Company"]),
    (["A government spokesperson said the decree was signed."], ["government"]),
    (
        ["The International Organization for Migration (IOM) said 40 people drowned."],
        ["International Organization for Migration"],
    ),
    (
        ["Forty people drowned, the International Organization for Migration (IOM) said on Monday."],
        ["International Organization for Migration"],
    ),
    (["Lina Aboud, a spokeswoman for the World Food Programme, said flour had run out."], ["World Food Programme"]),
    (
        ["The head of the parliamentary energy committee, Rami Aziz, said the bill would pass."],
        ["parliamentary energy committee"],
    ),
    (
        ["The harbour master's office told the local radio station that a tanker had run aground."],
        ["harbour master's office"],
    ),
    (["The rights group said it had documented 12 cases."], ["rights group"]),
    (["Local authorities said the school would reopen."], ["Local authorities"]),
    (
        ["The Houthi military media unit released footage, and the group's military spokesman said the ship was hit."],
        ["military"],
    ),
    (
        ["The European Commission proposed a new tariff, a Commission spokesperson told reporters."],
        ["European Commission"],
    ),
    (["The Kenya Red Cross said rescue teams were digging."], ["Kenya Red Cross"]),
    (["The city's fire department said the blaze began in a kitchen."], ["city's fire department"]),
    (["A survey by the Chamber of Commerce found that prices rose."], ["Chamber of Commerce"]),
    (["The office of the UN special envoy said the talks would resume."], ["office of the UN special envoy"]),
    (["The Supreme Electoral Council announced the results on Sunday."], ["Supreme Electoral Council"]),
    (
        ["The airline said the flight had turned back, while the civil aviation authority said an inquiry was open."],
        ["airline", "civil aviation authority"],
    ),
    (["The attorney general's office said charges were filed."], ["attorney general's office"]),
    (
        ["The foreign ministries of France and Italy said in a joint statement that they would send boats."],
        ["foreign ministries of France and Italy"],
    ),
    (["Syria's Foreign Ministry strongly condemned the raid."], ["Syria's Foreign Ministry"]),
    (["The raid killed three people, a war monitor said."], ["war monitor"]),
    (
        ["A drone hit a fuel depot near the port, the civil defence directorate said on Sunday, adding no more."],
        ["civil defence directorate"],
    ),
    (['Maya Karam, a spokeswoman for the Lebanese Red Cross, told AFP: "We moved 30 people."'], ["Lebanese Red Cross"]),
    (["The grid operator said supply would return by night, the daily Al-Binaa reported."], ["grid operator"]),
    (["Egypt's Supply Ministry said it had bought wheat, traders said."], ["Egypt's Supply Ministry"]),
    (["Aid groups warned that tents were short."], ["Aid groups"]),
    (["The European Union's foreign policy chief Josef Lang said sanctions would stay."], ["European Union"]),
    (["EU foreign policy chief Josef Lang said sanctions would stay."], ["EU"]),
    (["IAEA chief Rafael Sol said inspectors had left."], ["IAEA"]),
    (["The agency said inspectors had left, according to an IAEA report seen by Reuters."], ["agency", "IAEA"]),
    (["UN Secretary-General Marta Ruiz called for calm."], ["UN"]),
    (["The head of the International Monetary Fund said growth was weak."], ["International Monetary Fund"]),
    (["Scientists at the University of Ghent found that sleep helps."], ["University of Ghent"]),
    (["Researchers from the Desert Research Centre said the wells were dry."], ["Desert Research Centre"]),
    (
        ["The Kurdish-led Syrian Democratic Forces (SDF) said two fighters were hurt."],
        ["Kurdish-led Syrian Democratic Forces"],
    ),
    (
        ["Israel's military said it had struck a depot. Israeli army spokesman Dan Levi said no one was hurt."],
        ["Israel's military"],
    ),
    (["The bank cut rates, the governor of the central bank, Amal Sadiq, told parliament."], ["central bank"]),
    (["The defence ministry in Moscow said drones were downed."], ["defence ministry in Moscow"]),
    (["Ukraine's air force said it had shot down 12 drones."], ["Ukraine's air force"]),
    (["The military council said it would hold talks with the bloc."], ["military council"]),
    (["Officials at the ministry said tests would go on."], ["ministry"]),
    (["In a report published on Monday, Amnesty International said 14 people were held."], ["Amnesty International"]),
    (["The report, published by the World Health Organization, said cases had halved."], ["World Health Organization"]),
    (["The Foreign Ministry's spokesman, Ali Reza, said talks would resume."], ["Foreign Ministry"]),
    (["A joint statement issued by the two ministries said the ferry would run daily."], ["ministries"]),
    (["The town of Sidi fell, the monitoring group said, citing activists on the ground."], ["monitoring group"]),
    (["Workers at the plant said the union had agreed to the deal."], []),
    (["It was not clear whether the ministry would reply, he said."], []),
    (["The minister told parliament that the company had been paid."], []),
    (["The team said the coach would leave, the club announced."], ["club"]),
    (["The army and the police said the square was open."], ["army", "police"]),
    (["Lebanese army chief Karim Aziz told Reuters that patrols would stay."], ["Lebanese army"]),
    (["Defense Ministry spokesman Gen. Ali Nasser said the drill was over."], ["Defense Ministry"]),
    (
        ["The national meteorological and hydrological service said rain would fall."],
        ["national meteorological and hydrological service"],
    ),
    (
        ["A source in the Kurdistan Regional Government told Asharq Al-Awsat that talks went on."],
        ["Kurdistan Regional Government"],
    ),
    (["Buyers turned to the port of Aktau, whose port authority said grain had doubled."], ["port authority"]),
    (
        ["The World Food Programme said flour had run out.", "Trucks wait at the border, the agency said."],
        ["World Food Programme"],
    ),
    (["The statement said talks would resume.", "The report said growth was weak."], []),
    (["Local officials said the bridge was safe."], []),
]

CITED_IN_ARABIC = [
    (["قالت وزارة الصحة إن 12 شخصا أصيبوا."], ["وزارة الصحة"]),
    (["وأعلنت وزارة الدفاع التركية في بيان مقتل جنديين."], ["وزارة الدفاع التركية"]),
    (["أفاد المرصد السوري لحقوق الإنسان بأن الغارة أصابت مستودعا."], ["المرصد السوري لحقوق الإنسان"]),
    (["بحسب هيئة ميناء العقبة، توقفت الرافعة."], ["هيئة ميناء العقبة"]),
    (["ووفقا لوزارة الطاقة، ارتفع الإنتاج."], ["وزارة الطاقة"]),
    (["وفقاً لمكتب الأمم المتحدة لتنسيق الشؤون الإنسانية، نزح الآلاف."], ["مكتب الأمم المتحدة لتنسيق الشؤون الإنسانية"]),
    (["قال المتحدث باسم وزارة الصحة سامر نصار إن المستشفى امتلأ."], ["وزارة الصحة"]),
    (
        ["وقال مدير المرصد السوري لحقوق الإنسان لوكالة الصحافة الفرنسية إن الحصيلة ارتفعت."],
        ["المرصد السوري لحقوق الإنسان"],
    ),
    (["ذكرت وكالة الأنباء السعودية (واس) أن الوفد وصل."], []),
    (["نقلت رويترز عن وزارة النفط قولها إن الإنتاج تراجع."], ["وزارة النفط"]),
    (["وأكدت الأمم المتحدة أن القافلة وصلت."], ["الأمم المتحدة"]),
    (["وقال الجيش اللبناني إن الطريق فتح."], ["الجيش اللبناني"]),
    (["أعلنت الشرطة أن الطريق مغلق. وقالت الوزارة ذلك."], ["الشرطة", "الوزارة"]),
    (["قال شهود إن المتجر مغلق."], []),
    (["وقال خالد منصور إن البلدة هادئة."], []),
    (["وحذر البنك المركزي من تراجع العملة."], ["البنك المركزي"]),
    (["وقالت وزارة الصحة في غزة إن 14 شخصا أصيبوا."], ["وزارة الصحة في غزة"]),
    (["وأوضحت الهيئة العامة للأرصاد الجوية أن العاصفة تقترب."], ["الهيئة العامة للأرصاد الجوية"]),
    (["وأفاد الدفاع المدني بانهيار مبنى."], ["الدفاع المدني"]),
    (["قالت «هيومن رايتس ووتش» إن المحاكمة غير عادلة."], ["هيومن رايتس ووتش"]),
    (["وجاء في بيان صادر عن رئاسة الوزراء أن القرار سيطبق."], ["رئاسة الوزراء"]),
    (["قالت وزارة التعليم إن المدارس ستفتح.", "وأضافت الوزارة أن الكتب جاهزة."], ["وزارة التعليم"]),
    (["وقال وزير الداخلية سامي حداد إن الدوريات باقية."], ["وزير الداخلية"]),
    (["وقالت منظمة الصحة العالمية إن اللقاح وصل."], ["منظمة الصحة العالمية"]),
    (["وقال مسؤول في بلدية طرابلس إن السوق سيفتح."], ["بلدية طرابلس"]),
    (["وأعلن مكتب الإحصاء الوطني ارتفاع الصادرات."], ["مكتب الإحصاء الوطني"]),
    (["وقال العميد سامر عودة، مدير الدفاع المدني، لـ«رويترز» إن الحريق تحت السيطرة."], ["الدفاع المدني"]),
    (["حسبما ذكرت وكالة «رويترز»."], []),
    (["وأعرب برنامج الأغذية العالمي عن استعداده للمساعدة."], ["برنامج الأغذية العالمي"]),
]


@pytest.mark.parametrize(("text", "expected"), [*AGENCIES_IN_ENGLISH, *AGENCIES_IN_ARABIC])
def test_agencies_are_those_the_text_names_as_such(directory, text, expected):
    assert directory.agencies("", [text]) == expected


@pytest.mark.parametrize(("paragraphs", "expected"), CITED_IN_ENGLISH)
def test_sources_are_the_bodies_that_the_copy_cites(directory, paragraphs, expected):
    assert [body.text for body in directory.cited(paragraphs)] == expected


@pytest.mark.parametrize(("paragraphs", "expected"), CITED_IN_ARABIC)
def test_sources_are_found_in_arabic_where_the_verb_comes_first(directory, paragraphs, expected):
    assert [body.text for body in directory.cited(paragraphs, "ar")] == expected


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("Reuters", ["Reuters"]),
        ("AFP/Reuters", ["AFP", "Reuters"]),
        ("رويترز", ["Reuters"]),
        ("«الشرق الأوسط»", ["Asharq Al-Awsat"]),
        ("DPA", ["dpa"]),
        ("PA", ["PA"]),  # no Palestinian Authority writes datelines
        ("Petra", ["Petra"]),
        ("Agencies", []),
        ("Al-Binaa", ["Al-Binaa"]),
        ("UN News", []),
        ("", []),
    ],
)
def test_dateline_agency_is_named_by_its_short_name_without_any_doubt(directory, dateline, expected):
    assert directory.agencies("Bridge reopens", ["The bridge reopened."], dateline) == expected


def test_agencies_come_in_order_headline_dateline_paragraphs_each_once(directory):
    named = directory.agencies("TASS: bridge reopens", ["The mayor told AFP.", "TASS had it first, dpa said."], "AP")
    assert named == ["TASS", "AP", "AFP", "dpa"]


def test_bare_times_is_the_newspaper_named_before(directory):
    assert directory.agencies("", ["The Khaleej Times reported it.", "The Times reported more."]) == ["Khaleej Times"]


def test_every_agency_and_newspaper_of_the_directory_is_known_in_a_dateline(directory):
    for source in directory.sources.values():
        if source.kind in ("agency", "newspaper"):
            for spelling in (source.name, source.short_name, *source.aliases):
                assert directory.agencies("", [], spelling) == [source.short_name], spelling


def test_short_forms_count_as_the_body_named_in_full(directory):
    cited = directory.cited(
        [
            "The Coastal Observatory said 40 boats were lost.",
            "The monitor added that more were missing.",
            "Omar Nassar, head of the Tyre-based monitor, told AFP that the search went on.",
            "The Health Ministry said two people were hurt. The ministry added that they were well.",
            "A health ministry statement added that the wards were open.",
        ]
    )
    assert [body.text for body in cited] == ["Coastal Observatory", "Health Ministry"]


def test_ministry_is_traced_to_its_full_name_where_that_said_nothing(directory):
    cited = directory.cited(
        ["Crowds gathered at the Water Ministry on Sunday.", "The ministry said pumps were on order."]
    )
    assert [body.text for body in cited] == ["Water Ministry"]


def test_citation_says_who_spoke_to_whom_in_what_role_and_for_what(directory):
    (body,) = directory.cited(
        [
            "Rain fell.",
            'Maya Karam, a spokeswoman for the World Food Programme, told Agence France Presse: "Flour ran out."',
        ]
    )
    assert (body.text, body.known_code, body.via) == ("World Food Programme", "wfp", "AFP")
    assert (body.speaker, body.role, body.use, body.paragraph) == ("Maya Karam", "spokeswoman", "quote", 1)
    assert body.phrase == "told"


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("The port authority said in a statement that two berths were shut.", "statement"),
        ("The port authority said 2 berths were shut.", "figure"),
        ("“Two berths are shut,” the port authority said.", "quote"),
        ("The port authority said the berths were shut.", "report"),
    ],
)
def test_citation_is_for_a_statement_a_figure_a_quote_or_a_report(directory, text, use):
    assert [body.use for body in directory.cited([text])] == [use]


def test_agencies_are_no_sources_and_broadcasters_no_agencies(directory):
    text = "Reuters reported the fire, the BBC said. AFP reported it too."
    assert directory.agencies("", [text]) == ["Reuters", "AFP"]
    assert [body.text for body in directory.cited([text])] == ["BBC"]


def test_two_bodies_that_speak_together_both_count(directory):
    cited = directory.cited(["The port authority and the Interior Ministry said the road was open."])
    assert [body.text for body in cited] == ["port authority", "Interior Ministry"]


def test_its_spokesman_speaks_for_the_body_that_opens_the_sentence(directory):
    cited = directory.cited(["The port authority has closed two berths, its spokesman Fadi Karam told Reuters."])
    assert [(body.text, body.speaker, body.via) for body in cited] == [("port authority", "Fadi Karam", "Reuters")]


# "The … said" by a body's name: the article, a known name, an acronym or a name's last word tells it from a person's.
NAMED_BODIES = [
    ("The Kremlin said it had no comment.", ["Kremlin"]),
    ("They spoke on Friday, the Elysee Palace said.", ["Elysee Palace"]),
    ("They spoke on Friday, the Elysee said.", ["Elysee"]),
    ("Downing Street said the visit was private.", ["Downing Street"]),
    ("The Polisario Front said that he had met its leader.", ["Polisario Front"]),
    ("The Islamic Jihad said it would answer.", ["Islamic Jihad"]),
    ("Airbus said deliveries would rise.", ["Airbus"]),
    ("Denmark's Maersk expects rates to fall.", ["Denmark's Maersk"]),
    ("The PA said taxes had been held back.", ["PA"]),
    ("The Palestinian Authority (PA) paid two thirds. The PA said more would follow.", ["Palestinian Authority"]),
    ("The Sudanese Armed Forces (SAF) moved. The SAF said the town was calm.", ["Sudanese Armed Forces"]),
    ("The European Space Agency and NASA said the probe had landed.", ["European Space Agency", "NASA"]),
    ("The Kremlin and NATO said the call was short.", ["Kremlin", "NATO"]),
    ("Defense Secretary Ann Lowe said the drill was over.", ["Defense Secretary"]),
]
GENERIC_BODIES = [
    (f"{body[0].upper()}{body[1:]} said the matter was closed.", [body.removeprefix("the ")])
    for body in (
        "the airport", "the jury", "the judiciary", "the auction house", "the cathedral chapter", "the county clerk",
        "the harbor master", "the hospital", "the port", "the club", "the union", "the league", "the court",
        "the operator", "the company", "the coast guard", "the army", "the palace", "the school", "the shipping line",
        "the attorney general", "the refinery", "the carmaker", "the museum", "the central bank", "the rescue team",
    )
]  # fmt: skip
GENERIC_BODIES += [(f"{body} said so.", [body]) for body in ("Prosecutors", "Police", "Firefighters", "Rescuers")]
WHOLE_NAMES = [
    ("According to the Institute for the Study of War, nothing moved.", ["Institute for the Study of War"]),
    ("The Committee to Protect Journalists said nine were held.", ["Committee to Protect Journalists"]),
    ("The Royal Society for the Protection of Birds said geese came.", ["Royal Society for the Protection of Birds"]),
    (
        "The Center for Strategic and International Studies said stocks were low.",
        ["Center for Strategic and International Studies"],
    ),
    (
        "The Ministry of Foreign Affairs and International Cooperation said talks would resume.",
        ["Ministry of Foreign Affairs and International Cooperation"],
    ),
    ("The Emergency Lawyers, a rights group, reported 14 deaths.", ["Emergency Lawyers"]),
    ("Hengaw, a rights group, said 12 people were held.", ["Hengaw"]),
    ("Hengaw, a rights group, said 12 people were held. The group said more were missing.", ["Hengaw"]),
    ("Sealand, the Danish shipping company, said rates would rise.", ["Sealand"]),
    ("“It was loud,” Sara Miceli, a volcanologist on duty at the observatory, said.", ["observatory"]),
    ("Hospital officials said two children died.", ["Hospital officials"]),
    ("The Bank of England said rates would hold.", ["Bank of England"]),
]
FIGURES = [
    ("The US Geological Survey put its magnitude at 5.9.", ["US Geological Survey"]),
    ("The World Bank put the cost at 300 million dollars.", ["World Bank"]),
    ("The transport ministry put the price at 3 million.", ["transport ministry"]),
    ("Figures from the federal police put the value at 9 million.", ["federal police"]),
    ("Data from the customs service showed a fall.", ["customs service"]),
    ("Prices rose, according to figures released by the national bank.", ["national bank"]),
    ("The IMF forecasts growth of 3 percent.", ["IMF"]),
    ("The central bank expects inflation to slow.", ["central bank"]),
]
NOBODY = [
    "Haddad said he left.", "Maria Lopez said she left.", "Tim Apple said he left.", "The man said nothing.",
    "Residents said water was out.", "Witnesses said shots were fired.", "Analysts said prices would fall.",
    "Farmers said rain was late.", "Washington said it would help.", "The Philippines said it would send ships.",
    "The French said no.", "The Americans said yes.", "The Iranian said so.", "The Democrat said so.",
    "The Prime Minister said he would go.", "The Vice President said so.", "The Supreme Leader said so.",
    "The King said so.", "The Dalai Lama said so.", "The Rev. John Smith said so.", "The Oslo resident said so.",
    "Erdogan, the Turkish president, said it would rain.", "Lopez, a nurse, said it hurt.",
    "Maria Lopez, a bank clerk, said it hurt.", "Maria Lopez, a union organizer, said it hurt.",
    "Passengers at the airport said they had waited.", "Students from the university said they would march.",
    "A man who lives near the airport said he heard a blast.", "A school teacher said it was cold.",
    "The club's captain said he was proud.", "The company was told to close.", "The ministry is expected to reply.",
    "The man put the ladder at the wall.", "The company put a sign at the gate.",
]  # fmt: skip
NEWS_AGENCIES = [
    ("The news agency TT reported the arrest.", ["TT"]),
    ("Swedish news agency TT said six were held. TT said they were young.", ["TT"]),
    ("TT, the Swedish news agency, said six were held.", ["TT"]),
    ("DHA news agency showed children.", ["DHA"]),
    ("He told the news agency Zaman that he would stay.", ["Zaman"]),
    ("Oslo Nytt, the news agency, said so.", ["Oslo Nytt"]),
    ("The Ammon news agency reported it.", ["Ammon"]),
]
CITED_IN_FRENCH = [
    ("Le ministère de l'Intérieur a annoncé l'arrestation de deux hommes.", ["ministère de l'Intérieur"]),
    ("Selon la gendarmerie, la route est fermée.", ["gendarmerie"]),
    ("D’après la Croix-Rouge, dix personnes sont mortes.", ["Croix-Rouge"]),
    ("La préfecture a indiqué que l'eau montait.", ["préfecture"]),
    ("Le parquet de Bruges a précisé que trois corps manquent.", ["parquet de Bruges"]),
    ("L'incendie est maîtrisé, a déclaré la protection civile.", ["protection civile"]),
    ("L'eau monte, a prévenu jeudi la sécurité civile du Québec.", ["sécurité civile du Québec"]),
    ("La mesure durera un an, a annoncé le Conseil du coton et de l'anacarde.", ["Conseil du coton et de l'anacarde"]),
    ("Un porte-parole du ministère de la Défense a affirmé que tout allait bien.", ["ministère de la Défense"]),
    ("Paul Martin, directeur de l'Observatoire du climat, a expliqué la mesure.", ["Observatoire du climat"]),
    ("Selon un bilan du ministère de la Santé, douze morts.", ["ministère de la Santé"]),
    ("Les autorités locales ont confirmé la mort de deux hommes.", ["autorités locales"]),
    ("« C'est fini », a-t-il dit à l'AFP.", []),
    ("Jean Dupont a déclaré que la route était fermée.", []),
    ("Selon des témoins, deux coups de feu ont retenti.", []),
    ("Des habitants ont raconté la scène.", []),
    ("Il a indiqué que le gouvernement restait.", []),
    ("Selon l'agence Reuters, le navire a coulé. L'AFP a rapporté la nouvelle.", []),
    ("La banque a été condamnée.", []),
]


@pytest.mark.parametrize(("text", "expected"), [*NAMED_BODIES, *GENERIC_BODIES, *WHOLE_NAMES, *FIGURES])
def test_body_is_cited_by_its_whole_name_or_its_kind(directory, text, expected):
    assert [body.text for body in directory.cited([text])] == expected


@pytest.mark.parametrize("text", NOBODY)
def test_persons_peoples_and_bystanders_are_no_bodies(directory, text):
    assert directory.cited([text]) == []


@pytest.mark.parametrize(("text", "expected"), NEWS_AGENCIES)
def test_what_is_called_a_news_agency_is_an_agency_and_no_source(directory, text, expected):
    assert directory.agencies("", [text]) == expected
    assert directory.cited([text]) == []


@pytest.mark.parametrize(
    "text",
    [
        "The PA said it would pay.",
        "The EPA set limits.",
        "A TT sign hung there.",
        "Rockets fell on Homs, the state news agency, citing an officer, said.",
        "He left on Tuesday, the news agency said.",
        "It rained in Tunisia, the official news agency, which is in Tunis, said.",
        "The news agency Tuesday said so.",
    ],
)
def test_short_names_of_other_things_are_no_agencies(directory, text):
    assert directory.agencies("", [text]) == []


@pytest.mark.parametrize(("text", "expected"), CITED_IN_FRENCH)
def test_sources_are_found_in_french(directory, text, expected):
    assert [body.text for body in directory.cited([text], "fr")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقال متحدث باسم الكرملين إن اللقاء مفيد.", ["الكرملين"]),
        ("وقال المتحدث الرسمي باسم البيت الأبيض إن اللقاء مفيد.", ["البيت الأبيض"]),
        ("وأعلن قصر الإليزيه أن الرئيسين تحدثا.", ["قصر الإليزيه"]),
        ("وقال متحدث باسم العائلة إن الابن بخير.", []),
    ],
)
def test_spokesman_speaks_for_a_known_name_in_arabic(directory, text, expected):
    assert [body.text for body in directory.cited([text], "ar")] == expected


HOSTILE = [
    "said " * 20_000,
    "a" * 100_000,
    "the ministry " * 8_000,
    "A B C D " * 12_500,
    "(AP " * 25_000,
    '" said ' * 14_000,
    "X, " * 33_000,
    "according to " * 8_000,
    "قالت " * 20_000,
    "بحسب وزارة " * 9_000,
    "A." * 50_000,
    "a'" * 50_000,
    "Al-" * 33_000,
    "Newspaper newspaper daily " * 4_000,
    "released by the " * 6_000,
    "head of the, said " * 5_500,
    "told AFP " * 11_000,
    "and the ministry its spokesman said " * 2_800,
    "the A of the " * 8_000,
    "put at " * 14_000,
    "The news agency " * 6_000,
    "Ab (AB) " * 12_000,
    "X, a group, said " * 6_000,
    "a dit le ministère de la " * 4_000,
    "selon " * 16_000,
    "par publié a ont " * 6_000,
    " ".join(f"The Q{number} Ministry said." for number in range(4_000)),
    "\x00\ud800\u202e(«" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_100_kilobytes_of_anything_are_read_in_a_second(directory, text):
    started = time.process_time()
    directory.agencies("", [text])
    directory.cited([text])
    directory.cited([text], "ar")
    directory.cited([text], "fr")
    assert time.process_time() - started < 4  # four readings


@pytest.mark.parametrize(
    "text", ["", " ", ".", "said", "said said", "according to", "(", "the", "by", "عن", "قال", ", said", "its"]
)
def test_fragments_raise_nothing(directory, text):
    for language in ("en", "ar", "fr", ""):
        directory.cited([text, ""], language)
    directory.agencies(text, [text], text)


@pytest.mark.django_db
def test_directory_is_read_again_only_after_a_source_changed(django_assert_num_queries):
    from articles import knowledge
    from articles.models import Source

    Source.objects.create(code="bay-post", name="Bay Post", short_name="Bay Post", slug="bay-post", kind="newspaper")
    first = knowledge.load_directory()
    assert first.agencies("", ["He told the Bay Post."]) == ["Bay Post"]
    with django_assert_num_queries(1):
        assert knowledge.load_directory() is first
    source = Source.objects.get(code="bay-post")
    source.aliases = ["Bay Gazetteer"]
    source.save()
    assert knowledge.load_directory().agencies("", ["He told the Bay Gazetteer."]) == ["Bay Post"]
