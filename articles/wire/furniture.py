"""Lines that a web page puts round a story: "Updated …", "READ ALSO: …", bare links, share buttons.

A line is furniture by its whole shape, never by its first word: "Updated figures showed that …" is a paragraph.
"""

import re

_LONGEST = 300
_ENDS_SENTENCE = (".", "!", "?", "؟", "。", ".”", ".»", '."', "…”")

# Labels that stand alone, or before a colon and something short.
_ALONE = frozenset(
    line
    for line in """
related
related stories
related story
related articles
related article
related news
related topics
related content
related links
related coverage
related posts
related reading
topics
topic
tags
tag
keywords
trending
trending now
most read
most viewed
most popular
latest news
latest stories
more stories
more news
more on this
more on this story
more on this topic
more from this section
more
read more
read also
also read
read next
up next
see also
see more
show more
load more
view more
view gallery
view comments
view all
show comments
next story
previous story
next article
previous article
recommended
recommended for you
recommended stories
you may also like
you might also like
don't miss
don’t miss
must read
editor's picks
editors' picks
editor’s picks
in this story
in this article
on this page
short url
short link
permalink
follow
following
follow us
follow us on
follow this story
share
share this
share this article
share this story
share article
share on
share via
share on facebook
share on twitter
share on x
share on whatsapp
share on linkedin
share on telegram
share by email
shares
tweet
tweet this
retweet
like
print
print this
print article
print this article
email
email this
email this article
copy link
copy url
link copied
save
save article
save for later
bookmark
comment
comments
leave a comment
add a comment
post a comment
join the conversation
report an error
report a typo
advertisement
advertisements
advertising
ad
ads
sponsored
sponsored content
promoted
promoted content
paid content
partner content
ad feedback
advertisement - scroll to continue
advertisement - continue reading below
story continues below
story continues below advertisement
article continues below
article continues below advertisement
article continues after advertisement
continue reading
continue reading below
subscribe
subscribe now
subscribe today
subscribe here
subscribe for free
subscribe to newsletter
sign up
sign up now
sign up here
sign up for free
sign in
log in
login
register
register now
register for free
listen
listen now
listen to article
listen to this article
listen to the article
listen to this story
listen to story
play audio
play video
watch
watch now
watch video
watch the video
watch live
updated
published
last updated
loading
loading...
loading…
please wait
click here
tap here
tap to unmute
read the full story
read full story
read full article
read the full article
read in app
open in app
download the app
download our app
get the app
facebook
twitter
whatsapp
telegram
instagram
linkedin
youtube
pinterest
reddit
flipboard
newsletter
newsletters
daily newsletter
font size
text size
back to top
skip to content
skip to main content
all rights reserved
purchase licensing rights
reprints
whatsapp channel
google news
x
لا يوجد
مواضيع
المواضيع
مواضيع ذات صلة
موضوعات ذات صلة
مواضيع متعلقة
أخبار ذات صلة
اخبار ذات صلة
مقالات ذات صلة
قصص ذات صلة
الأكثر قراءة
اقرأ أيضا
إقرأ أيضا
أقرأ أيضا
اقرأ المزيد
إقرأ المزيد
المزيد
للمزيد
شاهد أيضا
شارك
شاركها
شارك المقال
شارك الخبر
مشاركة
طباعة
نسخ الرابط
رابط مختصر
الرابط المختصر
رابط قصير
تابعنا
تابعونا
تابعنا على
متابعة
إعلان
إعلانات
اعلان
استمع
استمع للمقال
استمع إلى المقال
استمع إلى الخبر
اشترك
اشترك الآن
اشترك في النشرة
التعليقات
تعليقات
أضف تعليقا
وسوم
الوسوم
كلمات دالة
lire aussi
à lire aussi
lire la suite
lire plus
partager
publicité
s'abonner
s’abonner
à lire également
sur le même sujet
commentaires
lea también
leer más
compartir
publicidad
suscríbete
noticias relacionadas
mehr zum thema
lesen sie auch
weiterlesen
anzeige
teilen
werbung
читайте также
реклама
поделиться
ayrıca okuyun
ilgili haberler
paylaş
devamını oku
reklam
همچنین بخوانید
بیشتر بخوانید
اشتراک‌گذاری
""".split("\n")
    if line
)
# Whatever follows their colon was a link to another story.
_LINK_LABELS = frozenset(
    """read also|also read|read more|see also|read next|more on this|more on this story|related story|related stories|
    related articles|related article|related news|related links|watch also|also watch|see more|don't miss|don’t miss|
    you may also like|you might also like|recommended|must read|for more|up next|next|more|full story|read the full story|
    short url|short link|permalink|link|url|اقرأ أيضا|إقرأ أيضا|أقرأ أيضا|اقرا أيضا|اقرأ المزيد|للمزيد|المزيد|شاهد أيضا|
    رابط مختصر|الرابط المختصر|الرابط|lire aussi|à lire aussi|à lire également|lire plus|lea también|leer más|lesen sie auch|
    mehr zum thema|читайте также|ayrıca okuyun|همچنین بخوانید|بیشتر بخوانید""".replace("\n", "").replace("    ", "").split("|")
)
# What follows their colon is a list or a label, never a sentence.
_LIST_LABELS = frozenset(
    """related|related topics|topics|topic|tags|tag|keywords|key words|in this story|share|share this|share via|share on|follow|
    follow us|follow us on|listen|watch|video|gallery|photo gallery|in pictures|filed under|categories|category|section|
    sponsored|advertisement|subscribe|newsletter|comments|views|shares|المواضيع|مواضيع|وسوم|الوسوم|كلمات دالة|مواضيع ذات صلة|
    أخبار ذات صلة|شارك|تابعنا على|تابعونا على|mots-clés|etiquetas|schlagwörter|теги|etiketler""".replace("\n", "").replace("    ", "").split("|")
)
_STAMP_LABELS = frozenset(
    """updated|last updated|published|first published|posted|modified|last modified|publication date|date|updated on|published on|
    last update|update|posted on|updated at|published at|date published|date updated|created|آخر تحديث|تم التحديث|اخر تحديث|
    نشر|نشر في|تاريخ النشر|تم النشر|حدث|publié|publié le|mis à jour|mis à jour le|publicado|actualizado|veröffentlicht|
    aktualisiert|stand|опубликовано|обновлено|yayınlanma|güncelleme""".replace("\n", "").replace("    ", "").split("|")
)
# Opens a list of other stories' headlines, or of tags, that runs to the end of the copy.
_LIST_OPENERS = frozenset(
    """related|related stories|related story|related articles|related news|related topics|related content|related links|
    related coverage|related posts|topics|tags|keywords|more stories|more news|most read|most viewed|most popular|read also|
    also read|read more|read next|see also|more on this|more on this story|more on this topic|more from this section|recommended|
    recommended for you|recommended stories|you may also like|you might also like|trending|trending now|latest news|
    latest stories|up next|مواضيع|المواضيع|مواضيع ذات صلة|موضوعات ذات صلة|أخبار ذات صلة|مقالات ذات صلة|الأكثر قراءة|اقرأ أيضا|
    إقرأ أيضا|اقرأ المزيد|المزيد|lire aussi|à lire aussi|sur le même sujet|lea también|noticias relacionadas|mehr zum thema|
    lesen sie auch|читайте также|ilgili haberler""".replace("\n", "").replace("    ", "").split("|")
)
_DATE_WORDS = frozenset(
    """on at the of in gmt utc est edt pst pdt cet cest bst ist am pm a.m p.m ago just now today yesterday hour hours hr hrs h
    minute minutes min mins second seconds sec day days week weeks month months year years last first a an about and
    by local time jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october
    nov november dec december mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun
    sunday updated published modified posted edited le à il y heures heure minutes janvier février mars avril mai juin juillet août
    septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche el enero febrero marzo abril
    mayo junio julio agosto septiembre octubre noviembre diciembre am um uhr januar februar märz juni juli oktober dezember
    م هـ ه ص الساعة بتوقيت غرينتش منذ قبل يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر
    ديسمبر كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين الأول الثاني السبت الأحد الاحد الاثنين الإثنين الثلاثاء
    الأربعاء الاربعاء الخميس الجمعة يوم دقيقة دقائق ساعة ساعات يومين أيام أسبوع محرم صفر صفَر ربيع الأولى الآخر الآخرة جمادى رجب شعبان
    رمضان شوال ذو القعدة الحجة الموافق تحديث آخر في""".split()  # noqa: SIM905
)
_MONTHS_AND_DAYS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)|يناير|فبراير|مارس|أبريل|مايو|يوني|يولي|"
    r"أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|ago\b|today|yesterday|منذ|janv|févr|avril|juin|juil|août|déc|ene|abr",
    re.IGNORECASE,
)
_STAMP_SPLIT = re.compile(r"[\s,،|()\[\]/:;–—\-·•ـ]+")
_NUMBER = re.compile(r"\d[\d.]*(?:st|nd|rd|th|am|pm|a\.m|p\.m|h|z|er)?\.?", re.IGNORECASE)
_URL = re.compile(
    r"(?:\w[\w ]{0,20}:\s*)?<?(?:(?:https?|ftp)://|www\.|pic\.(?:twitter|x)\.com/|t\.co/|bit\.ly/|youtu\.be/|(?:[\w-]{2,63}\.){1,4}(?:com|org|net|info|me|ly|sa|ae|eg|uk|eu|tv|news|page)/)[^\s<>]*>?[.)]?"
    r"(?:\s+https?://\S+)*",
    re.IGNORECASE,
)
_LINK_TEXT = re.compile(
    r"(?:short (?:url|link)|link|url|source|via|رابط مختصر|الرابط المختصر|الرابط|رابط)\s*[:：]?\s*(?:https?://|www\.)\S+", re.IGNORECASE
)
_SHAPES = re.compile(
    r"""(?:
      (?:reading\ time|read\ time|time\ to\ read|estimated\ reading\ time|temps\ de\ lecture|lesezeit|tiempo\ de\ lectura|مدة\ القراءة|وقت\ القراءة)\s*[:：–-]?\s*.{0,20}
    | [≈~<]?\s*\d{1,3}\s*-?\s*min(?:ute)?s?\.?\s*(?:read|listen|watch|de\ lecture|lesezeit|de\ lectura)(?:ing)?(?:\ time)?
    | \d{1,3}\s*min
    | (?:دقيقة|دقيقتان|دقيقتين)\s*(?:للقراءة|قراءة)? | \d{1,3}\s*(?:دقائق|دقيقة)\s*(?:للقراءة|قراءة)
    | sign\ (?:up|in)\ (?:to|for|with|and)\ .{0,120}\b(?:read|newsletters?|story|article|alerts?|account|inbox|access|continue|updates|free|briefing|our|email|e-mail|unlimited|comment)\b.{0,60}
    | (?:log\ ?in|register|create\ (?:an|a\ free)\ account|subscribe)\ (?:to|for|or|with|here|now|and|on)\b.{0,60}\b(?:read|newsletters?|story|article|alerts?|account|inbox|access|continue|updates|free|channel|our|comment|youtube|telegram|whatsapp)\b.{0,60}
    | (?:already|not\ yet)\ (?:a|an|have\ an?)\ (?:subscriber|member|registered|account).{0,60}
    | follow\ us\b.{0,120}
    | follow\ @\w.{0,80}
    | follow\ .{1,60}\ on\ (?:twitter|x|facebook|instagram|google\ news|telegram|whatsapp|youtube|linkedin|tiktok|threads|social\ media)\b.{0,60}
    | (?:join|like)\ us\ on\ .{1,60}
    | share\ (?:this|the|on|via|with|by|it|to)\b.{0,40}
    | (?:copyright\ (?=[©\d(])|©|\(c\)\ ).{0,120}
    | .{0,60}\ball\ rights\ reserved\b.{0,30}
    | (?:published|posted|updated)\ (?:in|by|from)\ .{0,50}\b\d{4}
    | our\ standards:\ .{0,80}
    | (?:advertisement|sponsored|ad)\s*[-–—:|]\s*.{0,60}
    | (?:story|article)\ continues\ (?:below|after).{0,40}
    | (?:click|tap)\ (?:here|to)\b.{0,60}
    | (?:listen|play|hear)\ (?:to\ )?(?:this|the)?\ ?(?:article|story|audio|podcast)\b.{0,40}
    | (?:this|the)\ (?:article|story)\ (?:is\ )?(?:available|read)\ (?:in|by)\ .{0,40}
    | \d[\d.,]*\s*[km]?\s*(?:comments?|shares?|views?|likes?|retweets?|reads?|تعليقات?|مشاهدات?|مشاركات?)
    | [aA]\+?\s*[aA]?-?\s*[aA]?[+-] | [aA]\ [aA](?:\ [aA])? | T[+-]\ ?T[+-]
    | (?:purchase|acquire)\ licensing\ rights.{0,30}
    | (?:get|download)\ (?:our|the)\ .{0,30}\bapp\b.{0,60}
    | (?:thank\ you\ for|thanks\ for)\ (?:reading|subscribing).{0,60}
    | (?:by\ signing\ up|by\ subscribing|by\ clicking).{0,200}
    | (?:تابعنا|تابعونا|تابع|اشترك)\ (?:على|عبر|في|آخر|قناة|قناتنا).{0,80}
    | (?:شارك|انشر)\ (?:على|عبر|هذا|الخبر|المقال).{0,40}
    | (?:suivez|síguenos|siga|folgen|bizi|подписывайтесь).{0,60}
    )""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_READ_MORE = re.compile(r"(?:READ (?:MORE|ALSO|NEXT)|ALSO READ|SEE ALSO|(?i:read more|also read|read also|see also) (?:about|on|from|at|here|stories))\b.{0,140}")
_ARABIC_MARKS = re.compile("[\u064b-\u0652]")
_COLON = re.compile(r"\s*(?:[:：|»>]|[-–—]+\s)\s*")
_WORD = re.compile(r"\w")


def _bare(words: str) -> str:
    return _ARABIC_MARKS.sub("", words.casefold()).strip(" .:：-–—|»›>…▶►•*")


# Longer lines are furniture only if they begin with one of these, or hold a link: most paragraphs are told by a look.
_OPENINGS = frozenset(
    [label.split()[0] for label in (*_LINK_LABELS, *_LIST_LABELS, *_STAMP_LABELS)]
    + """advertisement already article by click copyright create download ad get hear join listen log login not our play purchase
    acquire reading read register share sign sponsored story subscribe tap thank thanks the this time estimated temps follow like
    suivez síguenos siga folgen bizi подписывайтесь تابعنا تابعونا تابع اشترك شارك انشر مدة وقت""".split()
)
_SHORT = 60
_FIRST_WORD = re.compile(r"[^\s:.,،|]*")


def is_furniture(line: str) -> bool:
    """Whether the whole line is the page's, not the story's."""
    if len(line) > _LONGEST:
        return False
    if len(line) > _SHORT and line[0].isalpha() and _FIRST_WORD.match(line)[0].casefold() not in _OPENINGS:
        if not (" " not in line or "://" in line or "rights reserved" in line or _ARABIC_MARKS.search(line, 0, 12)):
            return False
    if not _WORD.search(line):
        return True  # "***", "———"
    bare = _bare(line)
    if bare in _ALONE or is_stamp(line):
        return True
    if "/" in line and (_URL.fullmatch(line) or _LINK_TEXT.fullmatch(line)):
        return True
    label, after = _labelled(line)
    if label in _LINK_LABELS:
        return True
    sentence = line.endswith(_ENDS_SENTENCE)
    if label in _LIST_LABELS and not sentence and len(line) <= 160:
        return True
    if label in _STAMP_LABELS and not sentence and len(after) <= 80 and any(char.isdigit() for char in after):
        return True
    if _SHAPES.fullmatch(line) and (not sentence or len(line.split()) <= 22):
        return True
    return not sentence and _READ_MORE.fullmatch(line) is not None


def _labelled(line: str) -> tuple[str, str]:
    """A line's label and what follows its colon (bar, arrow, spaced dash), ("", "") if it has none near its start."""
    colon = _COLON.search(line, 0, 40)
    return (_bare(line[: colon.start()]), line[colon.end() :]) if colon else ("", "")


def is_stamp(line: str) -> bool:
    """Whether the line is nothing but when a page was published or updated."""
    if len(line) > 120:
        return False
    words = [word for word in _STAMP_SPLIT.split(_ARABIC_MARKS.sub("", line.casefold()).rstrip(".…")) if word]
    label = words and words[0] in {"updated", "published", "last", "first", "posted", "modified", "نشر", "آخر", "تحديث", "publié", "mis"}
    if not label and not (_MONTHS_AND_DAYS.search(line) and any(char.isdigit() for char in line)):
        return False
    if not all(_NUMBER.fullmatch(word) or word.strip(".") in _DATE_WORDS or word == "jour" for word in words):
        return False
    return bool(label) or sum(bool(_NUMBER.fullmatch(word)) for word in words) >= 2


def is_bare_date(line: str) -> bool:
    """Whether the line is a date without a word such as "Updated": dropped above a story, a crosshead inside it."""
    return is_stamp(line) and not re.match(r"(?:last |first )?(?:updated|published|posted|modified)|نش|آخر|تح|publi|mis", _bare(line))


def opens_list(line: str) -> bool:
    """Whether headlines of other stories, or tags, follow this line."""
    return len(line) <= 60 and _bare(line) in _LIST_OPENERS


def announces_link(line: str) -> bool:
    """Whether the next line is the link that this one announces: "READ ALSO:" with nothing after it."""
    return len(line) <= 40 and line.endswith((":", "：")) and _bare(line) in _LINK_LABELS


def reads_as_title(line: str) -> bool:
    """Whether the line could be another story's headline or a tag: short and no sentence."""
    return len(line) <= 200 and not line.endswith((*_ENDS_SENTENCE[:1], *_ENDS_SENTENCE[5:], ":", ",", "،"))
