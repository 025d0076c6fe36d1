"""A desk in the middle of a day, with something of everything on it: for the tests that look at screens.

Some of it is in Arabic, some is as long as may be, some is hostile.
"""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from articles import (
    aside,
    assigning,
    audit,
    bulk,
    front,
    keeping,
    notes,
    outlets,
    photos,
    releasing,
    sharing,
    workflow,
    writing,
)
from articles.models import (
    ConfidentialSource,
    Delivery,
    DeskMember,
    Event,
    FeedPoint,
    FixedPage,
    Notice,
    OutletCheck,
    SavedView,
    Subscriber,
    WireBatch,
    WireBytes,
    WireRecord,
    WireRule,
)

from .arriving import arrive, item
from .desk import load_groups, make_staff, url
from .factories import (
    approve,
    fresh,
    make_article,
    make_author,
    make_desk,
    make_photo,
    make_region,
    make_released,
    make_source,
    make_topic,
)

LONG = "Negotiators from eleven governments and the Intergovernmental Hydrological Observatory agree on daily readings"
ARABIC = "المرفأ يفتح أبوابه بعد عام من أعمال الإصلاح"
# Each says so to the test, if anything makes an element of it.
ATTACK = '"><img src=x onerror="complain(1)"><script>complain(2)</script>'
BODY = (
    "<p>The harbour opened on Monday, the port authority said.</p><h2>A year of repairs</h2>"
    "<p>“The quay was closed for the whole of the winter and nobody knew,” said <em>one</em> of them.</p>"
    "<ul><li>Twelve boats came in.</li><li>None was damaged.</li></ul>"
)


