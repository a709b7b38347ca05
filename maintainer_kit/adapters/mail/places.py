# SPDX-License-Identifier: GPL-2.0-or-later
"""Where mail seems to come from on this machine, and of which lists it is."""

from __future__ import annotations

import getpass
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from maintainer_kit.adapters.notmuch.own import Found
from maintainer_kit.model.mail.lists import list_from_id

_LOOKED_AT = 300
"""Mails, the newest: their files are read."""
_SHOWN = 8
_SIGNS = {"procmail": ".procmailrc", "maildrop": ".mailfilter", "sieve": ".dovecot.sieve"}
_FOLDERS = ("Maildir", "Mail", "mail", "mbox")


def guess_mail(users: Found | None) -> str:
    """The name of what most likely brings mail; ``users`` is the user's own notmuch database."""
    if users:
        return "notmuch"
    home = Path.home()
    for name, sign in _SIGNS.items():
        if (home / sign).exists():
            return name
    data = os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"
    if Path(data, "lei", "saved-searches").is_dir():
        return "lei"
    return "mailbox" if find_mailboxes() else "lore"


def find_mailboxes() -> list[Path]:
    """Where mail usually is, if there is any."""
    spool = os.environ.get("MAIL") or f"/var/mail/{getpass.getuser()}"
    places = [*(Path.home() / name for name in _FOLDERS), Path(spool)]
    return [place for place in places if _has_something(place)]


def _has_something(place: Path) -> bool:
    try:
        return any(place.iterdir()) if place.is_dir() else place.stat().st_size > 0
    except OSError:
        return False


def look_at_mail(database: Found) -> tuple[bool, list[str]]:
    """Whether there is any, and the lists of the newest, the busiest first.

    Of a database that cannot be opened nothing is said: that is ``mkit doctor``'s.
    """
    import notmuch2

    try:
        config = str(database.config) if database.config else notmuch2.Database.CONFIG.EMPTY
        with closing(notmuch2.Database(str(database.path), config=config)) as db:
            seen = Counter(islice(_lists_of(db), _LOOKED_AT))
    except (notmuch2.NotmuchError, OSError):
        return False, []
    busiest = sorted(seen.items(), key=lambda one: (-one[1], one[0]))
    return bool(seen), [name for name, _ in busiest if name][:_SHOWN]


def _lists_of(db: object) -> Iterator[str]:
    """The list of each mail, newest first; empty for one of none."""
    import notmuch2

    newest = notmuch2.Database.SORT.NEWEST_FIRST
    for message in db.messages("*", sort=newest):  # type: ignore[attr-defined]
        try:
            yield list_from_id(message.header("List-Id")) or ""
        except (LookupError, notmuch2.NotmuchError):
            yield ""
