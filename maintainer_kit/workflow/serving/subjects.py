# SPDX-License-Identifier: GPL-2.0-or-later
"""Which subjects are one to an archive: mails of one subject are shown as a part of each thread
that a mail of it is asked for from, as public-inbox does (``sid`` in its over.sqlite3)."""

from __future__ import annotations

import re

_OTHERS = re.compile(r"[^\w.~/-]+")
_REPLY = "re: "


def subject_key(subject: str) -> int:
    """The same number for subjects that count as one, in this process; 0 for no subject."""
    words = " ".join(subject.split()).rstrip(".")
    if words[: len(_REPLY)].lower() == _REPLY:
        words = words[len(_REPLY) :]
    return hash(_OTHERS.sub("_", words).lower()) if subject else 0
