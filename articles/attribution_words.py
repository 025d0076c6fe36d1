"""The words by which :mod:`articles.attribution` knows that somebody is cited in English, and who is a body."""

from articles.naming import word_set

SAYING = word_set(
    "expects said says told tells reported reports announced announces added adds confirmed confirms warned"
    " warns refused declined stated states noted notes stressed denied denies estimated estimates claimed"
    " claims expressed urged insisted acknowledged revealed disclosed explained predicted forecast recorded"
    " counted documented tallied issued posted wrote tweeted pledged vowed indicated underlined emphasised"
    " emphasized reiterated affirmed concluded found showed shows condemned called described responded replied"
    " commented declared argued recommended ruled suggested cautioned quoted cited alleged accused rejected"
    " dismissed welcomed promised pointed"
)
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
    " institution ministries agencies directorates congress legislature"
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
    " announcement summary assessment website footage"
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
