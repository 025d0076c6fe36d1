"""What a newsroom knows about words beside place names: traps, titles, first names. Folded forms; no code here.

Every entry is written as ``index.key`` folds it: lower case, no accents, Arabic letter variants made one, words
separated by one space.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _owned(text: str) -> dict[str, str]:
    """ "PS: hamas, fatah; LB: hezbollah" as {phrase: code}; "-" stands for no code."""
    rows = (row.partition(":") for row in text.replace("\n", " ").split(";") if row.strip())
    return {phrase.strip(): code.strip().replace("-", "") for code, _, phrases in rows for phrase in phrases.split(",")}


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.replace("\n", " ").split(";") if phrase.strip())


# Bodies and armed groups that point to a country without naming it: weak evidence, never enough against a named place.
ACTORS = _owned("""
PS: hamas, fatah, islamic jihad, حماس, حركه حماس; LB: hezbollah, hizbollah, hizbullah, حزب الله, unifil,
اليونيفيل; YE: houthi, houthis, huthi, huthis, الحوثي, الحوثيون, الحوثيين; AF: taliban, talibans, طالبان; CD:
m23, fdlr; SO: shabaab, al shabaab, al shabab, حركه الشباب; NG: boko haram, بوكو حرام; NA: swapo; ET: tplf; SD:
rapid support forces, rsf, قوات الدعم السريع, الدعم السريع; CO: farc, eln; IL: idf; TR: pkk, kurdistan workers
party, حزب العمال الكردستاني; SY: ypg; EH: polisario, polisario front, البوليساريو, front polisario; GB: bank of
england, church of england, scotland yard, nhs, tories; US: federal reserve, nasa, fbi, cia; DE: bundesbank; IR:
revolutionary guards, revolutionary guard, الحرس الثوري; RU: wagner; IQ: peshmerga, البيشمركه, hashd; JP: bank
of japan
""")
# Leaders whose bare name stands for a state in headlines. It ages; being weak evidence, an old entry does little harm.
LEADERS = _owned("""
RU: putin, lavrov, بوتين, لافروف; UA: zelenskiy, zelensky, zelenskyy, زيلينسكي; IL: netanyahu, نتنياهو; TR:
erdogan, اردوغان; FR: macron, ماكرون; US: trump, biden, rubio, ترمب, ترامب, بايدن; GB: starmer, ستارمر; DE:
merz, scholz; IN: modi; CN: xi jinping; BR: lula; AR: milei; VE: maduro, مادورو; KP: kim jong un; EG: sisi, al
sisi, السيسي; SY: assad, الاسد; LY: haftar, حفتر, dbeibah, الدبيبه; IR: khamenei, pezeshkian, خامنيي, بزشكيان;
DZ: tebboune, تبون; SD: burhan, hemedti, حميدتي; RW: kagame; CD: tshisekedi; KE: ruto; HU: orban; IT: meloni;
BY: lukashenko; SA: bin salman
""")
# Seats of power: they speak for a state ("the Kremlin said") more often than something happens there.
SEATS = frozenset(
    _phrases("""
white house; pentagon; kremlin; elysee; downing street; capitol hill; knesset; bundestag; whitehall; quai d orsay;
matignon; foggy bottom; wall street; casa rosada; maison blanche; pentagone; buckingham palace; westminster;
bundeswehr; البيت الابيض; البنتاغون; الكرملين; الاليزيه; قصر الاليزيه; الكونغرس; الكنيست; داونينغ ستريت
""")
)
# Where the world meets: a talk held there is seldom about the town or its country.
MEETING_PLACES = frozenset(
    _phrases("""
