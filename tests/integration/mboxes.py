# SPDX-License-Identifier: GPL-2.0-or-later
"""Write the four dialects of mbox, and Maildirs, from mails."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

SEPARATOR = b"From bo@shale.example Mon Jan  5 09:00:00 2026\n"


def mboxo(mails: Sequence[bytes]) -> bytes:
    """Quotes ``From `` at the start of a line, and never says so."""
    return b"".join(SEPARATOR + re.sub(rb"(?m)^From ", b">From ", raw) + b"\n" for raw in mails)


def mboxrd(mails: Sequence[bytes]) -> bytes:
    """Quotes such lines, and those that are quoted already: it can be taken back."""
    return b"".join(SEPARATOR + re.sub(rb"(?m)^(>*From )", rb">\1", raw) + b"\n" for raw in mails)


def mboxcl(mails: Sequence[bytes]) -> bytes:
    """As mboxrd, and says how long each body is, quoting included."""
    return b"".join(SEPARATOR + _counted(mboxrd([raw])[len(SEPARATOR) : -1]) for raw in mails)


def mboxcl2(mails: Sequence[bytes]) -> bytes:
    """Says how long each body is, and quotes nothing."""
    return b"".join(SEPARATOR + _counted(raw) for raw in mails)


def _counted(raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\n\n")
    return head + b"\nContent-Length: %d\n\n" % len(body) + body + b"\n"


DIALECTS: dict[str, Callable[[Sequence[bytes]], bytes]] = {
    "mboxo": mboxo,
    "mboxrd": mboxrd,
    "mboxcl": mboxcl,
    "mboxcl2": mboxcl2,
}


def maildir(folder: Path, mails: Sequence[bytes], part: str = "cur", stem: str = "m") -> Path:
    """A Maildir with its three directories, and the mails in one of them."""
    for one in ("cur", "new", "tmp"):
        (folder / one).mkdir(parents=True, exist_ok=True)
    flags = ":2,S" if part == "cur" else ""
    for at, raw in enumerate(mails):
        (folder / part / f"{stem}{at}{flags}").write_bytes(raw)
    return folder


def body_of(raw: str) -> str:
    """What comes after a mail's header."""
    return raw.partition("\n\n")[2]
