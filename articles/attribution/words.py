"""The words by which :mod:`articles.attribution` knows that somebody is cited in English, and who is a body."""

from articles.naming import word_set

SAYING = word_set(
    "expects said says told tells reported reports announced announces added adds confirmed confirms warned"
    " warns refused declined stated states noted notes stressed denied denies estimated estimates claimed"
    " claims expressed urged insisted acknowledged revealed disclosed explained predicted forecast recorded"
    " counted documented tallied issued posted wrote tweeted pledged vowed indicated underlined emphasised"
    " emphasized reiterated affirmed concluded found showed shows condemned called described responded replied"
    " commented declared argued recommended ruled suggested cautioned quoted cited alleged accused rejected"
    " dismissed welcomed promised pointed forecasts predicts calculated calculates admitted conceded complained"
    " asserted threatened demanded insists argues admits urges denounced apologised"
    " verified put puts reckons reckoned"
)
# Before a participle they make it passive: "the ministry was told" tells nothing.
PASSIVE = word_set("is are was were be been being")
PUTTING = word_set("put puts")  # these cite only with a figure: "put the cost at 3 million dollars"
# These may stand before who speaks: ", reported AFP".
INVERTED = word_set("said says reported reports added announced confirmed")
# These cite somebody only where the body opens its sentence: "the group declared in 2014" is mostly a relative clause.
WEAK = word_set(
    "declared called described found issued posted recorded welcomed accused rejected dismissed recommended"
)
REPORTING = word_set("released published issued compiled announced reported provided recorded given prepared carried")
CITING = word_set("citing quoting quoted cited quotes cites")
SKIPPED = word_set(
    "also later earlier then first has had have is was were are did does do not never could would will again"
    " still previously repeatedly separately only already immediately publicly officially formally further on"
    " monday tuesday wednesday thursday friday saturday sunday today yesterday n't"
)
STOPS = word_set(
    "that as while but when after before because since if whether who which where although though until unless"
    " than said says told added and or so"
)
LINKS = word_set("of for in at from with by on to and the a an its their his her")
DETERMINERS = word_set("whose the a an its their his her our this that these those another some")
PARTICIPLES = word_set("run affiliated linked known against backed based led controlled owned")
UNNAMED = word_set("source sources official officials officer commander leader analyst expert chief")
LOOSE = word_set("senior top another other same new second third one two several many some no any")