geneva; vienna; brussels; hague; davos; lausanne; geneve; vienne; bruxelles; new york; la haye; camp david;
جنيف; فيينا; بروكسل; لاهاي; دافوس; نيويورك
""")
)
# "US-led", "Britain-based", "Panama-flagged": says where somebody comes from, not what the story is about.
ORIGIN = _words("""
led backed based registered flagged born made owned funded sponsored brokered mediated supplied trained educated
style drafted listed built designed manufactured headquartered aligned allied linked supported installed bound
speaking language affiliated chaired approved financed headed organised organized produced designated proposed
friendly inspired engineered assembled developed monitored certified licensed sanctioned raised
""")
CONTROL = _words("occupied annexed controlled held administered ruled run besieged imposed hosted")
DISTANCE = _words("pro anti non ex former post philo")  # "pro-Russian", "anti-French"
SPACED_ORIGIN = _words("led backed based flagged")  # the hyphen that copy drops: "US led coalition"
# What follows a demonym (English) or stands before it (French, Arabic).
TITLES = _words("""
president presidents premier prime foreign defence defense interior finance minister ministers ministry official
officials ambassador ambassadors envoy envoys diplomat diplomats secretary spokesman spokeswoman spokesperson leader
leaders government senator senators lawmaker lawmakers chancellor king queen crown prince intelligence state embassy
consulate delegation counterpart authorities military army navy troops forces soldiers congress treasury
administration vice deputy general presidente ministre ministere ministres gouvernement ambassade ambassadeur
diplomatie chef porte armee autorites chancelier roi reine senateur depute homologue رئيس الرئيس وزير الوزير وزاره
حكومه الحكومه السفير سفير السفاره سفاره الجيش جيش الخارجيه للخارجيه خارجيه الداخليه الدفاع الوزراء ملك الملك ولي
العهد المتحدث الناطق المبعوث مبعوث السلطات قوات القوات الرئاسه البرلمان مسؤول مسوول مسوولون المستشار
""")
MEDIA = _words("""
newspaper newspapers daily magazine broadcaster tv television media weekly radio tabloid channel broadcasters
website paper journal quotidien hebdomadaire chaine presse agence صحيفه جريده قناه مجله وكاله تلفزيون شبكه لصحيفه
لقناه لوكاله موقع
""")
MAKERS = _words("""
company companies firm firms giant carmaker automaker bank banks startup multinational researcher researchers
scientist scientists professor academic ngo charity monitor watchdog retailer brand manufacturer airline airlines
airways drugmaker chipmaker investor investors fund expert experts analyst analysts billionaire businessman
consultancy conglomerate tech technology luxury entreprise groupe constructeur societe شركه مصرف خبير باحث
""")
PERSONS = _words("""
national nationals tourist tourists citizen citizens man woman student students journalist journalists worker
workers couple family climber hiker traveller traveler expat expatriate dual photographer actor actress singer
director author writer artist designer player striker midfielder defender goalkeeper coach footballer tennis golfer
cyclist ressortissant touriste
""")
MONEY = _words("""
dollar dollars pound pounds lira liras lire dinar dinars riyal riyals rial rials dirham dirhams franc francs peso
pesos rupee rupees yuan yen won ruble rubles rouble roubles krona kronor krone kroner shilling shillings naira rand
real reais hryvnia crude livre livres shekel shekels دولار دولارا دولارات جنيه جنيها ليره ريال ريالا دينار دينارا
درهم يورو فرنك روبل
""")
LARGE = _words("million millions billion billions bn m trillion thousand hundred مليون مليار ملايين الف")
SCHOOL = _words("university college institute school academy polytechnic univ")
SPEECH = _words("""
in into speak speaks spoke speaking fluent learn learning language english translated en parle بالغه
""")
LANGUAGES = _words(
    "english french spanish german russian chinese japanese turkish persian portuguese italian dutch korean"
)
LOCATIVE = _words("""
in near at from outside around across to towards toward inside via through off into throughout over city town
capital of northern southern eastern western central north south east west province region a au aux en dans vers
pres hors ville depuis في بمدينه مدينه محافظه الى من قرب شمال جنوب شرق غرب بمحافظه ضواحي وسط
""")
STRICTLY_IN = _words("in near outside around city town island village port province a pres ville ile")
BORN = _words("born studied trained educated graduated naissance ne nee etudie")
BASED = _words("based headquartered registered base basee bases basees siege مقره مقرها ومقره ومقرها مقرهما")
LED = _words(
    "led backed brokered mediated sponsored funded supported financed dirigee menee conduite soutenu soutenue soutenus"
)
LED_ARABIC = _words(
    "بقياده تقوده تقودها بزعامه برعايه بوساطه المدعوم المدعومه المدعومين المدعومون مدعوم مدعومه الموالي المواليه"
)
SAID = _words("said says told reporters announced statement interview added annonce declare indique قال قالت صرح")
CALL = _words("phone telephone speaking interview videolink video call telephoned joint")
# Words that make a bird of "Turkey".
KITCHEN = _words("""
recipe recipes oven roast roasted roasting stuffing gravy cranberry thanksgiving poultry cook cooks cooking
tablespoon teaspoon carve carving basting baste kilo dinner leftovers butter
""")
SIGNS = _words("ankara istanbul turkish turk turks erdogan syria nato greece")
# Places that are also given or family names; a capitalised neighbour makes a person of them.
NAME_LIKE = _words("""
jordan chad georgia paris london kenya cuba holland florence sofia victoria sydney adelaide charlotte austin dallas
houston orlando phoenix savannah augusta nancy lourdes santiago valencia lincoln jackson milan vienna lima kingston
hamilton stanley douglas darwin wellington kerry kent bristol petra regina constantine medina mecca alexandria
berlin brooklyn israel washington madison carolina virginia dakota kimberley perth lyon cork basel cali lyons
hollande troy bethlehem hull essex trinidad ferguson buchanan livingstone bondi laval raleigh montana maurice
dominique rhodes sadr salif fremont jeremie lubbock hesse logan rosso saida tyler marion devon rodrigues montserrat
""")
# Countries and continents that are given names too: only after "author", "actress" … and before a surname.
GIVEN = _words("india ireland america asia china sierra egypt persia africa malaysia britain")
GIVEN_IN_FRENCH = _words("maurice dominique")  # people, except after "île", "à", "la" …
ROLES = _words("""
author novelist poet writer actor actress singer rapper model dancer painter presenter columnist comedian chef judge
swimmer sprinter gymnast boxer skier surfer golfer striker goalkeeper teacher nurse pupil student teenager
autrice ecrivaine romanciere chanteuse actrice comedienne
""")
# Neighbours that make no person: "Jordan Valley", "Western Georgia", "London Police".
NOT_A_NAME = _words("""
north south east west northern southern eastern western central upper lower greater downtown metropolitan old inner
outer the in on at of from to for with by and but as if when while after before since until over under between
against near inside valley river university airport province city town county state street square bridge tower hall
palace court police government parliament president prime minister king queen foreign army navy air olympics olympic
games summit conference agreement accord zoo museum metro fire mayor governor monday tuesday wednesday thursday
friday saturday sunday january february march april may june july august september october november december this
that a an is was will has had not club international football fc united stock exchange marathon fashion week region
border crown
""")
MISTER = _words("""
mr mrs ms miss dr sir dame judge coach professor lord lady justice sgt capt officer detective senator
""")
FIRST_NAMES = _words("""
aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alejandro alex alexander alexandra alexis ali alice
alison amanda amber amy ana andre andrea andreas andrei andrew andy angela anna anne annie anthony antoine antonio
arthur ashley barbara ben benjamin bernard beth betty bill billy bob bobby brad brandon brenda brian bruce bryan
camille carl carla carlos carol caroline catherine charles charlie chris christian christina christine christopher
claire claude craig cristina daniel danny dave david dawn deborah denis denise dennis derek diana diane diego
dominic donald donna doris dorothy douglas dustin ed eddie edward eleanor elena elizabeth ellen emily emma eric
erica ernest eugene eva evelyn felix fernando frances francesco francis francois frank fred frederic gabriel gareth
gary gavin george gerald gilbert giovanni glen gordon graham greg gregory guillaume hannah harold harry heather
hector helen henri henry howard hugh hugo ian isaac isabel isabella ivan jack jacob jacques jake james jamie jane
janet jason javier jean jeff jeffrey jennifer jeremy jerry jesse jessica jill jim jimmy joan joe joel johan john
johnny jonathan jorge jose joseph josh joshua juan judith judy julia julian julie justin karen karl kate katherine
kathleen kathy katie keith kelly ken kenneth kerry kevin kim kyle larry laura lauren laurent lawrence leo leonard
leslie lewis linda lisa louis louise lucas lucy luis luke marc marco marcus margaret maria marie mario marion martha
martin mary matthew maurice max megan melissa michael michel michelle miguel mike mohamed mohammad mohammed molly
monica nancy naomi natalie natasha nathan neil nicholas nick nicolas nicole noah nora oliver olivia oscar pamela
patricia patrick paul paula pedro peter phil philip philippe phillip pierre rachel ralph raymond rebecca ricardo
richard rick rob robert roberta roberto robin rodney roger roland ron ronald rory roy russell ruth ryan sally sam
samantha samuel sandra sara sarah scott sean sergei sergio shane sharon sheila simon sophie stefan stephanie stephen
steve steven stuart susan suzanne sylvia tara ted teresa terry theresa thomas tiffany tim timothy tina todd tom
tommy tony tracy tyler ursula valerie vanessa vernon victor vincent vladimir walter warren wayne wendy whitney
willem william yves yvonne zoe denzel serena venus karim hassan omar youssef mahmoud mustafa
""")
FIRST_NAMES_ARABIC = _words(
    "محمد احمد علي حسن حسين محمود خالد عمر يوسف مصطفي ابراهيم سعد فهد سامي منيب طارق زياد هشام نبيل كمال"
)
# Small towns and common words: they count only where something else in the copy points to the same country.
CAUTIOUS = _words("""
nice reading bath mobile orange tours split van batman lens male mascara constantine ordu mila medea mus usak agri kars
rize bolu bar bor jos kara kaya bata beni lae boke labe pasto manta duran cauca trujillo rosario cuenca leon merida
hidalgo guerrero morelos tabasco durango sonora salta puno sucre tela colon ponce cali lima gap hull kent surrey queens
buffalo columbus reno augusta savannah orlando phoenix regina kerry cork limerick darwin perth kimberley broome
canterbury hamilton napier salem acre tyre salt petra adrar oran fars bam amol sari taba dahab siwa safi taza sale nador
bara tawila oriental mons pecs nis ruse varna narva turku metz nancy caen seine loire rhone gironde lorraine bercy
angers evian pula koper bled tete palma tanga moshi adama harar afar gofa bago kayah yala paro kandy galle puri goa
bihar surin flores padang palu riau java noto nara lyman engels tula osh mary fuji santos bahia rio para salvador loreto
callao piura beira minna owo ondo oyo dori tera diffa beja kef mahdia marj sabha ghat duma dura beita yatta lod
bethlehem tubas faw zubair balad kut soran amara nawa shahba minab jask baneh taji ariha brega surman fort tokat corum
sinop sivas siirt mardin kilis isparta aksaray bartin yalova manisa nashik dover dundee plymouth salisbury grenade
lourdes arles bari pisa siena modena granada toledo burgos burgas faro braga porto madaba jerash karak bamba mansa
ifrane settat azilal medenine wau renk yei nasir baguio sulu leyte harbin mina hail hue ganja fez mocha reunion jersey
rosetta roseau canton capitole valence genes saxe rey sadr swat sana samos tamale tema sodo singa seeb saladin ferguson
buchanan livingstone bondi laval dara logar devon contagem canoas cascavel poti rosette nil och jolo muan prato ise ube
oita gifu bria bumba chaman gulf levant shusha waitangi betim buea man formosa rodrigues esmeraldas marquises tarse soja
saveh rosso victoria georgetown kingston concordia essen cologne champagne
""") | frozenset(
    _phrases("""
