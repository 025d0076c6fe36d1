"""Traps: phrases and persons that hold a place's name and mean none. Folded as ``index.key`` folds; no code here."""


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.replace("\n", " ").split(";") if phrase.strip())


# Fixed phrases, newspapers, agencies, treaties, seas and things named after places: none says where a story plays.
BLOCKED = _phrases("""
new york times; hollywood star; hollywood stars; hollywood actor; hollywood actress; hollywood film; hollywood films;
hollywood director; benin bronzes; benin bronze; america s cup; mena reported; mena said; mena news agency; new york
post; new york daily news; new yorker; washington post; washington times; washington examiner; los angeles times;
chicago tribune; boston globe; miami herald; philadelphia inquirer; china daily; china morning post; south china morning
post; times of india; hindustan times; india today; times of israel; jerusalem post; japan times; korea herald; korea
times; bangkok post; jakarta post; straits times; phnom penh post; moscow times; kyiv independent; kyiv post; irish
times; irish independent; london evening standard; sydney morning herald; jordan times; gulf news; gulf times; kuwait
times; khaleej times; arab news; arab weekly; egypt independent; daily news egypt; le journal du dimanche; agence france
presse; france presse; france inter; france info; franceinfo; france 24; france 2; france televisions; radio france
internationale; radio france; press trust of india; all india radio; russia today; voice of america; radio free europe;
radio free asia; radio free europe radio liberty; australian broadcasting corporation; iran international; australian
associated press; canadian press; canadian broadcasting corporation; british broadcasting corporation; british sky
broadcasting; american broadcasting company; china central television; china global television network; china news
service; saudi press agency; emirates news agency; qatar news agency; kuwait news agency; oman news agency; jordan news
agency; syrian arab news agency; korean central news agency; islamic republic news agency; iraqi news agency; bahrain
news agency; middle east news agency; middle east eye; middle east monitor; libyan news agency; yonhap news agency;
asharq al awsat; al quds al arabi; al sharq al awsat; america magazine; politico europe; foreign affairs; guinea pig;
guinea pigs; guinea fowl; panama hat; panama hats; panama papers; french fries; french fry; french horn; french horns;
french toast; french press; french window; french windows; french bulldog; french bulldogs; french bread; french polish;
french dressing; swiss army knife; swiss cheese; swiss chard; swiss roll; brussels sprout; brussels sprouts; turkish
delight; turkish bath; turkish baths; turkish coffee; danish pastry; danish pastries; dutch oven; dutch auction; greek
yogurt; greek yoghurt; greek salad; irish coffee; irish stew; irish setter; scotch whisky; spanish flu; german shepherd;
german shepherds; german measles; great dane; great danes; chinese new year; chinese checkers; chinese takeaway; indian
summer; american indian; american indians; american football; american express; canada goose; canada geese; russian
roulette; russian salad; mexican wave; mexican standoff; mexican stand off; brazil nut; brazil nuts; persian cat;
persian cats; persian carpet; persian carpets; persian rug; persian rugs; jordan almonds; air jordan; air jordans;
jordan brand; bermuda shorts; bermuda triangle; cuban cigar; cuban cigars; cuban heels; maltese falcon; jersey shore;
peking duck; peking opera; moscow mule; manila envelope; bombay sapphire; london broil; stockholm syndrome; havana
syndrome; jerusalem artichoke; jerusalem artichokes; java script; cayenne pepper; cologne water; eau de cologne;
champagne; cochon d inde; venetian blind; venetian blinds; china cabinet; bone china; fine china; china plate; china
plates; turkey trot; turkey vulture; turkey breast; turkey sandwich; wild turkey; roast turkey; thanksgiving turkey;
christmas turkey; paris agreement; paris accord; paris accords; paris climate agreement; paris climate accord; paris
club; accord de paris; geneva convention; geneva conventions; vienna convention; vienna philharmonic; rome statute; oslo
accords; oslo accord; kyoto protocol; montreal protocol; minsk agreements; minsk accords; dayton accords; dayton
agreement; astana process; lisbon treaty; maastricht treaty; helsinki accords; versailles treaty; treaty of versailles;
schengen area; camp david accords; washington consensus; copenhagen criteria; hague convention; budapest memorandum;
conventions de geneve; istanbul convention; beijing consensus; doha round; marshall plan; monroe doctrine; truman show;
bretton woods; vietnam war; korean war; cuban missile crisis; spanish civil war; boer war; crimean war; american civil
war; bay of bengal; sea of japan; south china sea; east china sea; gulf of mexico; gulf of guinea; gulf of aden; gulf of
oman; gulf of thailand; gulf of finland; gulf of california; gulf of aqaba; gulf stream; english channel; indian ocean;
norwegian sea; irish sea; philippine sea; arabian sea; arabian sea coast; mozambique channel; java sea; timor sea; red
sea; strait of gibraltar; straits of gibraltar; lake victoria; niger river; river niger; river jordan; jordan river;
congo river; congo basin; syrian desert; gulf war; first gulf war; golfe du mexique; golfe de guinee; golfe d aden;
golfe d oman; mer de chine; mer de chine meridionale; ocean indien; mer rouge; fleuve niger; fleuve congo; prince of
wales; princess of wales; duke of york; duke of edinburgh; duke of sussex; duchess of sussex; duke of cambridge; duchess
of cambridge; earl of wessex; new england; new england patriots; queen victoria; victoria s secret; victoria cross; miss
america; captain america; copa america; america first; miss france; miss universe; tour of britain; great britain news;
little italy; little havana; chinatown; german town; east turkestan islamic movement; american dream; american idol;
london stock exchange; london metal exchange; london school of economics; london underground map; new york stock
exchange; new york mercantile exchange; west texas intermediate; hong kong stock exchange; tokyo stock exchange;
shanghai composite; dubai crude; oxford university press; oxford economics; oxford dictionary; cambridge analytica;
cambridge university press; norwegian refugee council; danish refugee council; american civil liberties union; american
medical association; american psychological association; american red cross; german marshall fund; washington institute;
africa confidential; united states institute of peace; carnegie middle east center; american enterprise institute; bank
of america; swiss re; african union; arab league; league of arab states; organization of american states; organisation
of american states; african development bank; asian development bank; european space agency; european broadcasting
union; european court of justice; european court of human rights; ligue arabe; union africaine; africa cup of nations;
asian cup; asian games; european cup; american airlines; african american; african americans; latin quarter;
philadelphia cream cheese; us dollar; us dollars; us open; french open; australian open; american depositary; american
depositary receipts; us treasuries; us bonds; u s dollar; british council; irish whiskey; belgian waffle; belgian
waffles; vienna sausage; hamburg steak; bologna sausage; us weekly; mount st helens; mont saint helens; wellington boot;
wellington boots; chelsea boot; chelsea boots; oxford shoe; oxford shoes; oxford comma; parma ham; dijon mustard; manila
rope; cuban heel; lima bean; lima beans; damascus steel; bordeaux wine; bordeaux wines; labrador retriever; labrador
retrievers; chihuahua dog; rosetta stone; reading room; turkey dinner; turkey shoot; havana cigar; havana cigars;
tangier disease; berlin patient; london dry gin; newfoundland dog; newfoundland dogs; jersey cow; jersey cows; guernsey
cow; guernsey cows; jersey city devils; jersey number; hamburg grape; angora wool; angora goat; angora goats; bath bomb;
bath bombs; bermuda grass; bologna sandwich; madras curry; china shop; vienna boys choir; mexican hat; swat team; swat
teams; delft blue; java programming; kashmir shawl; essen und trinken; gouda cheese; siamese cat; siamese cats; siamese
twins; montreal screwjob; manhattan project; manhattan cocktail; القوه القاهره; ظروف قاهره; الظروف القاهره; قوه قاهره;
وزاره الداخليه; وزير الداخليه; صيف حار; نيويورك تايمز; واشنطن بوست; لوس انجليس تايمز; وول ستريت جورنال; تايمز اوف
اسرائيل; جيروزاليم بوست; معهد واشنطن; كوبا اميركا; كوبا امريكا; كوبا ليبرتادوريس; اوراق بنما; اتفاق باريس; اتفاق باريس
للمناخ; اتفاقيه جنيف; اتفاقيات جنيف; اتفاق اوسلو; الصحافه الفرنسيه; وكاله الصحافه الفرنسيه; فرانس برس; وكاله فرانس برس;
صلاه المغرب; اذان المغرب; القدس العربي; صحيفه الشرق الاوسط; لصحيفه الشرق الاوسط; لالشرق الاوسط; جريده الشرق الاوسط; مسقط
راس; مسقط راسه; مسقط راسها; مسقط راسهم; كاس الخليج; جامعه الدول العربيه; الجامعه العربيه; نهر الاردن; خليج عدن; خليج
عمان; بحر الصين; بحر الصين الجنوبي; المحيط الهندي; البحر الاحمر; وكاله الاناضول; الاناضول للانباء; وكاله انباء الاناضول;
قناه الميادين; تركي ال; تركي بن; تركي الفيصل; تركي المالكي; الدوري الانجليزي; الدوري الاسباني; الدوري الايطالي; الاتحاد
الافريقي; اللغه العربيه; البنك الافريقي; البنك الدولي; بورصه نيويورك; بورصه لندن; الاتحاد العربي; روسيا اليوم; فرانس 24;
سكاي نيوز عربيه
""")
# People whose last name is a place: the bare name later in the copy is the person too.
PEOPLE = _phrases("""
michael jordan; jordan henderson; jordan pickford; jordan peterson; vernon jordan; deandre jordan; jim jordan; paris
hilton; denzel washington; george washington; kerry washington; booker t washington; jack london; francois hollande;
tom holland; whitney houston; orlando bloom; chad smith; chad boseman; milan kundera; sofia coppola; joaquin phoenix;
john kerry; charles darwin; paris jackson; sydney sweeney; austin butler; georgia o keeffe; شياع السوداني; جورجيا
ميلوني; جورجا ميلوني; محمد شياع السوداني; جمال الدين الافغاني; cuba gooding; pam bondi; jon bon jovi; joe montana;
hannah montana; irving berlin; isaiah berlin; alexander hamilton; lewis hamilton; victoria beckham
""")
