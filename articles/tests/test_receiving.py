"""Copy that arrives by itself: once, whatever dies in between, and never with a password in a log."""

import contextlib
import imaplib
import os
import socket
import ssl
import subprocess
import sys
import threading
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article, FeedPoint, WireBatch, WireBytes, WireRecord, WireRule
from articles.wire import receiving
from articles.wire.receiving import folder, mailbox, points

from .desk import make_staff, page_text, url
from .factories import make_desk, make_region, make_source, make_topic
from .test_fetching import allowed, reply, serving  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

COPY = """Harbour opens after a year of repairs

The harbour of Bayport opened on Monday after a year of repairs.

The first ships came in at noon, the port authority said.
"""
OTHER = COPY.replace("Harbour", "Airport").replace("harbour", "airport").replace("ships", "planes")


def rss(*titles):
    items = "".join(
        f"<item><guid>urn:bay:{title}</guid><title>{title} opens</title><description>The {title} opened on Monday"
        f" after a year of repairs, the {title} authority said in a statement.</description></item>"
        for title in titles
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bay</title>{items}</channel></rss>'.encode()


def make_point(address, kind="web", **kw):
    return FeedPoint.objects.create(source=make_source("Bay Wire"), kind=kind, address=str(address), **kw)


def fresh(point):
    return FeedPoint.objects.select_related("source", "desk").get(pk=point.pk)


def records():
    rows = WireRecord.objects.order_by("pk")
    return [(one.headline, one.provider_id, one.outcome, one.state, one.article_id) for one in rows]


# --- on the web -------------------------------------------------------------------------------------------------------


def test_a_feed_is_fetched_with_what_is_known_of_it_and_each_item_comes_once(allowed, clock):  # noqa: F811
    now = {"items": ["harbour"], "tag": '"1"'}

    def answer(handler):
        if handler.headers["If-None-Match"] == now["tag"]:
            reply(handler, b"", 304)
        else:
            reply(handler, rss(*now["items"]), ETag=now["tag"], Last_Modified="Mon, 02 Mar 2026 08:00:00 GMT")

    with serving(answer) as (address, asked):
        allowed(address)
        point = make_point(f"{address}/rss", every=5)
        assert receiving.look(point).totals.created == 1
        assert list(receiving.look_at_all()) == []  # not due
        clock.shift(timedelta(minutes=5))
        (again,) = receiving.look_at_all()
        assert (again.problem, again.totals.created, asked[1].headers["If-None-Match"]) == ("", 0, '"1"')
        assert asked[1].headers["If-Modified-Since"] == "Mon, 02 Mar 2026 08:00:00 GMT"
        now |= {"items": ["airport", "harbour"], "tag": '"2"'}
        clock.shift(timedelta(minutes=5))
        (more,) = receiving.look_at_all()
    assert (more.totals.created, more.totals.unchanged) == (1, 1)
    assert [(one[1], one[2], one[3]) for one in records()] == [
        ("urn:bay:harbour", "created", "new"),
        ("urn:bay:airport", "created", "new"),
    ]
    assert not Article.objects.exists()  # they wait in the inbox
    assert fresh(point).last_item_at == timezone.now()
    assert {batch.feed for batch in WireBatch.objects.all()} == {point}


def test_an_answer_that_is_the_same_byte_for_byte_is_not_read_again(allowed, clock):  # noqa: F811
    with serving(lambda one: reply(one, rss("harbour"))) as (address, _):
        allowed(address)
        point = make_point(address)
        receiving.look(point)
        looked = receiving.look(fresh(point))
    assert looked.totals.unchanged == 0
    assert WireBatch.objects.count() == 1


def test_a_feed_whose_items_are_to_be_drafts_makes_drafts_on_its_desk(allowed):  # noqa: F811
    desk = make_desk("africa")
    with serving(lambda one: reply(one, rss("harbour"))) as (address, _):
        allowed(address)
        receiving.look(make_point(address, waits=False, desk=desk))
    assert Article.objects.get().desk == desk


def test_who_fails_is_asked_less_and_less_often_and_says_why(allowed, clock):  # noqa: F811
    with serving(lambda one: reply(one, b"busy", 500)) as (address, _):
        allowed(address)
        point = make_point(address, every=5)
        waits = []
        for _ in range(9):
            receiving.look(fresh(point))
            waits.append((fresh(point).next_at - timezone.now()).total_seconds() / 60)
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    assert (fresh(point).failures, fresh(point).last_error) == (9, "The server answered with 500.")


@pytest.mark.parametrize("said", ["7200", "date"])
def test_a_server_that_wants_to_be_left_alone_is(allowed, clock, said):  # noqa: F811
    words = format_datetime(timezone.now() + timedelta(hours=2), usegmt=True) if said == "date" else said
    with serving(lambda one: reply(one, b"", 503, Retry_After=words)) as (address, _):
        allowed(address)
        point = make_point(address, every=5)
        receiving.look(point)
    assert fresh(point).next_at - timezone.now() == timedelta(hours=2)


def test_a_failure_is_forgotten_after_the_next_good_look(allowed):  # noqa: F811
    with serving(lambda one: reply(one, rss("harbour"))) as (address, _):
        allowed(address)
        point = make_point(address, failures=3, last_error="The server answered with 500.")
        receiving.look(point)
    assert (fresh(point).failures, fresh(point).last_error) == (0, "")


def test_a_machine_inside_is_not_asked_and_no_password_is_told(monkeypatch, caplog):
    monkeypatch.setenv("BAY_PASSWORD", "very-secret")
    point = make_point("http://127.0.0.1:9/rss", login="desk", secret_name="BAY_PASSWORD")
    looked = receiving.look(point)
    assert looked.problem == "127.0.0.1 is a machine inside our own network."
    stored = str(FeedPoint.objects.filter(pk=point.pk).values().get())
    assert "very-secret" not in stored + caplog.text + looked.problem


def test_a_missing_password_is_said_by_its_name():
    point = make_point("https://feed.example/rss", secret_name="NO_SUCH_PASSWORD")
    assert "NO_SUCH_PASSWORD" in receiving.look(point).problem


def test_a_feed_is_looked_at_by_one_at_a_time(allowed, clock):  # noqa: F811
    second = []

    def answer(handler):
        reply(handler, rss("harbour"))

    with serving(answer) as (address, _):
        allowed(address)
        point = make_point(address)
        same = fresh(point)
        receiving.look(point)
        second.append(receiving.look(same))
    assert second == [None]


def test_who_died_while_looking_does_not_keep_the_feed_for_ever(clock):
    point = make_point("https://feed.example/rss")
    FeedPoint.objects.filter(pk=point.pk).update(next_at=timezone.now() + points.LEASE)
    assert list(receiving.due()) == []
    clock.shift(points.LEASE)
    assert list(receiving.due()) == [point]


def test_what_is_switched_off_is_never_due():
    make_point("https://feed.example/rss", is_active=False)
    assert list(receiving.due()) == []


@pytest.mark.parametrize("dies", ["before it is stored", "after it is stored"])
def test_a_look_that_died_and_a_second_one_leave_what_one_clean_look_leaves(allowed, monkeypatch, clock, dies):  # noqa: F811
    class Killed(BaseException):
        pass

    def die(*args):
        raise Killed

    with serving(lambda one: reply(one, rss("harbour", "airport"))) as (address, _):
        allowed(address)
        point = make_point(address)
        with monkeypatch.context() as patch:
            if dies == "before it is stored":
                patch.setattr(points, "_store", die)
            else:
                store = points._store
                patch.setattr(points, "_store", lambda *words: die(store(*words)))
            with pytest.raises(Killed):
                receiving.look(point)
        clock.shift(points.LEASE)
        (looked,) = receiving.look_at_all()
    assert looked.problem == ""
    assert [(one[1], one[2]) for one in records()] == [("urn:bay:harbour", "created"), ("urn:bay:airport", "created")]
    kept = set(WireRecord.objects.values_list("received_id", flat=True))
    assert set(WireBytes.objects.values_list("pk", flat=True)) == kept
    assert all(batch.records.exists() for batch in WireBatch.objects.all())


def test_an_accident_of_ours_stops_no_other_feed(allowed, monkeypatch, caplog):  # noqa: F811
    bad, good = make_point("/nowhere", kind="folder"), make_point("https://feed.example/")
    monkeypatch.setattr(folder, "parcels", lambda *words: 1 / 0)
    monkeypatch.setitem(points._KINDS, "web", type("Nothing", (), {"parcels": staticmethod(lambda *words: [])}))
    looked = {one.point.pk: one.problem for one in receiving.look_at_all()}
    assert looked == {bad.pk: "Something went wrong here. The log says more.", good.pk: ""}
    assert "ZeroDivisionError" in caplog.text


# --- a watched folder -------------------------------------------------------------------------------------------------


def put(path, words=COPY, age=60):
    path.write_text(words)
    at = path.stat().st_mtime - age
    os.utime(path, (at, at))


def test_files_of_a_watched_folder_are_read_once_and_put_aside(tmp_path, capsys):
    put(tmp_path / "b.txt")
    put(tmp_path / "a.txt", OTHER, age=30)
    for name in (".hidden.txt", "c.txt.part"):
        put(tmp_path / name)
    (tmp_path / "still.txt").write_text("It is being writ")
    put(tmp_path.parent / "outside.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path.parent / "outside.txt")
    make_point(tmp_path, kind="folder")
    call_command("receive")
    assert capsys.readouterr().out == f"Bay Wire: {tmp_path}: 2 new, 0 newer, 0 refused.\n"
    assert [one[0][:7] for one in records()] == ["Harbour", "Airport"]  # the oldest first
    assert sorted(path.name for path in (tmp_path / folder.ASIDE).rglob("*.txt")) == ["a.txt", "b.txt"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        ".hidden.txt",
        "c.txt.part",
        "link.txt",
        "still.txt",
    ]


def test_two_files_of_one_name_are_both_kept(tmp_path):
    point = make_point(tmp_path, kind="folder")
    for words in (COPY, OTHER):
        put(tmp_path / "story.txt", words)
        receiving.look(fresh(point))
    kept = sorted((tmp_path / folder.ASIDE).rglob("*.txt"))
    assert sorted(path.name for path in kept) == ["story-1.txt", "story.txt"]
    assert {path.read_text() for path in kept} == {COPY, OTHER}


def test_a_bad_file_is_put_aside_with_its_reason_and_stops_nothing(tmp_path):
    put(tmp_path / "a.txt", "")
    put(tmp_path / "b.txt", age=30)
    looked = receiving.look(make_point(tmp_path, kind="folder"))
    assert (looked.problem, looked.totals.rejected, looked.totals.created) == ("", 1, 1)
    assert WireRecord.objects.get(outcome="rejected").code == "empty_file"
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    assert receiving.look(make_point(tmp_path / "gone", kind="folder")).problem == "There is no such folder."


# --- a mailbox --------------------------------------------------------------------------------------------------------


def message(subject, body="", attachments=()):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "wire@bay.example", "news@example.org", subject
    mail.set_content(body)
    for name, data, kind in attachments:
        main, sub = kind.split("/")
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def opened(connect, problem, tries=200):
    """What ``connect`` gives, as soon as its server listens."""
    for _ in range(tries):
        try:
            return connect()
        except problem:
            threading.Event().wait(0.05)
    return connect()


def relay(port, context):
    """TLS in front of that port, for the only connection at a time. Gives its own port, and what ends it."""
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def serve():
        with contextlib.suppress(OSError):
            while True:
                plain, _ = listener.accept()
                try:
                    outside = context.wrap_socket(plain, server_side=True)
                except OSError:
                    continue
                inside = socket.create_connection(("127.0.0.1", port))
                for pair in ((outside, inside), (inside, outside)):
                    threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return listener


@pytest.fixture(scope="module")
def imap(tmp_path_factory):
    """A real IMAP server with an empty mailbox, behind TLS: what puts messages into it, its port, its authority."""
    inside = free_port()
    command = [str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1", "--port", str(inside), "--no-tls"]
    command += ["dict", "--demo-user", "desk", "--demo-password", "secret"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    authority = trustme.CA()
    vouches = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(vouches))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    listener = relay(inside, context)

    def put_in(*messages):
        box = opened(lambda: imaplib.IMAP4("127.0.0.1", inside, timeout=5), OSError)
        box.login("desk", "secret")
        for one in messages:
            box.append("INBOX", None, None, one)
        box.logout()

    try:
        yield put_in, listener.getsockname()[1], vouches
    finally:
        listener.close()
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture
def mailbox_point(imap, monkeypatch, settings):
    _, port, vouches = imap
    settings.PRIVATE_SERVERS = frozenset({f"localhost:{port}"})
    monkeypatch.setenv("SSL_CERT_FILE", str(vouches))
    monkeypatch.setenv("BAY_PASSWORD", "secret")
    return make_point(f"imaps://localhost:{port}/INBOX", kind="mailbox", login="desk", secret_name="BAY_PASSWORD")


def test_each_message_of_a_mailbox_comes_once_with_its_attachments_or_its_text(imap, mailbox_point):
    put_in, _, _ = imap
    body = COPY.split("\n", 1)[1]
    put_in(
        message("Harbour opens after a year of repairs", body),
        message(
            "Two files", "See below.", [("../../a.txt", OTHER.encode(), "text/plain"), ("b.jpg", b"x", "image/jpeg")]
        ),
    )
    looked = receiving.look(mailbox_point)
    assert (looked.problem, looked.totals.created) == ("", 2)
    assert [one[0][:7] for one in records()] == ["Harbour", "Airport"]
    assert [batch.name for batch in WireBatch.objects.order_by("pk")] == ["message 101: text", "message 102: _.._a.txt"]
    again = receiving.look(fresh(mailbox_point))
    assert (again.problem, vars(again.totals)["files"]) == ("", 0)
    put_in(message("Quay", "The quay of Bayport was closed on Tuesday for repairs.\n\nIt opens in May, they said."))
    assert receiving.look(fresh(mailbox_point)).totals.created == 1
    FeedPoint.objects.filter(pk=mailbox_point.pk).update(seen={"validity": 1, "last": 999})  # the mailbox was made anew
    assert receiving.look(fresh(mailbox_point)).totals.unchanged == 3
    assert len(records()) == 3


@pytest.mark.parametrize("wrong", ["password", "folder", "authority"])
def test_a_mailbox_that_cannot_be_read_says_why_without_the_password(imap, mailbox_point, monkeypatch, wrong):
    imap[0]()
    if wrong == "password":
        monkeypatch.setenv("BAY_PASSWORD", "other-secret")
    elif wrong == "folder":
        mailbox_point.address = mailbox_point.address.replace("INBOX", "Nothing")
    else:
        monkeypatch.delenv("SSL_CERT_FILE")
    problem = receiving.look(mailbox_point).problem
    assert problem.startswith("The mailbox")
    assert "secret" not in problem


@pytest.mark.parametrize(
    "address", ["imap://mail.example/INBOX", "imaps:///INBOX", "imaps://desk:word@mail.example/INBOX", "mail.example"]
)
def test_a_mailbox_without_tls_or_with_a_password_in_it_is_refused(address):
    assert mailbox.check(address)
    assert not mailbox.check("imaps://mail.example/INBOX")


# --- at the desk ------------------------------------------------------------------------------------------------------


def test_a_feed_and_the_rules_for_its_source_are_set_up_at_the_desk(client):
    client.force_login(make_staff("Administrator"))
    source, topic, region = make_source("Bay Wire"), make_topic("Ports"), make_region()
    feed = {"source": source.code, "kind": "web", "address": "https://feed.example/rss", "format": "auto", "every": "5"}
    assert client.post(url("feedpoint_add"), {**feed, "is_active": "on", "waits": "on"}).status_code == 302
    assert (FeedPoint.objects.get().source, FeedPoint.objects.get().desk) == (source, None)
    rule = {"source": source.code, "topics": [topic.code], "regions": [region.code], "desk": make_desk("africa").pk}
    assert client.post(url("wirerule_add"), rule).status_code == 302
    kept = WireRule.objects.get()
    assert (kept.source, kept.desk.code, list(kept.topics.all()), list(kept.regions.all())) == (
        source,
        "africa",
        [topic],
        [region],
    )
    page = page_text(client.get(url("wirerule_change", kept.pk)))
    assert f'<option value="{topic.code}" selected' in page
    refused = client.post(url("feedpoint_add"), {**feed, "address": "https://desk:word@feed.example/rss"})
    assert "Leave names and passwords out of the address" in page_text(refused)