san jose; santa fe; san pedro; the valley; santa cruz; san fernando; la paz; new brunswick; black river; white nile;
blue nile; green mountain; saint pierre; saint denis; san juan; el alto; los rios; river nile; central coast; north
shore; eastern province; northern borders; new valley; northern state; bella vista; long beach; santa maria; vila flor;
salah al din; salahaddin; salahuddin; unity state; western province; santa clara; central district; northern district;
southern district; northern governorate; southern governorate; western mountain; assemblee nationale; district nord;
district sud; district centre; etat du nord; in salah; north island; south island; santa catarina; san cristobal; le
port; le kef; el oued; al jawf; victoria falls
""")
)
FLAGS = _words("flag flags flagged pavillon علم")
# One spelling, several places: who has it when nothing else in the copy decides (first wins); "" drops it.
DEFAULTS = _owned("""
LY: tripoli, طرابلس, bayda; GE: georgia, georgie, جورجيا; CD: congo, congolese, congolais, congolaise, congolaises,
beni; DO: dominican, dominicans; IL: jerusalem; IN: hyderabad, حيدر اباد, kashmir, cachemire, كشمير; PK: punjab,
pendjab, البنجاب; ES: valencia, cordoba; GB: birmingham, newcastle, plymouth; IQ: kurdistan; US: guantanamo;
JM: kingston; EH: dakhla; OM: عمان; PS: القدس; -: hamilton, saint pierre, mer rouge, capital governorate; AU: victoria;
CR: san jose; LB: saida; DZ: adrar, ادرار; SY: القنيطره; SA: al jouf; YE: al bayda; FR: saint denis;
ZW: victoria falls; MM: birmanie; GD: grenade; GY: جورج تاون; TN: beja
""")
CONTEXT = {
    "georgia": {
        "US": _words("""