class FilledDesk:
    """Everything, made at once. ``ids`` name it for ``test_permissions.where``; ``reader`` may see all of it."""

    def __init__(self):
        self.now = timezone.now()
        self.desk = make_desk("world", name="World")
        self.reader = make_staff("Publisher", username="petra", first_name="Petra", last_name="Nasr", desks=[self.desk])
        self.reader.groups.set(load_groups().values())
        nobodys = ("delete_confidentialsource", "delete_group")  # no group of ours has these
        self.reader.user_permissions.set(Permission.objects.filter(codename__in=nobodys))
        self.editor = make_staff("Desk editor", username="dina", first_name="Dina", desks=[self.desk])
        self.reporter = make_staff("Reporter", username="rana", first_name="Rana", desks=[self.desk])
        DeskMember.objects.filter(user__in=[self.reader, self.editor]).update(role="lead")
        self.ids: dict = {}
        self._reference()
        self._pictures()
        self._stories()
        self._beside_a_story()
        self._lists()
        self._wire()
        self._front()

    def _reference(self):
        self.asia = make_region("142", name="Asia", kind="continent", name_ar="آسيا")
        self.region = make_region("LB", name="Lebanon", name_ar="لبنان", parent=self.asia)
        self.topic, self.source = make_topic("Harbours"), make_source()
        self.author = make_author("Lina Haddad", slug="lina")
        secret = ConfidentialSource.objects.create(described_as="an official", identity="Omar Secret")
        self.ids |= {"region": self.region.pk, "topic": self.topic.pk, "source": self.source.pk}
        self.ids |= {"author": self.author.pk, "desk": self.desk.pk, "confidentialsource": secret.pk}
        self.ids |= {"user": self.reporter.pk, "group": load_groups()["Reporter"].pk}
        make_topic(LONG[:60])
        make_source(LONG[:100])

    def _pictures(self):
        self.photo = make_photo(credit="AFP", photographer="Lina Daou", usable_until=self.now + timedelta(days=1))
        self.plain = make_photo(renditions=False, caption=LONG, alt_text="", credit=ARABIC)
        until = self.now + timedelta(days=3)
        kept = {"people": ["Lina Haddad"], "keep_x": 0.2, "keep_y": 0.2, "keep_w": 0.4, "keep_h": 0.4}
        photos.change(
            self.photo, {"caption": "Boats in the harbour at noon.", "usable_until": until, **kept}, None, seen=1
        )
        self.photo.refresh_from_db()
        photos.make_renditions(self.photo)
        self.ids |= {"photo": self.photo.pk, "photo_id": self.photo.public_id}

    def _story(self, **kw):
        about = {"desk": self.desk, "by": self.reporter, "regions": [self.region, self.asia], "topics": [self.topic]}
        return make_article(**{**about, "body": BODY, "standfirst": "Boats came in on Monday.", **kw})

    def _stories(self):
        captions = [{"photo": self.photo.public_id, "is_lead": True}, {"caption": ATTACK, "credit": "AFP"}]
        article = self.article = self._story(
            headline=f"{ATTACK} {LONG}"[:200],
            slugline="HARBOUR",
            dateline="Beirut",
            breaking=True,
            urgency=1,
            captions=captions,
            citations=[{"source": self.source.code, "use": "quote"}, {"as_printed": ATTACK[:150]}],
            bylines=[{"author": self.author.code, "text": ""}, {"author": None, "text": LONG[:80]}],
        )
        self.arabic = self._story(headline=ARABIC, language="ar", body="<p>فتح المرفأ يوم الاثنين.</p><p>عاد.</p>")
        self.likely = self._story(
            headline="Boats wait", captions=[{"caption": "Boats in the harbour at noon, waiting."}]
        ).captions.get()
        self.draft = self._story(headline="Nothing is here yet", body="", standfirst="", regions=[], topics=[])
        self.spiked = self._moved("spiked", "It is old.", headline="Spiked")
        self.editing = self._moved("editing", headline=LONG, embargo_until=self.now + timedelta(hours=3))
        approve(self._story(headline="Approved", captions=captions), editor=self.editor)
        told = {"publisher": self.reader, "desk": self.desk, "regions": [self.region], "topics": [self.topic]}
        self.live = make_released(headline=LONG, body=BODY, captions=captions[:1], **told)
        self.live.headline = "Harbour opens again"
        self.live.save()
        writing.record(self.live, self.reporter, reason="A better headline")
        self.live = approve(self.live, editor=self.editor)
        releasing.release(self.live, self.reader, seen=self.live.version, correction="On Monday, not on Sunday.")
        self.live = fresh(self.live)
        releasing.expire(self.live, self.reader, seen=self.live.version, at=self.now + timedelta(days=2))
        self.coming = make_released(headline="Coming", at=self.now + timedelta(hours=2), **told)
        self.gone = make_released(headline="Wrong", **told)
        releasing.retract(self.gone, self.reader, seen=self.gone.version, note="It was wrong.")
        self.ids |= {"article": article.pk, "caption": article.captions.get(photo=None).pk}

    def _moved(self, target, reason="", **kw):
        article = self._story(**kw)
        for status in ("submitted", target):
            article = workflow.move(article, status, self.editor, seen=article.version, reason=reason)
        return article

    def _beside_a_story(self):
        """A second and a third revision, one not merged, a draft, company, notes, work, previews, outlets."""
        article = self.article
        first = article.revisions.get()
        article.standfirst, article.body = "Boats came in on Tuesday.", BODY.replace("Twelve", "Thirteen")
        article.save()
        writing.record(article, self.editor, reason="Counted again")
        refused = {**first.content, "standfirst": "Nobody came.", "body": BODY.replace("Twelve", "Ten")}
        newest = article.revisions.order_by("-number").first()
        self.ids["kept"] = aside.keep(article, refused, self.reporter, opened=1, newest=newest).number
        keeping.keep(
            self.reader, {"headline": ["Typed and not saved"], "body": [BODY]}, window="w", base=1, article=article
        )
        keeping.be_seen(self.reporter, article, writing=True, note=("Please leave me this paragraph.", "The harbour"))
        paragraph = next(place.key for place in notes.places(article) if place.key.startswith("p-"))
        note = notes.add(article, self.editor, f"@{self.reader.username} who says so? {ATTACK}", about=paragraph)
        notes.resolve(notes.add(article, self.reporter, LONG, about="headline"), self.editor)
        hours = {"due_at": self.now + timedelta(hours=4), "words": 900, "briefing": LONG}
        give = assigning.give
        work = give(self.editor, title=LONG, desk=self.desk, article=article, assignee=self.reader, **hours)
        give(self.editor, title="Late", desk=self.desk, assignee=self.reporter, due_at=self.now - timedelta(hours=1))
        assigning.accept(give(self.reader, title=ARABIC, desk=self.desk, assignee=self.reporter), self.reporter)
        given = {"for_whom": "Salma Aoun, lawyer", "expires_at": self.now + timedelta(days=1)}
        preview, self.token = sharing.give(article, self.reader, **given)
        sharing.take_back(sharing.give(article, self.reader, **given)[0], self.reader)
        outlets.check(self.live)
        OutletCheck.objects.filter(outlet="Front page").update(is_right=False, problem="It still shows release 1.")
        self.ids |= {"note": note.pk, "work": work.pk, "preview": preview.pk}

    def _lists(self):
        view = {"owner": self.reader, "desk": self.desk}
        self.ids["view"] = SavedView.objects.create(name="Harbours of the north", query="q=harbour", **view).pk
        order = bulk.prepare(self.reader, "submit", [self.draft, self.arabic, self.article], {}, "Before noon")
        self.ids["order"] = order.pk
        self.ids["notice"] = Notice.objects.filter(recipient=self.reader).first().pk
        audit.log(self.reader, "changed", self.photo, fields=["caption"])
        subscriber = Subscriber.objects.create(name=LONG, hook="https://quay.example/hook", failing_since=self.now)
        told = {"release": self.live.releases.first(), "next_at": self.now, "attempts": 3}
        Delivery.objects.create(subscriber=subscriber, article=self.live, answer="The server took too long.", **told)
        self.ids["subscriber"] = subscriber.pk
        page = {"slug": "about", "language": "ar", "title": f"{ARABIC} {LONG}"[:120], "body": BODY}
        self.ids["fixedpage"] = FixedPage.objects.create(**page).pk
        self.ids["event"] = Event.objects.about(self.article).last().pk

    def _wire(self):
        batch = WireBatch.objects.create(name=LONG, desk=self.desk, totals={"created": 1, "rejected": 1})
        received = WireBytes.objects.create(sha256="0" * 64, data=f"{ATTACK}\n{LONG}\n{ARABIC}".encode())
        came = {"batch": batch, "received": received, "parser": "text"}
        newer = {"headline": "Newer", "body": BODY.replace("Twelve", "Twenty"), "captions": []}
        record = WireRecord.objects.create(
            outcome="updated",
            headline=self.article.headline,
            warnings=["no_picture: none"],
            article=self.article,
            is_offered=True,
            content={"content": newer},
            **came,
        )
        words = {"outcome": "rejected", "state": "quarantined", "code": "not_understood", "message": LONG}
        refused = WireRecord.objects.create(headline="", **words, **came)
        self._arrived()
        agency = make_source("Agence France-Presse", short_name="AFP", kind="agency")
        rule = WireRule.objects.create(source=agency, desk=self.desk, replacements="Tartus → Tartous")
        feed = FeedPoint.objects.create(source=agency, address=f"https://feeds.example.org/{LONG.replace(' ', '-')}")
        given = WireBatch.objects.create(name=LONG, desk=self.desk)
        given.uploads.create(name="copy.txt", received=received, size=100)
        self.ids |= {"batch": batch.pk, "record": record.pk, "wirerule": rule.pk, "feedpoint": feed.pk}
        self.ids |= {"given": given.pk, "refused": refused.pk}

    def _arrived(self):
        """What waits: one story of two agencies, an item under embargo with terms, and a kill of a story of ours."""
        terms = {"no_archive": True, "territories": ["LB"], "delete_by": self.now + timedelta(days=3)}
        arrive(
            item("a1", "1", urgency=1, usage=terms, embargo_until=self.now + timedelta(hours=2), ednote=LONG),
            item("r1", "1", headline=ARABIC, provider="Reuters", slugline="PORT-TARTUS"),
            waits=True,
        )
        (taken,) = arrive(item("a9", "1", [f"{LONG} {n}." for n in range(4)], "Killed later", urgency=2))
        arrive(item("a9", "2", [], "", standing="canceled", ednote="Facts are wrong."), waits=True)
        self.ids |= {"waiting": taken.pk - 2, "killed": taken.article_id}

    def _front(self):
        wishes = [front.Wish("lead", public_id=self.live.public_id)]
        (slot,) = front.arrange(self.reader, "en", wishes, seen=None, until=self.now + timedelta(hours=5))
        later = [front.Wish("strip-1", place=f"region:{self.region.code}")]
        front.arrange(self.reader, "en", later, seen=None, at=self.now + timedelta(hours=1))
        self.ids["front"] = slot.pk

    def more(self):
        """Screens that no address tells apart: their names, and where they are."""
        told = {"live": self.live, "coming": self.coming, "retracted": self.gone, "editing": self.editing}
        told |= {"arabic": self.arabic, "draft": self.draft, "spiked": self.spiked}
        stories = {f"story, {name}": url("article_change", article.pk) for name, article in told.items()}
        compare = f"{url('article_compare', self.article.pk)}?from=1&to=2"
        lists = url("article_changelist")
        return {
            **stories,
            "wire, an item": url("wirerecord_change", self.ids["waiting"]),
            "wire, everything": f"{url('wirerecord_changelist')}?state=all&sort=urgency",
            "wire, to be mended": url("wirerecord_mend", self.ids["refused"]),
            "wire, an upload": url("wirebatch_look", self.ids["given"]),
            "a killed story": url("article_change", self.ids["killed"]),
            "releases of a live story": url("article_releases", self.live.pk),
            "outlets of a live story": url("article_outlets", self.live.pk),
            "preview on a telephone": f"{url('article_preview', self.live.pk)}?width=390",
            "two revisions side by side": compare,
            "stories that are searched for": f"{lists}?q=harbour",
            "stories of which there is none": f"{lists}?q=nothingofthekind",
            "sheet of captions": f"{url('photo_sheet')}?photo={self.photo.public_id}&photo={self.plain.public_id}",
            "many pictures at once": f"{url('photo_batch')}?photo={self.photo.public_id}:1",
            "pictures that are searched for": f"{url('photo_changelist')}?q=boats&rights=usable&sort=ending",
            "versions of a picture compared": f"{url('photo_history', self.photo.pk)}?from=1&to=2",
            "picture awaited with candidates": url("photo_fulfil", self.likely.pk),
            "deletion of a draft": url("article_delete", self.draft.pk),
            "preview for an outsider": f"/preview/{self.token}/",
            "preview that is shut": "/preview/x/",
            "board of one desk": "/admin/?desk=world",
        }
