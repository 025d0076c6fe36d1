"""The words of page furniture, in the languages that our copy comes in; how they are used stands in ``furniture``."""


def _phrases(words: str) -> frozenset[str]:
    return frozenset(phrase for phrase in (" ".join(part.split()) for part in words.split("|")) if phrase)


# Lines of these words alone.
ALONE = _phrases(
    """
    share | related | related stories | related story | related article | related articles | related news |
    related topics | topic | topics | related content | related links | related coverage | related posts |
    related reading | ad | tag | tags | keywords | trending | trending now | most read | most viewed | most popular
    | latest news | latest stories | more | more stories | more news | more on this | more on this story |
    more on this topic | more from this section | read more | read also | also read | read next | x | up next |
    see also | see more | show more | load more | view more | view gallery | view comments | comment | comments |
    view all | show comments | next story | previous story | next article | previous article | recommended |
    recommended for you | recommended stories | you may also like | like | you might also like | don't miss |
    don’t miss | must read | editor's picks | editors' picks | editor’s picks | in this story | in this article |
    on this page | short url | short link | permalink | follow | following | follow us | follow us on |
    follow this story | share this | share this article | share this story | share article | share on | share via |
    share on facebook | facebook | share on twitter | twitter | share on x | share on whatsapp | whatsapp |
    share on linkedin | linkedin | share on telegram | telegram | share by email | email | shares | tweet |
    tweet this | retweet | print | print this | print article | print this article | email this | email this article
    | copy link | copy url | link copied | save | save article | save for later | bookmark | leave a comment |
    add a comment | post a comment | join the conversation | report an error | report a typo | advertisement |
    advertisements | advertising | ads | sponsored | sponsored content | promoted | promoted content | paid content
    | partner content | ad feedback | advertisement - scroll to continue | advertisement - continue reading below |
    continue reading | continue reading below | story continues below | story continues below advertisement |
    article continues below | article continues below advertisement | article continues after advertisement |
    subscribe | subscribe now | subscribe today | subscribe here | subscribe for free | subscribe to newsletter |
    newsletter | sign up | sign up now | sign up here | sign up for free | sign in | log in | login | register |
    register now | register for free | listen | listen now | listen to article | listen to this article |
    listen to the article | listen to this story | listen to story | play audio | play video | watch | watch now |
    watch video | watch the video | watch live | updated | published | last updated | loading | loading... |
    loading… | please wait | click here | tap here | tap to unmute | read the full story | read full story |
    read full article | read the full article | read in app | open in app | download the app | download our app |
    get the app | instagram | youtube | pinterest | reddit | flipboard | newsletters | daily newsletter | font size
    | text size | back to top | skip to content | skip to main content | all rights reserved |
    purchase licensing rights | reprints | whatsapp channel | google news | لا يوجد | مواضيع | المواضيع |
    مواضيع ذات صلة | موضوعات ذات صلة | مواضيع متعلقة | أخبار ذات صلة | اخبار ذات صلة | مقالات ذات صلة | قصص ذات صلة
    | الأكثر قراءة | اقرأ أيضا | إقرأ أيضا | أقرأ أيضا | اقرأ المزيد | المزيد | إقرأ المزيد | للمزيد | شاهد أيضا |
    شارك | شاركها | شارك المقال | شارك الخبر | مشاركة | طباعة | نسخ الرابط | رابط مختصر | الرابط المختصر | رابط قصير
    | تابعنا | تابعونا | تابعنا على | متابعة | إعلان | إعلانات | اعلان | استمع | استمع للمقال | استمع إلى المقال |
    استمع إلى الخبر | اشترك | اشترك الآن | اشترك في النشرة | التعليقات | تعليقات | أضف تعليقا | وسوم | الوسوم |
    كلمات دالة | lire aussi | à lire aussi | lire la suite | lire plus | partager | publicité | s'abonner |
    s’abonner | à lire également | sur le même sujet | commentaires | lea también | leer más | compartir |
    publicidad | suscríbete | noticias relacionadas | mehr zum thema | lesen sie auch | weiterlesen | anzeige |
    teilen | werbung | читайте также | реклама | поделиться | ayrıca okuyun | ilgili haberler | paylaş |
    devamını oku | reklam | همچنین بخوانید | بیشتر بخوانید | اشتراک‌گذاری
    """
)
# Whatever follows their colon was a link to another story.
LINK_LABELS = _phrases(
    """
    link | related stories | related story | related article | related articles | related news | related links |
    more | more on this | more on this story | read more | read also | also read | read next | next | up next |
    see also | see more | recommended | you may also like | you might also like | don't miss | don’t miss |
    must read | short url | url | short link | permalink | read the full story | full story | اقرأ أيضا | إقرأ أيضا
    | أقرأ أيضا | اقرأ المزيد | المزيد | للمزيد | شاهد أيضا | الرابط | رابط مختصر | الرابط المختصر | lire aussi |
    à lire aussi | lire plus | à lire également | lea también | leer más | mehr zum thema | lesen sie auch |
    читайте также | ayrıca okuyun | همچنین بخوانید | بیشتر بخوانید | watch also | also watch | for more | اقرا أيضا
    """
)
# Those of them that announce one other story, with or without a colon.
ALSO_LABELS = _phrases(
    """
    read also | also read | see also | watch also | also watch | اقرأ أيضا | إقرأ أيضا | أقرأ أيضا | اقرا أيضا |
    شاهد أيضا | lire aussi | à lire aussi | lea también | lesen sie auch | читайте также
    """
)
# What follows their colon is a list or a label, never a sentence.
LIST_LABELS = _phrases(
    """
    share | related | related topics | topic | topics | tag | tags | keywords | section | gallery | comments |
    in this story | follow | follow us | follow us on | share this | share on | share via | shares | advertisement |
    sponsored | subscribe | newsletter | listen | video | watch | مواضيع | المواضيع | مواضيع ذات صلة | أخبار ذات صلة
    | شارك | تابعنا على | وسوم | الوسوم | كلمات دالة | key words | photo gallery | in pictures | filed under |
    categories | category | views | تابعونا على | mots-clés | etiquetas | schlagwörter | теги | etiketler
    """
)
# What follows their colon is a date.
STAMP_LABELS = _phrases(
    """
    date | stand | update | updated | published | last update | last updated | نشر | first published | posted |
    modified | last modified | publication date | updated on | published on | posted on | updated at | published at
    | date published | date updated | created | آخر تحديث | تم التحديث | اخر تحديث | نشر في | تاريخ النشر | تم النشر
    | حدث | publié | publié le | mis à jour | mis à jour le | publicado | actualizado | veröffentlicht |
    aktualisiert | опубликовано | обновлено | yayınlanma | güncelleme
    """
)
# Lines that open a list of other stories' headlines, or of tags.
LIST_OPENERS = _phrases(
    """
    related | related stories | related story | related articles | related news | related topics | topics |
    related content | related links | related coverage | related posts | tags | keywords | trending | trending now |
    most read | most viewed | most popular | latest news | latest stories | more stories | more news | more on this
    | more on this story | more on this topic | more from this section | read more | read also | also read |
    read next | up next | see also | recommended | recommended for you | recommended stories | you may also like |
    you might also like | مواضيع | المواضيع | مواضيع ذات صلة | موضوعات ذات صلة | أخبار ذات صلة | مقالات ذات صلة |
    الأكثر قراءة | اقرأ أيضا | إقرأ أيضا | اقرأ المزيد | المزيد | lire aussi | à lire aussi | sur le même sujet |
    lea también | noticias relacionadas | mehr zum thema | lesen sie auch | читайте также | ilgili haberler
    """
)
# What the lines that say when a page was published are made of, beside numbers.
DATE_WORDS = _phrases(
    """
    in | h | a | at | y | on | by | le | first | wed | el | an | and | now | est | sec | may | am | mai | il | mar |
    the | sat | today | day | ist | updated | published | last | م | ص | ه | في | à | hr | um | posted | modified |
    آخر | تحديث | of | gmt | utc | edt | pst | pdt | cet | cest | bst | pm | a.m | p.m | ago | just | yesterday |
    hour | hours | hrs | min | minute | minutes | mins | second | seconds | days | week | weeks | mon | month |
    months | year | years | about | local | time | jan | januar | january | feb | februar | february | march | apr |
    april | jun | june | jul | july | aug | august | sep | sept | september | oct | october | nov | november | dec |
    december | monday | tue | tues | tuesday | weds | wednesday | thu | thur | thurs | thursday | fri | friday |
    saturday | sun | sunday | edited | heure | heures | janvier | février | mars | avril | juin | juillet | août |
    septembre | octobre | novembre | décembre | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche |
    enero | febrero | marzo | abril | mayo | juni | junio | juli | julio | agosto | septiembre | octubre | noviembre
    | diciembre | uhr | märz | oktober | dezember | هـ | الساعة | ساعة | بتوقيت | غرينتش | منذ | قبل | يناير |
    فبراير | مارس | أبريل | ابريل | مايو | يونيو | يوليو | أغسطس | اغسطس | سبتمبر | أكتوبر | اكتوبر | نوفمبر |
    ديسمبر | كانون | شباط | آذار | نيسان | أيار | حزيران | تموز | آب | أيلول | تشرين | الأول | الثاني | السبت |
    الأحد | الاحد | الاثنين | الإثنين | الثلاثاء | الأربعاء | الاربعاء | الخميس | الجمعة | يوم | دقيقة | دقائق |
    ساعات | يومين | أيام | أسبوع | محرم | صفر | صفَر | ربيع | الأولى | الآخر | الآخرة | جمادى | رجب | شعبان | رمضان
    | شوال | ذو | القعدة | الحجة | الموافق
    """
)