atlanta fulton savannah augusta macon kemp warnock ossoff senate republican republicans democrat democrats bulldogs
county sheriff alabama florida carolina tennessee texas raffensperger athens gop congressional
"""),
        "GE": _words("""
tbilisi batumi abkhazia ossetia kutaisi saakashvili georgian georgians kobakhidze zourabichvili kavelashvili moscow
russia caucasus armenia azerbaijan gori margvelashvili ivanishvili
"""),
    },
    "عمان": {
        "JO": _words("الاردن الاردني الاردنيه اردني اردنيه للاردن بالاردن والاردن الهاشمي الهاشميه"),
        "OM": _words("سلطنه السلطنه مسقط عماني العماني العمانيه صلاله السلطان هيثم"),
    },
}
CONTEXT["georgie"] = CONTEXT["georgia"]
# Prefixes of two-country adjectives: "Franco-Algerian", "Sino-Indian", « irano-saoudien ».
PREFIXES = _owned("""
FR: franco; CN: sino; RU: russo; GB: anglo, britannico; IN: indo; IL: israelo; US: americano; DE: germano;
TR: turco; IR: irano; SY: syro; LB: libano; MA: maroco; DZ: algero; JP: nippo; ES: hispano; IT: italo; GR: greco;
IQ: irako; SA: saoudo; EG: egypto; UA: ukraino; TN: tuniso; RS: serbo; PL: polono; AM: armeno; AZ: azero;
AT: austro
""")
