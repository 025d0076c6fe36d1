"""A mailbox over IMAP with TLS (RFC 9051): each message once, its attachments, or else its text.

Messages stay where they are and are not marked. How far we have read is kept as the number of the last message, which a
mailbox never gives twice as long as its UIDVALIDITY is the same.
"""

import contextlib
import email
import email.policy
import imaplib
import re
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from articles import fetching

from .parcel import Parcel, Trouble

LARGEST = 25 * 1024 * 1024  # bytes of a message
MOST_AT_ONCE = 200
SECONDS = 20
_NAME = re.compile(r"[^\w.-]+")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def parcels(point, secret: str, folder: Path) -> Iterator[Parcel]:
    """The files of the messages that came since the last look, the oldest first. Raises :class:`Trouble`."""
    try:
        with _opened(point, secret) as (box, validity):
            seen = point.seen if point.seen.get("validity") == validity else {"validity": validity, "last": 0}
            for number in _after(box, seen["last"])[:MOST_AT_ONCE]:
                yield from _of_message(point, box, {"validity": validity, "last": number}, folder)
    except (imaplib.IMAP4.error, OSError, ssl.SSLError) as error:
        # imaplib puts what the server said into the error, never what we said.
        words = str(error)[:150] if isinstance(error, imaplib.IMAP4.error) else type(error).__name__
        raise Trouble(f"The mailbox cannot be read: {words}.") from error


def check(address: str) -> str:
    """What is wrong with the address of a mailbox; "" if nothing is."""
    parts = urlsplit(address)
    if parts.scheme != "imaps" or not parts.hostname or parts.username or parts.password:
        return "A mailbox is given as imaps://server/folder, without a name or password in it."
    return ""


@contextlib.contextmanager
def _opened(point, secret):
    parts = urlsplit(point.address)
    host, port = parts.hostname, parts.port or imaplib.IMAP4_SSL_PORT
    box = _Pinned(host, port)
    try:
        box.login(point.login, secret)
        status, _ = box.select(f'"{unquote(parts.path.strip("/")) or "INBOX"}"', readonly=True)
        if status != "OK":
            raise Trouble("The mailbox has no such folder.")
        yield box, int(box.response("UIDVALIDITY")[1][0])
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            box.logout()


class _Pinned(imaplib.IMAP4_SSL):
    """Connects to an address that was judged, as the web's feeds do."""

    def __init__(self, host, port):
        super().__init__(host, port, ssl_context=ssl.create_default_context(), timeout=SECONDS)

    def _create_socket(self, timeout):
        plain = fetching.connect(self.host, self.port, seconds=timeout or SECONDS)
        return self.ssl_context.wrap_socket(plain, server_hostname=self.host)


def _after(box, last) -> list[int]:
    status, found = box.uid("SEARCH", f"UID {last + 1}:*")
    if status != "OK":
        raise Trouble("The mailbox could not be searched.")
    # "*" is the newest message, also where that is not after the last one.
    return sorted(number for number in map(int, (found[0] or b"").split()) if number > last)


def _of_message(point, box, seen, folder):
    def settle():
        point.seen = seen

    number = str(seen["last"])
    size = _SIZE.search(b"".join(_bytes(box.uid("FETCH", number, "(RFC822.SIZE)")[1])))
    if size and int(size[1]) > LARGEST:
        raw = b"Subject: A message larger than %d MB was left in the mailbox\n" % (LARGEST // 1024 // 1024)
    else:
        raw = max(_bytes(box.uid("FETCH", number, "(BODY.PEEK[])")[1]), key=len, default=b"")
    inside = folder / number
    inside.mkdir()
    files = list(_files(raw, inside))
    for path in files:
        is_last = path == files[-1]
        yield Parcel(f"message {number}: {path.name}", path, settle if is_last else _nothing)
    if not files:
        settle()


def _nothing():
    """A file of a message whose other files are still to be stored."""


def _bytes(answer):
    for part in answer or ():
        yield from (one for one in (part if isinstance(part, tuple) else (part,)) if isinstance(one, bytes))


def _files(raw, inside) -> Iterator[Path]:
    """The attachments of a message, written side by side; where there is none, its text. Pictures go beside."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    copy, pictures = [], []
    for place, part in enumerate(message.walk()):
        name = part.get_filename()
        data = part.get_payload(decode=True) if name or part.get_content_disposition() == "attachment" else None
        if not data:
            continue
        path = inside / (_NAME.sub("_", name or f"attachment-{place}").lstrip(".")[-80:] or f"attachment-{place}")
        if path.exists():
            path = path.with_name(f"{place}-{path.name}")
        path.write_bytes(data)
        (pictures if part.get_content_maintype() == "image" else copy).append(path)
    if not copy:
        # Pictures that nothing goes with have no story to wait for: the message itself is the copy.
        path = inside / "text"
        path.write_bytes(_text(message).encode("utf-8", "replace"))
        copy.append(path)
    yield from copy


def _text(message):
    head = str(message["Subject"] or "").strip()
    try:
        text = message.get_body(("plain", "html"))
        words = text.get_content() if text is not None else ""
    except (KeyError, LookupError, ValueError):
        words = ""
    # The subject is the headline, unless the text begins with it.
    return words if words.lstrip().startswith(head) else f"{head}\n\n{words}"
