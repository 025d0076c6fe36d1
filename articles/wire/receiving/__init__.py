"""Copy that arrives by itself: each ``FeedPoint`` is looked at when it is due, and what is new goes through the intake.

    web.py      an address: conditional requests, so that nothing is fetched twice
    folder.py   a watched folder: a file that has come whole is read, then put aside
    mailbox.py  a mailbox over IMAP: each message once
    points.py   which are due, one look at one of them, and how long to wait after a failure

What a look brings is settled with its origin only after it is stored. Whatever dies in between is looked at again, and
the intake knows each item: the records are those of one clean run.
"""

from .points import due, look, look_at_all

__all__ = ["due", "look", "look_at_all"]
