"""Slowing down who guesses passwords, without shutting out whose password it is.

From one address at most ``MOST`` wrong guesses are heard within ``WINDOW`` at one account, and as many at all those
together that never got in from there. So an outsider shuts nobody out but themselves, and a colleague who mistypes
shuts out nobody else. Whoever has to wait is not heard at all: a right guess is not told from a wrong one.
"""

import ipaddress
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import SignIn

MOST = 10
WINDOW = timedelta(minutes=15)
# For so long it is remembered that somebody works at an address.
REMEMBERED = timedelta(days=90)


class TooMany(Exception):
    """So many wrong guesses came from there that the next is heard from ``until`` on."""

    def __init__(self, until: datetime):
        self.until = until
        super().__init__("Too many wrong guesses.")


def begin(account: str, address: str, at=None) -> SignIn:
    """Count a guess, before the password is looked at: as wrong, until :func:`got_in` says that it was right.

    However many come at once, none is heard that is one too many. Raises :class:`TooMany`.
    """
    at = at or timezone.now()
    guess = SignIn.objects.create(account=_hidden(account), address=_network(address), at=at)
    known = SignIn.objects.filter(account=OuterRef("account"), address=OuterRef("address"), got_in=True)
    wrong = SignIn.objects.filter(address=guess.address, at__gt=at - WINDOW, got_in=False).exclude(pk=guess.pk)
    rows = list(wrong.annotate(is_known=Exists(known)).order_by("-at").values_list("account", "is_known", "at"))
    own = [when for who, _, when in rows if who == guess.account]
    strangers = [when for _, is_known, when in rows if not is_known]
    if len(own) < MOST and (len(strangers) < MOST or known_here(guess)):
        return guess
    guess.delete()
    times = own if len(own) >= MOST else strangers
    raise TooMany(times[MOST - 1] + WINDOW)


def known_here(guess: SignIn) -> bool:
    """Whether that account got in from that address before."""
    return SignIn.objects.filter(account=guess.account, address=guess.address, got_in=True).exists()


def got_in(guess: SignIn) -> None:
    """The guess was right: what was guessed wrong before it is forgotten, and the address is remembered."""
    same = SignIn.objects.filter(account=guess.account, address=guess.address)
    same.exclude(pk=guess.pk).delete()
    same.filter(pk=guess.pk).update(got_in=True)


def forget_old(at=None) -> None:
    """Throw away what nothing asks for any more."""
    at = at or timezone.now()
    SignIn.objects.filter(got_in=False, at__lte=at - WINDOW).delete()
    SignIn.objects.filter(got_in=True, at__lte=at - REMEMBERED).delete()


def _hidden(account):
    return salted_hmac("articles.guessing", account, algorithm="sha256").hexdigest()


def _network(address):
    """The address; of IPv6 the network, of which one person has 2⁶⁴ addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)
