"""Asking other people's servers: no private machine is ever connected to, and no answer is too long or too late."""

import gzip
import http.server
import socket
import threading
from contextlib import contextmanager
from http import HTTPStatus

import pytest

from articles import fetching

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.7", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.1", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fc00::7", "ff02::1", "::ffff:10.0.0.7",
    "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a00:7::1", "fe80::1%eth0", "no address",
]  # fmt: skip


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_address_inside_is_told(ip):
    assert not fetching.is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_outside_is_told(ip):
    assert fetching.is_public(ip)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://news.example/", "file:///etc/passwd", "gopher://news.example/", "news.example", "https://", "",
        "//news.example", "https://user:word@news.example/", "https://news.example:99999/", "https://[::1",
        "https://news.example/a b", "https://news.example/\r\nX: 1", "http:///etc", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_an_address_that_could_never_be_asked_is_refused(address):
    with pytest.raises(fetching.Forbidden):
        fetching.judge(address)


@pytest.fixture
def names(monkeypatch):
    """What names mean, and the addresses that were connected to."""
    meanings, connected = {}, []

    def getaddrinfo(host, port, **kw):
        if host not in meanings:
            raise socket.gaierror("no such name")
        ips = meanings[host].pop(0) if isinstance(meanings[host], list) else meanings[host]
        return [
            (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))
            for ip in ips.split()
        ]

    def connect(self, place):
        connected.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return meanings, connected


@pytest.mark.parametrize("ip", PRIVATE[:-1])
def test_a_name_that_means_a_machine_inside_is_never_connected_to(names, ip):
    meanings, connected = names
    meanings["feed.example"] = ip
    with pytest.raises(fetching.Forbidden, match="inside our own network"):
        fetching.get("https://feed.example/rss")
    assert connected == []


def test_one_address_inside_among_others_forbids_them_all(names):
    meanings, connected = names
    meanings["feed.example"] = "8.8.8.8 10.0.0.7"
    with pytest.raises(fetching.Forbidden):
        fetching.get("http://feed.example/")
    assert connected == []


def test_a_name_that_changes_its_meaning_is_looked_up_once_a_request(names):
    meanings, connected = names
    meanings["feed.example"] = ["8.8.8.8", "127.0.0.1"]
    with pytest.raises(fetching.Unreachable, match="no whole answer"):
        fetching.get("http://feed.example/")
    assert connected == ["8.8.8.8"]


def test_a_name_that_nobody_has_is_a_sentence(names):
    with pytest.raises(fetching.Unreachable, match=r"no server of the name nowhere\.example"):
        fetching.get("http://nowhere.example/")


# --- with a real server -----------------------------------------------------------------------------------------------


@contextmanager
def serving(answer):
    """A server on this machine; ``answer`` gets its handler. Gives its address, and the requests it had."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append(self)
            answer(self)
            self.close_connection = True

        do_POST = do_GET

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def allowed(settings):
    """Let these tests ask servers of this machine, as a newsroom allows one of its own."""

    def allow(address):
        settings.PRIVATE_SERVERS = settings.PRIVATE_SERVERS | {address.removeprefix("http://")}

    return allow


def reply(handler, body=b"ok", status=HTTPStatus.OK, **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def test_a_server_inside_is_asked_where_the_newsroom_names_it_and_not_otherwise(allowed):
    with serving(reply) as (address, asked):
        with pytest.raises(fetching.Forbidden):
            fetching.get(address)
        assert asked == []
        allowed(address)
        answer = fetching.get(f"{address}/feed?é=1", headers={"If-None-Match": '"1"'}, login="desk", password="secret")
    assert (answer.status, answer.body) == (200, b"ok")
    assert asked[0].path == "/feed?%C3%A9=1"
    assert asked[0].headers["If-None-Match"] == '"1"'
    assert asked[0].headers["Authorization"] == "Basic ZGVzazpzZWNyZXQ="


def test_a_redirect_inside_is_not_followed(allowed):
    with (
        serving(reply) as (inside, asked),
        serving(lambda one: reply(one, b"", 302, Location=f"{inside}/latest/meta-data/")) as (address, _),
    ):
        allowed(address)
        with pytest.raises(fetching.Forbidden):
            fetching.get(address)
    assert asked == []


def test_a_password_does_not_go_along_to_another_server(allowed):
    with (
        serving(reply) as (other, asked),
        serving(lambda one: reply(one, b"", 301, Location=f"{other}/moved")) as (address, first),
    ):
        allowed(address)
        allowed(other)
        assert fetching.get(address, password="token").address == f"{other}/moved"
    assert first[0].headers["Authorization"] == "Bearer token"
    assert asked[0].headers["Authorization"] is None


def test_redirects_end(allowed):
    with serving(lambda one: reply(one, b"", 302, Location="/again")) as (address, asked):
        allowed(address)
        with pytest.raises(fetching.Unreachable, match="leads from one address to the next"):
            fetching.get(address)
    assert len(asked) == fetching.REDIRECTS + 1


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        pass


def bomb(handler):
    reply(handler, gzip.compress(b"0" * 50_000_000), Content_Encoding="gzip")


@pytest.mark.parametrize("answer", [endless, bomb, lambda one: reply(one, b"x" * 3_000_000)])
def test_an_answer_that_is_too_large_is_dropped(allowed, answer):
    with serving(answer) as (address, _):
        allowed(address)
        with pytest.raises(fetching.Unreachable, match="larger than 2 MB"):
            fetching.get(address, most=2 * 1024 * 1024)


def drip(handler):
    """One byte of a header at a time, each in time."""
    gone = threading.Event()
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not gone.wait(0.05):
            handler.wfile.write(b"x")
    except OSError:
        pass


def drip_body(handler):
    handler.send_response(200)
    handler.end_headers()
    drip(handler)


@pytest.mark.parametrize("answer", [drip, drip_body])
def test_an_answer_that_comes_too_slowly_is_dropped(allowed, answer):
    with serving(answer) as (address, _):
        allowed(address)
        with pytest.raises(fetching.Unreachable, match="took too long"):
            fetching.get(address, seconds=0.4)


def cut_short(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"half")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (cut_short, "no whole answer|ends before"),
        (lambda one: one.wfile.write(b"\x00\x01nonsense\r\n\r\n"), "no whole answer"),
        (lambda one: reply(one, b"not gzip", Content_Encoding="gzip"), "packed wrongly"),
        (lambda one: reply(one, b"?", Content_Encoding="br"), "not asked for"),
    ],
)
def test_a_broken_answer_is_a_sentence(allowed, answer, problem):
    with serving(answer) as (address, _):
        allowed(address)
        with pytest.raises(fetching.Unreachable, match=problem):
            fetching.get(address)


def test_what_is_packed_is_unpacked(allowed):
    with serving(lambda one: reply(one, gzip.compress(b"<rss/>"), Content_Encoding="gzip")) as (address, _):
        allowed(address)
        assert fetching.get(address).body == b"<rss/>"


def test_a_post_carries_its_body_and_follows_nothing(allowed):
    got = []

    def answer(handler):
        got.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        reply(handler, b"", 307, Location="http://10.0.0.7/")

    with serving(answer) as (address, _):
        allowed(address)
        assert fetching.post(address, b'{"a": 1}', headers={"Content-Type": "application/json"}).status == 307
    assert got == [b'{"a": 1}']
