# SPDX-License-Identifier: GPL-2.0-or-later
"""``deliver``: one mail into the Maildir of imports, or to those that are none."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from maintainer_kit.adapters.home import find_home
from maintainer_kit.adapters.living import Giver
from maintainer_kit.adapters.mail.delivery import IncomingMail
from maintainer_kit.adapters.mail.delivery_place import find_mail_folder
from maintainer_kit.adapters.mail.mbox import why_no_mail
from maintainer_kit.errors import Refused

_ENDLESS = 10
"""A stream of so many times the limit is no mail: it is not kept, as it might fill the disk."""


class Delivered(NamedTuple):
    """Where a mail is now, on disk for good."""

    path: Path
    refused: str
    """Why it is no mail, and was kept apart; empty for a mail."""


def deliver(source: int, limit: int, process: int | None = None) -> Delivered:
    """Take the mail that ``process``, or our parent, writes to a file descriptor; above ``limit``
    bytes it is kept apart.

    Nothing is left of one that could not be taken: OSError or an MkitError says why.
    """
    giver = Giver(process)
    home = find_home()
    mail = IncomingMail(find_mail_folder(home))
    try:
        mail.fill(source, limit * _ENDLESS)
        if giver.is_gone:
            raise Refused("whoever handed the mail over is gone: it may be half of it")
        if reason := _why_refused(mail, limit):
            from maintainer_kit.adapters.mail.refused import refused_mail

            return Delivered(refused_mail(home).keep(mail, reason), reason)
        return Delivered(mail.keep(), "")
    finally:
        mail.close()


def _why_refused(mail: IncomingMail, limit: int) -> str:
    """As an import would say of it."""
    if mail.size > limit:
        return f"larger than {limit >> 20} MiB"
    head = mail.head()
    return why_no_mail(head, 0, len(head))
