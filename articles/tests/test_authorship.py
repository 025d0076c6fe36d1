"""Who wrote a story: whose words stand in it, and who therefore cannot be the only one to approve it."""

import pytest

from articles import guards, releasing, workflow, writing
from articles.authorship import main_writer

from .factories import approve, fresh, make_article, make_content, make_desk, make_region, make_topic, make_user

RANA, SAMI, TARA = 1, 2, 3
FACTS = "The harbour opened on Monday after a year of repairs and twelve boats came in."
STUB = "The harbour opened."
ELSE = "Ministers of seven countries met at dawn to sign what their envoys had drafted over many months of talks."


def saves(*texts):
    return [(who, make_content(headline="", body=f"<p>{words}</p>")) for who, words in texts]


@pytest.mark.parametrize(
    ("texts", "wrote"),
    [
        ([(RANA, FACTS)], RANA),
        ([(RANA, FACTS), (SAMI, FACTS.replace("boats", "ships"))], RANA),  # an edit
        ([(RANA, STUB), (SAMI, f"{STUB} {FACTS}")], SAMI),  # begun by one, written by another
        ([(RANA, FACTS), (SAMI, ELSE)], SAMI),  # rewritten
        ([(RANA, FACTS), (SAMI, ELSE), (RANA, FACTS)], RANA),  # and written back
        ([(RANA, FACTS), (SAMI, " ".join(reversed(FACTS.split())))], RANA),  # moved about
        ([(RANA, "one two"), (SAMI, "one two three four")], RANA),  # of two with as much, who began
        ([(RANA, "a b c"), (SAMI, "a b c d e f g"), (TARA, f"a b c d e f g {FACTS}")], TARA),
        ([(RANA, FACTS), (SAMI, FACTS)], RANA),  # another picture
        ([], None),
    ],
)
def test_who_wrote_most_of_what_stands_is_its_writer(texts, wrote):
    writers = list(dict.fromkeys(who for who, _ in texts))
    assert main_writer(writers, None, saves(*texts)) == wrote


@pytest.mark.parametrize(
    ("texts", "wrote"),
    [
        ([(RANA, f"{FACTS} {STUB}"), (SAMI, f"{FACTS} {STUB} {ELSE}")], SAMI),
        ([(RANA, FACTS), (SAMI, "The harbour opened")], SAMI),  # to take out what readers had is to write
        ([(RANA, ELSE), (SAMI, FACTS)], RANA),  # put back as readers have it
        ([(RANA, FACTS), (SAMI, FACTS)], RANA),
    ],
)
def test_what_readers_had_was_written_before(texts, wrote):
    had = make_content(headline="", body=f"<p>{FACTS}</p>")
    assert main_writer([RANA, SAMI], had, saves(*texts)) == wrote


@pytest.mark.django_db
class TestApproval:
    @pytest.fixture
    def people(self):
        desk = make_desk()
        return [make_user(name, group="Publisher", desks=[desk]) for name in ("rana", "sami")]

    def written(self, by, body):
        return make_article(by=by, body=f"<p>{body}</p>", regions=[make_region()], topics=[make_topic()])

    def saved(self, article, by, body):
        article = fresh(article)
        article.body = f"<p>{body}</p>"
        article.save()
        writing.record(article, by)
        return fresh(article)

    def approved_by(self, article, by):
        article = fresh(article)
        if article.status == "draft":
            article = workflow.move(article, "submitted", by, seen=article.version)
        workflow.move(article, "approved", by, seen=article.version)
        return {one.code for one in guards.between_story_and_readers(fresh(article))}

    def test_a_sub_editor_may_approve_what_they_have_edited(self, people):
        rana, sami = people
        article = self.saved(self.written(rana, FACTS), sami, FACTS.replace("boats", "ships"))
        assert self.approved_by(article, sami) == set()
        releasing.release(fresh(article), sami, seen=fresh(article).version)

    def test_whoever_wrote_another_s_stub_out_may_not_approve_it_alone_but_the_other_may(self, people):
        rana, sami = people
        article = self.saved(self.written(rana, STUB), sami, f"{STUB} {FACTS}")
        assert self.approved_by(article, sami) == {"one_person"}
        with pytest.raises(releasing.NotReleasable, match="wrote most of a story"):
            releasing.release(fresh(article), sami, seen=fresh(article).version)
        article = fresh(article)
        workflow.move(article, "editing", rana, seen=article.version, reason="To read it")
        assert self.approved_by(article, rana) == set()

    def test_after_a_release_only_what_is_new_counts(self, people):
        rana, sami = people
        article = self.written(rana, FACTS)
        approve(article, editor=sami)
        releasing.release(fresh(article), sami, seen=fresh(article).version)
        article = self.saved(article, rana, f"{FACTS} One sank.")
        article = self.saved(article, sami, f"{FACTS} One sank. {ELSE}")
        assert self.approved_by(article, sami) == {"one_person"}