HEADS = word_set(
    "railway railways groups organisations organizations unions companies parties courts banks club clubs"
    " councils committees ministry office authority authorities agency organisation organization observatory"
    " monitor watchdog coalition alliance army military navy force forces police gendarmerie guard guards"
    " coastguard unit command commission committee council union federation association society syndicate court"
    " tribunal prosecution parliament senate government administration cabinet presidency embassy consulate"
    " delegation mission municipality department directorate bureau centre center institute university hospital"
    " clinic foundation charity fund bank company firm airline operator corporation group movement party"
    " faction brigade militia media television tv radio channel network station service services board panel"
    " secretariat assembly league ngo body chamber treasury regulator exchange defence defense crescent cross"
    " programme program initiative registry academy laboratory consortium cooperative museum ombudsman"
    " prosecutors prosecutor's prosecutors' governorate conference confederation utility archive broadcaster"
    " institution ministries agencies directorates congress legislature airport airports port ports jury judiciary"
    " palace school schools college zoo library diocese archdiocese refinery shipyard brewery mine manufacturer maker"
    " carmaker automaker planemaker drugmaker chipmaker retailer supplier producer insurer lender developer chain"
    " carrier refiner miner startup start-up orchestra regulators firefighters rescuers investigators paramedics"
    " organisers organizers coroner airlines firms charities insurers banks refiners carmakers retailers hospitals"
    " universities clinics gendarmes legation junta caliphate protectorate electorate papacy curia synod patriarchate"
    " bishopric constabulary sheriff's ambassade brigades lobby think-tank rebels militias caucus branch squad"
    " lighthouse brokerage borough parish commune monarchy treasurer's registrar museums publishers broadcasters"
)
# Heads only after one of these words: "the auction house", not every house.
PAIRED = {
    "house": word_set("auction publishing trading brokerage clearing opera fashion white"),
    "chapter": word_set("cathedral local national"),
    "clerk": word_set("county city town court parish municipal"),
    "master": word_set("harbor harbour port station"),
    "street": word_set("downing"),
    "body": word_set("trade governing sports electoral election regulatory supervisory umbrella industry world"),
    "store": word_set("department"),
    "line": word_set("shipping cruise ferry rail"),
    "lines": word_set("shipping cruise ferry"),
    "team": word_set("rescue research legal medical"),
    "officials": word_set("hospital airport port school court union company prison museum club railway fisheries"),
    "general": word_set("attorney solicitor auditor comptroller prosecutor"),
    "services": word_set("emergency rescue security intelligence ambulance"),
    "monitors": word_set("war rights election ceasefire"),
    "office": word_set("mayor's"),
    "grid": word_set("power national"),
    "fleet": word_set("pacific northern baltic"),
    "yard": word_set("ship naval"),
    "farm": word_set("wind solar"),
}
# Heads only with a capital, at the end of a name of several words: "the Polisario Front", "Emergency Lawyers".
NAME_ENDS = word_set(
    "front lawyers doctors physicians reporters journalists brotherhood airways motors holdings corp corp. inc inc."
    " ltd plc co ag gmbh sa nv llc partners securities analytics logistics shipping lines pharma pharmaceuticals"
    " electric systems technologies industries aerospace rail post petroleum energy steel oil watch international"
    " democrats republicans congress action rescue aid relief brigade brigades resistance alliance duma knesset"
    " bundestag parquet house street palace reserve state cable telecom renewables insurance foods stores scouts"
    " trust project survey index forum mosque church cathedral temple see curia summit bloc union league club"
)
# Firms known well enough to be no person's name.
KNOWN_FIRMS = word_set(
    "airbus boeing maersk toyota honda nissan volkswagen bmw renault stellantis tesla google microsoft apple amazon"
    " facebook meta openai nvidia intel samsung huawei xiaomi tiktok bytedance alibaba tencent gazprom rosneft lukoil"
    " novatek shell exxonmobil chevron totalenergies equinor petrobras pemex pdvsa sonatrach eni repsol adnoc"
    " qatarenergy aramco sabic glencore vale pfizer moderna astrazeneca novartis sanofi bayer roche biontech nestle"
    " unilever danone heineken carlsberg ikea spotify netflix uber lufthansa ryanair easyjet emirates etihad flydubai"
    " wizzair siemens thyssenkrupp ericsson nokia vodafone telefonica deutsche-bank unicredit hsbc barclays citigroup"
    " jpmorgan blackrock moody's fitch mastercard paypal fedex ups dhl cosco evergreen hapag-lloyd msc embraer"
    " rolls-royce safran leonardo thales rheinmetall raytheon spacex starlink roscosmos nasa opec+ eurostat europol"
    " interpol frontex unesco elysee knesset bundestag duma polisario hengaw netblocks acled crowdstrike greenpeace"
    " oxfam unitaid foxconn tsmc hyundai kia sony nintendo panasonic hitachi toshiba philips ahold tesco carrefour"
    " walmart ebay starbucks mcdonald's coca-cola pepsico disney centerparcs turkcell tupras enka zain etisalat stc"
)
# The article makes a name of these, but not a body: peoples, countries, titles, rivers.
NO_BODY = word_set(
    "netherlands philippines gambia bahamas maldives emirates seychelles hague vatican-city congo sudan balkans sahel"
    " caucasus gulf levant west east north south president prime minister king queen prince princess pope sultan emir"
    " sheikh imam patriarch archbishop bishop cardinal rabbi ayatollah reverend mayor governor senator congressman"
    " ambassador general colonel major captain sergeant judge justice lord lady duke earl count baron chancellor"
    " premier secretary speaker chairman director dutch french british swiss irish scottish welsh english spanish"
    " portuguese polish turkish chinese japanese vietnamese lebanese sudanese americans iranians israelis arabs kurds"
    " turks greeks serbs croats danes swedes finns poles czechs slovaks thais iraqis pakistanis saudis kuwaitis omanis"
    " yemenis qataris bengalis afghans uzbeks tajiks kazakhs jews muslims christians catholics quran koran bible torah"
    " leader lama mufti vice democrat republican laureate winner first lady champion patriarch brothers sisters twins"
    " internet senate's gospel times season day night"
)
NAMED = word_set(
    "hamas hezbollah taliban houthis houthi isis kremlin pentagon vatican centcom fatah idf un nato eu unrwa"
    " unicef unhcr who wfp ocha imf opec opec+ interpol europol frontex eurostat hashd pkk sdf ypg rsf ecowas"
    " asean u.n."
)
COUNTRIES = word_set("us uk uae usa u.s. u.k. drc dprk ksa tv pm ceo mp mps id u.a.e. gmt utc")
DOCUMENTS = word_set(
    "statement statements report reports survey study poll data figures document documents bulletin communique"
    " communiqué letter records tally estimate estimates note memo notice statistics numbers toll release post"
    " announcement summary assessment website footage polls studies analysis census forecasts"
)
# "figures from the police", "a survey by the bank": the body follows.
SPEAKING_DOCUMENTS = word_set(
    "statement report survey communique figures data statistics numbers study poll analysis estimates estimate bulletin"
    " records forecast forecasts census letter"
)
OFFICIALS = word_set("officials")
# One-word bodies whose officials are a body too: "Hospital officials".
PLACES_WITH_OFFICIALS = word_set(
    "hospital airport port school court union company prison museum club railway police army customs government"
    " military security intelligence municipality university electoral election embassy"
)
ROLES = word_set(
    "secretary-general vice-president under-secretary undersecretary director-general co-founder rapporteur"
    " spokesman spokeswoman spokesperson spokesmen spokespersons spokespeople official officials officer"
    " officers head director chief leader secretary representative ambassador envoy commander president"
    " chairman chairwoman chair manager coordinator commissioner economist analyst adviser advisor source"
    " sources member members correspondent researcher expert lawyer founder deputy prosecutor boss chairperson"
    " engineer governor executive"
)
OFFICES = word_set(
    "foreign interior health defence defense finance oil energy justice education environment transport"
    " culture information agriculture labour labor trade economy tourism housing water electricity planning"
    " irrigation industry communications telecommunications sports youth displaced"
)
NEWS = frozenset({"agency", "newspaper"})
GENERIC_NEWS = word_set("newspaper paper daily")
# Short forms that stand for a longer name earlier in the story.
STANDS_FOR = {
    "agency": word_set(
        "agency programme organization organisation unicef unhcr unrwa who wfp iaea ocha iom usgs authority fund office"
        " commissioner"
    ),
    "service": word_set("service department institute bureau office"),
    "department": word_set("department directorate"),
    "monitor": frozenset({"observatory", "network", "monitor", "watchdog"}),
    "watchdog": frozenset({"observatory", "agency", "monitor", "network", "commission", "authority"}),
    "military": frozenset({"army", "military", "forces"}),
    "army": frozenset({"military", "army"}),
    "group": frozenset(
        {
            "group",
            "observatory",
            "network",
            "organisation",
            "organization",
            "watch",
            "movement",
            "monitor",
            "hamas",
        }
    ),
    "organisation": frozenset({"organisation", "organization", "observatory", "watch"}),
    "organization": frozenset({"organisation", "organization", "observatory", "watch"}),
    "body": frozenset({"commission", "council", "committee", "agency", "organization", "organisation", "body"}),
    "bank": frozenset({"bank"}),
    "fund": frozenset({"fund"}),
}
TITLES = word_set(
    "gen dr mr mrs ms lt col maj brig capt sgt sen rep gov st prof rev"
)  # a full stop after them ends nothing
DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday today yesterday late early")
MONTHS = word_set("january february march april may june july august september october november december")
TRIGGERS = SAYING | CITING | HEADS | {"to", "by", "from"}
# Who is in or near a body does not speak for it.
BYSTANDERS = word_set(
    "passengers workers residents witnesses witness students patients fans visitors customers inmates prisoners"
    " protesters villagers neighbours neighbors relatives families parents pupils travellers travelers tourists drivers"
    " people men women employees man woman resident passenger worker eyewitnesses eyewitness survivors survivor"
    " shopkeepers locals bystanders mourners spectators commuters staff"
)
SOMEBODY = word_set(
    "nurse nurses clerk clerks veteran veterans attendant attendants aide aides intern interns pilot pilots recruit"
    " recruits pundit pundits coach coaches guest guests friend friends colleague colleagues native natives"
)
