# SPDX-License-Identifier: GPL-2.0-or-later
"""As much mail as is wanted, made of an archive: copies of it that know nothing of each other.

Copy n of a mail has ids, addresses, names, titles, change-ids and paths of its own, the same ones
in all mails of copy n: clusters, threads and rerolls are as large and as entangled as in the
archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from maintainer_kit.adapters.mail.maildir import Maildir
from maintainer_kit.adapters.mail.source import MailSource
from maintainer_kit.workflow.cataloguing import understand
from maintainer_kit.workflow.ports import BrokenMail

_AT = re.compile(rb"(?<![\w.+=/%-])([\w.+=/%-]+@[\w-]+(?:\.[\w-]+)*)")
_FROM = re.compile(rb"^(From:[ \t]*)(?=\S)", re.MULTILINE)
_SUBJECT = re.compile(rb"^(Subject:[^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE | re.IGNORECASE)
_CHANGE = re.compile(rb"^(change-id: \S+)", re.MULTILINE)
_PATHS = re.compile(rb"^(?:diff --git |--- a/|\+\+\+ b/)[^\n]*$", re.MULTILINE)
_PLACE = re.compile(rb"( [ab]/)")
_SYZBOT = re.compile(rb"(syzbot\+)[0-9a-f]{6}")
_IDS = re.compile(
    rb"^(?:Message-ID|References|In-Reply-To):[^\n]*(?:\n[ \t][^\n]*)*\n", re.M | re.I
)


def make_copy(raw: bytes, number: int) -> bytes:
    """Copy ``number`` of a mail; copy 0 is the mail itself."""
    if not number:
        return raw
    mark = b"c%d" % number
    text = _SYZBOT.sub(rb"\g<1>%06x" % number, _AT.sub(mark + rb".\1", raw))
    text = _FROM.sub(rb"\1" + mark.upper() + b" ", text)
    text = _SUBJECT.sub(rb"\1 " + mark, text, count=1)
    text = _CHANGE.sub(rb"\1-" + mark, text)
    return _PATHS.sub(lambda found: _PLACE.sub(rb"\1" + mark + b"/", found[0]), text)


def copy_id(message_id: str, number: int) -> str:
    """The Message-ID of copy ``number``."""
    if not number:
        return message_id
    return _AT.sub(rb"c%d.\1" % number, message_id.encode()).decode()


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of the archive."""

    message_id: str
    raw: bytes
    is_patch: bool
    is_first_version: bool
    """A patch or cover letter at the top of its thread, whose subject names no version."""


def read_archive(paths: Sequence[Path]) -> list[Mail]:
    """The mails of some mbox files, the first one of each Message-ID."""
    found: dict[str, Mail] = {}
    for source in MailSource(paths):
        if isinstance(source, BrokenMail):
            continue
        message = understand(source.raw).message
        first = message.is_head and not message.parents and b"[PATCH" in source.raw
        first = first and message.subject.revision == 1
        found.setdefault(
            message.message_id, Mail(message.message_id, source.raw, message.is_head, first)
        )
    return list(found.values())


class Folder(Maildir):
    """Copies of an archive, as ``NUMBER/PLACE``, in front of a real folder for new mails."""

    def __init__(self, archive: Sequence[Mail], folder: Path) -> None:
        super().__init__(folder)
        self.archive = archive

    def path(self, at: int) -> str:
        """The path of the mail number ``at``."""
        number, place = divmod(at, len(self.archive))
        return f"{number}/{place}"

    def message_id(self, at: int) -> str:
        number, place = divmod(at, len(self.archive))
        return copy_id(self.archive[place].message_id, number)

    def read(self, path: str) -> bytes:
        if path.startswith("/"):
            return super().read(path)
        number, _, place = path.partition("/")
        return make_copy(self.archive[int(place)].raw, int(number))


class Newcomers:
    """Mails that come to a folder of ``size`` mails, each about one of these by chance."""

    def __init__(self, folder: Folder, size: int) -> None:
        archive = folder.archive
        self._folder = folder
        self._copies = max(1, size // len(archive))
        self._patches = [at for at, one in enumerate(archive) if one.is_patch]
        self._firsts = [at for at, one in enumerate(archive) if one.is_first_version]
        # About the same mails of the archive at each size, in whichever copy of it.
        self._random = Random(1)
        self._any_copy = Random(size)
        self._size = size
        self._number = 0

    def one_of_each(self) -> dict[str, bytes]:
        """A mail of each kind, by the name of the kind."""
        return {"reply": self._reply(), "patch": self._patch(), "reroll": self._reroll()}

    def _reply(self) -> bytes:
        """A review of a patch."""
        raw = self._any(self._patches)
        parent = understand(raw).message
        reviewer = f"Riva Iewer <riva@{self._next()}.example.org>"
        lines = (
            f"From: {reviewer}",
            f"Subject: Re: [PATCH] {parent.subject.title}",
            "Date: Mon, 01 Dec 2025 10:00:00 +0000",
            f"Message-ID: <reply-{self._next()}@example.org>",
            f"In-Reply-To: <{parent.message_id}>",
            "",
            "> Signed-off-by: somebody",
            "Looks good, but why is it needed at all?",
            f"Reviewed-by: {reviewer}",
            "",
        )
        return "\n".join(lines).encode("utf-8", "replace")

    def _patch(self) -> bytes:
        """A patch that belongs to nothing."""
        place = self._random.choice(self._firsts)
        return make_copy(self._folder.archive[place].raw, 1_000_000 + self._size + self._next())

    def _reroll(self) -> bytes:
        """The next version of a patch, in no thread with it."""
        raw = self._any(self._firsts).replace(b"[PATCH", b"[PATCH v2", 1)
        head, _, body = raw.partition(b"\n\n")
        head = _IDS.sub(b"", head + b"\n")
        return b"Message-ID: <reroll-%d@example.org>\n%s\n%s" % (self._next(), head, body)

    def _next(self) -> int:
        self._number += 1
        return self._size + self._number

    def _any(self, places: Sequence[int]) -> bytes:
        number = self._any_copy.randrange(self._copies)
        return self._folder.read(f"{number}/{self._random.choice(places)}")
