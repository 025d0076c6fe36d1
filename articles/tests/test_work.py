"""Work given out, stories kept confidential, and what stands between copy and readers: hold markers, second persons."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import access, assigning, audit, guards, releasing, workflow
from articles.models import Article, Assignment, DeskMember, Event, Notice, PreviewLink, Release, User

from .desk import make_staff, page_text, url
from .factories import (
    GROUPS,
    approve,
    fresh,
    make_article,
    make_content,
    make_desk,
    make_region,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_desk("world", name="World")


@pytest.fixture
def dina(desk):
    return make_staff("Desk editor", username="dina", first_name="Dina", desks=[desk])


@pytest.fixture
def rana(desk):
    return make_staff("Reporter", username="rana", first_name="Rana", desks=[desk])


@pytest.fixture
def idea(desk, dina, rana):
    return assigning.give(dina, title="The port reopens", desk=desk, assignee=rana, words=600)


def guest_of(desk, group="Desk editor"):
    user = make_staff(group, desks=[desk])
    DeskMember.objects.filter(user=user, desk=desk).update(role="guest")
    return User.objects.get(pk=user.pk)


# --- work: the rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "role", "may"),
    [
        ("Desk editor", "member", True),
        ("Sub-editor", "member", True),
        ("Reporter", "member", False),
        ("Reporter", "lead", True),
        ("Desk editor", "guest", False),
        ("Desk editor", None, False),
        ("Publisher", None, True),
    ],
)
def test_who_gives_out_work(desk, group, role, may):
    user = make_staff(group, desks=[desk] if role else [])
    DeskMember.objects.filter(user=user).update(role=role or "member")
    user = User.objects.get(pk=user.pk)
    assert assigning.may_give(user, desk.pk) == may
    assert (desk in assigning.desks_to_give_on(user)) == may
    if not may:
        with pytest.raises(access.NotAllowed):
            assigning.give(user, title="x", desk=desk)


def test_work_tells_whoever_gets_it(idea, rana):
    notice = Notice.objects.get()
    assert (notice.recipient, notice.reason, notice.text) == (rana, "assigned", "Dina gave you “The port reopens”.")
    assert notice.address == url("assignment_change", idea.pk)


def test_work_is_not_given_to_who_is_not_of_the_desk_nor_to_a_guest(desk, dina):
    for person in (make_staff("Reporter", desks=[make_desk("africa")]), guest_of(desk, "Reporter")):
        with pytest.raises(workflow.Refused, match="does not work on the World desk"):
            assigning.give(dina, title="x", desk=desk, assignee=person)


def test_work_on_a_story_is_given_out_on_its_own_desk(desk, dina):
    africa = make_desk("africa")
    dina.desks.add(africa)
    dina = User.objects.get(pk=dina.pk)
    with pytest.raises(workflow.Refused, match="belongs to the Africa desk"):
        assigning.give(dina, title="x", desk=desk, article=make_article(desk=africa))
    hidden = make_article(desk=make_desk("asia"))
    with pytest.raises(access.NotAllowed):
        assigning.give(dina, title="x", desk=desk, article=hidden)


def test_work_is_accepted_and_finished_by_whose_it_is(idea, rana, dina):
    with pytest.raises(access.NotAllowed):
        assigning.accept(idea, dina)
    assert assigning.accept(idea, rana).state == "accepted"
    assigning.accept(idea, rana)
    assert assigning.finish(idea, rana).state == "done"
    assert [one.text for one in dina.notices.order_by("id")] == [
        "Rana accepted “The port reopens”.",
        "Rana finished “The port reopens”.",
    ]
    with pytest.raises(workflow.Refused, match="done already"):
        assigning.accept(idea, rana)


def test_work_is_declined_with_a_reason_and_is_nobodys_again(idea, rana, dina):
    with pytest.raises(workflow.Refused, match="Say why"):
        assigning.decline(idea, rana, reason=" ")
    declined = assigning.decline(idea, rana, reason="I am in Aleppo")
    assert declined.assignee is None
    assert dina.notices.get().text == "Rana declined “The port reopens”: I am in Aleppo"


def test_work_given_to_somebody_else_has_to_be_accepted_anew(idea, desk, rana, dina):
    assigning.accept(idea, rana)
    sami = make_staff("Sub-editor", first_name="Sami", desks=[desk])
    changed = assigning.change(idea, dina, title=idea.title, desk=desk, assignee=sami)
    assert (changed.assignee, changed.accepted_at) == (sami, None)
    assert "to somebody else" in rana.notices.order_by("id").last().text


def test_work_that_is_late_says_so(idea, clock):
    Assignment.objects.filter(pk=idea.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert Assignment.objects.get().state == "late"
    assert list(Assignment.objects.late()) == [idea]


def test_work_that_is_taken_back_is_told(idea, rana, dina):
    assert assigning.drop(idea, dina, reason="The minister cancelled").state == "dropped"
    assert "The minister cancelled" in rana.notices.order_by("id").last().text
    with pytest.raises(workflow.Refused, match="taken back already"):
        assigning.start(idea, rana)


def test_a_story_is_started_from_an_idea_once(idea, rana, dina, desk):
    article = assigning.start(idea, rana)
    assert (article.headline, article.desk, article.status) == ("The port reopens", desk, "draft")
    assert article.revisions.get().author == rana
    idea = Assignment.objects.get()
    assert idea.article == article
    assert idea.accepted_at
    assert assigning.start(idea, dina) == article
    assert Article.objects.count() == 1


def test_an_idea_is_started_by_nobody_else(idea, desk):
    with pytest.raises(access.NotAllowed):
        assigning.start(idea, make_staff("Reporter", desks=[desk]))
    with pytest.raises(access.NotAllowed):
        assigning.start(idea, guest_of(desk))


def test_work_on_a_confidential_story_opens_it_to_whose_work_it_is(desk, dina, rana):
    article = make_article(desk=desk, by=dina)
    article = workflow.set_confidential(article, dina, seen=article.version, reason="In danger")
    assert not access.may_see(rana, article)
    given = assigning.give(dina, title="Ring him", desk=desk, article=article, assignee=rana)
    assert access.may_see(rana, article)
    assert list(assigning.visible_assignments(rana)) == [given]
    other = make_staff("Reporter", desks=[desk])
    assert list(assigning.visible_assignments(other)) == []
    assigning.drop(given, dina)
    assert not access.may_see(User.objects.get(pk=rana.pk), article)


# --- work: the screens -----------------------------------------------------------------------------------------------


def test_my_work_and_my_desks_are_listed_and_no_other_desks(client, idea, rana, dina, desk):
    africa = make_desk("africa")
    Assignment.objects.create(title="Theirs", desk=africa)
    assigning.give(dina, title="For nobody yet", desk=desk)
    client.force_login(rana)
    page = page_text(client.get(url("assignment_changelist")))
    mine, _, desks = page.partition("The desk’s work")
    assert "The port reopens" in mine
    assert "For nobody yet" not in mine
    assert "For nobody yet" in desks
    assert "Theirs" not in page
    assert "For nobody yet" in page_text(client.get(url("assignment_changelist") + "?state=nobody&desk=world"))
    assert "Theirs" not in page_text(client.get(url("assignment_changelist") + "?desk=africa&state=x"))


def test_a_list_of_work_costs_the_same_however_long_it_is(client, desk, dina, rana, django_assert_max_num_queries):
    for number in range(40):
        assigning.give(dina, title=f"Idea {number}", desk=desk, assignee=rana)
    client.force_login(dina)
    with django_assert_max_num_queries(14):
        client.get(url("assignment_changelist"))


def test_work_is_given_out_on_a_form_in_newsroom_time(client, desk, dina, rana, clock):
    article = make_article(desk=desk, headline="The port")
    client.force_login(dina)
    page = page_text(client.get(url("assignment_add") + f"?story={article.public_id}"))
    assert 'value="The port"' in page
    sent = {"title": "The port", "desk": "world", "assignee": "rana", "due_at": "2026-03-02T18:00", "words": "600"}
    answer = client.post(url("assignment_add"), {**sent, "article": article.public_id, "briefing": "Ring the master."})
    given = Assignment.objects.get()
    assert answer.url == url("assignment_change", given.pk)
    assert (given.article, given.assignee, given.words) == (article, rana, 600)
    assert given.due_at.isoformat() == "2026-03-02T16:00:00+00:00"
    beside = page_text(client.get(url("article_change", article.pk)))
    assert url("assignment_change", given.pk) in beside


def test_a_time_that_there_is_not_is_refused_and_the_form_kept(client, dina, rana, desk):
    client.force_login(dina)
    sent = {"title": "The port", "desk": "world", "assignee": "rana", "due_at": "2026-03-29T00:30", "briefing": "Long."}
    answer = client.post(url("assignment_add"), sent)
    assert answer.status_code == 422
    assert "clocks go forward" in page_text(answer)
    assert "Long.</textarea>" in page_text(answer)
    assert not Assignment.objects.exists()


def test_a_story_that_one_may_not_see_cannot_be_named_on_the_form(client, dina, desk):
    hidden = make_article(desk=make_desk("africa"), headline="Hidden")
    client.force_login(dina)
    assert "Hidden" not in page_text(client.get(url("assignment_add") + f"?story={hidden.public_id}"))
    answer = client.post(url("assignment_add"), {"title": "x", "desk": "world", "article": hidden.public_id})
    assert answer.status_code == 422
    assert "Hidden" not in page_text(answer)
    assert not Assignment.objects.exists()


def test_buttons_of_work(client, idea, rana):
    client.force_login(rana)
    page = page_text(client.get(url("assignment_change", idea.pk)))
    assert all(words in page for words in ("Start the story", "Accept", "Decline", "Done"))
    assert "Take back" not in page
    assert client.post(url("assignment_act", idea.pk, "decline")).status_code == 422
    assert client.post(url("assignment_act", idea.pk, "drop")).status_code == 403
    assert client.post(url("assignment_act", idea.pk, "burn")).status_code == 404
    answer = client.post(url("assignment_act", idea.pk, "start"))
    assert answer.url == url("article_change", Article.objects.get().pk)


def test_a_guest_reads_the_desks_work_and_gives_none(client, idea, desk):
    client.force_login(guest_of(desk))
    page = page_text(client.get(url("assignment_change", idea.pk)))
    assert "The port reopens" in page
    assert "Save the change" not in page
    assert client.post(url("assignment_change", idea.pk), {"title": "x"}).status_code == 403
    assert client.get(url("assignment_add")).status_code == 403


# --- confidential stories -------------------------------------------------------------------------------------------


def test_a_story_is_made_confidential_and_opened_again_with_a_reason(client, desk, dina, rana):
    article = make_article(desk=desk)
    client.force_login(dina)
    press = url("article_confidential", article.pk)
    assert client.post(press, {"version": article.version}).status_code == 422
    assert client.post(press, {"version": article.version, "reason": "In danger"}).status_code == 302
    assert not access.visible_articles(rana).exists()
    event = Event.objects.about(article).first()
    assert (event.action, event.reason, event.actor) == ("confidential", "In danger", "dina")
    assert client.post(press, {"version": article.version, "reason": "Over"}).status_code == 409
    client.post(press, {"version": fresh(article).version, "reason": "She is safe"})
    assert access.visible_articles(rana).get() == article


def test_only_who_may_see_confidential_stories_makes_one(desk, rana):
    article = make_article(desk=desk, by=rana)
    with pytest.raises(access.NotAllowed):
        workflow.set_confidential(article, rana, seen=article.version, reason="Mine")


def test_a_confidential_story_is_seen_by_who_began_it(desk, dina, rana):
    article = make_article(desk=desk, by=rana)
    workflow.set_confidential(article, dina, seen=article.version, reason="In danger")
    assert access.visible_articles(rana).get() == article
    assert access.may(rana, "change_article", fresh(article))


def test_previews_given_to_outsiders_end_when_a_story_becomes_confidential(desk, dina):
    article = make_article(desk=desk)
    link = PreviewLink.objects.create(
        article=article, token_hash="x", for_whom="A lawyer", made_by=dina, expires_at=timezone.now() + timedelta(1)
    )
    article = workflow.set_confidential(article, dina, seen=article.version, reason="In danger")
    workflow.set_confidential(article, dina, seen=article.version, reason="Over", confidential=False)
    link.refresh_from_db()
    assert link.revoked_at


# --- spike and legal hold --------------------------------------------------------------------------------------------


def test_a_story_is_spiked_with_a_reason_and_comes_back_as_a_draft(desk, dina):
    article = make_article(desk=desk)
    with pytest.raises(workflow.Refused, match="say why"):
        workflow.move(article, "spiked", dina, seen=article.version)
    article = workflow.move(article, "spiked", dina, seen=article.version, reason="Old news")
    assert not access.may_edit(dina, article)
    assert [target for target, _ in workflow.moves_for(dina, article)] == ["draft"]
    article = workflow.move(article, "draft", dina, seen=article.version)
    assert article.status == "draft"
    assert access.may_edit(dina, article)


def test_a_legal_hold_is_for_who_may_set_one_and_cancels_what_was_scheduled(desk, dina):
    publisher = make_staff("Publisher")
    article = approve(make_article(desk=desk, regions=[make_region()], topics=[make_topic()]), editor=publisher)
    releasing.release(article, publisher, seen=article.version, at=timezone.now() + timedelta(hours=1))
    with pytest.raises(access.NotAllowed):
        workflow.set_legal_hold(article, dina, seen=fresh(article).version, reason="x")
    held = workflow.set_legal_hold(article, publisher, seen=fresh(article).version, reason="A judge asked")
    assert not Release.objects.pending().exists()
    with pytest.raises(releasing.NotReleasable, match="legal hold"):
        releasing.release(held, publisher, seen=fresh(held).version)
    workflow.lift_legal_hold(held, publisher, seen=fresh(held).version, reason="The judge said no")
    assert not Release.objects.pending().exists()


# --- the second person -----------------------------------------------------------------------------------------------


def test_passing_over_the_second_person_takes_leave_and_a_reason_and_is_told_of(desk):
    publisher = make_staff("Publisher", username="petra", first_name="Petra")
    article = make_article(desk=desk, by=publisher, regions=[make_region()], topics=[make_topic()])
    article = approve(article, editor=publisher)
    with pytest.raises(releasing.NotReleasable, match="cannot be the only one"):
        releasing.release(article, publisher, seen=article.version)
    alone = frozenset({"one_person"})
    with pytest.raises(releasing.NotReleasable, match="say why"):
        releasing.release(article, publisher, seen=article.version, override=releasing.Override(" ", alone))
    without = make_user(permissions=GROUPS["Publisher"])
    with pytest.raises(access.NotAllowed):
        releasing.release(article, without, seen=article.version, override=releasing.Override("Now", alone))
    assert not Release.objects.exists()
    begun = timezone.now()
    override = releasing.Override("The president died", alone)
    releasing.release(article, publisher, seen=article.version, override=override)
    (event,) = audit.overrides_since(begun - timedelta(minutes=1))
    assert (event.actor, event.reason, event.data["overrides"]) == ("petra", "The president died", ["one_person"])
    assert audit.overrides_since(timezone.now() + timedelta(minutes=1)) == []


def test_overrides_are_told_to_who_may_see_their_story(desk, dina):
    publisher = make_staff("Publisher")
    article = make_article(desk=make_desk("africa"), by=publisher, regions=[make_region()], topics=[make_topic()])
    article = approve(article, editor=publisher)
    override = releasing.Override("The president died", frozenset({"one_person"}))
    at = timezone.now() - timedelta(minutes=1)
    releasing.release(article, publisher, seen=article.version, override=override)
    assert len(audit.overrides_since(at, stories=access.visible_articles(publisher))) == 1
    assert audit.overrides_since(at, stories=access.visible_articles(dina)) == []


def test_a_release_that_passed_over_nothing_is_no_override(desk):
    publisher = make_staff("Publisher")
    article = approve(make_article(desk=desk, regions=[make_region()], topics=[make_topic()]), editor=publisher)
    at = timezone.now() - timedelta(minutes=1)
    releasing.release(article, publisher, seen=article.version)
    assert audit.overrides_since(at) == []


# --- hold markers ----------------------------------------------------------------------------------------------------


def codes(**content):
    return {problem.code for problem in guards.text_problems(make_content(regions=["XA"], topics=["t"], **content))}


@pytest.mark.parametrize(
    "marker",
    [
        "HOLD FOR LAWYERS",
        "HOLD - lawyers",
        "HOLD/DO NOT RUN",
        "HOLD: see desk",
        "DO NOT PUBLISH",
        "DO  NOT\u00a0PUBLISH",
        "DO NOT USE BEFORE NOON",
        "NOT FOR RELEASE",
        "NOT FOR BROADCAST",
        "EMBARGOED UNTIL 1800 GMT",
        "Do not publish",
        "*** hold ***",
        "[Not for publication]",
        "ليس للنشر",
        "غير مخصص للنشر",
    ],
)
@pytest.mark.parametrize("field", ["headline", "standfirst", "body", "slugline", "caption", "alt_text", "byline"])
def test_a_hold_marker_blocks_wherever_readers_would_find_it(marker, field):
    if field == "body":
        content = {"body": f"<p>The harbour opened.</p><p>{marker}</p>"}
    elif field in ("caption", "alt_text"):
        blank = dict.fromkeys(("caption", "alt_text", "credit", "photographer"), "")
        content = {"captions": [{**blank, "photo": None, field: marker}]}
    elif field == "byline":
        content = {"bylines": [{"author": None, "text": marker}]}
    else:
        content = {field: marker}
    assert codes(**content) == {"hold_marker"}


@pytest.mark.parametrize(
    "words",
    [
        "Households hold on to their gold",
        "The court upheld a hold on exports",
        "“Do not publish my name,” she said.",
        "HOLDING THE LINE",
        "Hold the front page: a history of the Meridian",
        "THRESHOLD - a play",
        "STRONGHOLD: the last fort",
        "The film is not for release in Cairo",
        "قال إن القرار ليس للنقاش",
    ],
)
def test_words_that_only_look_like_a_marker_block_nothing(words):
    assert codes(headline=words, body=f"<p>{words}</p>") == set()
