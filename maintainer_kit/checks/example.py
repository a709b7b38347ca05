# SPDX-License-Identifier: GPL-2.0-or-later
"""Examples of rules: patches that differ from a good one in what the rule is about.

Each is a test of its rule, and is shown by ``mkit check --explain``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

ADA = "Ada Author <ada@quarry.example>"
ROBIN = "Robin Maintainer <robin@lumen.example>"
BO = "Bo Reviewer <bo@shale.example>"
LIST = "pebblefs@lists.lumen.example"
POSTED = 1_767_603_600
"""When an example is posted: 2026-01-05 09:00 UTC."""

DIFF = """\
diff --git a/fs/pebble/super.c b/fs/pebble/super.c
index 1d3b2a7..9c8e5f0 100644
--- a/fs/pebble/super.c
+++ b/fs/pebble/super.c
@@ -12,4 +12,5 @@ static int pebble_fill(struct super *sb)
 \tint error;
 \terror = pebble_read(sb);
+\tpebble_put(sb);
 \treturn error;
 }
"""
BODY = """\
When the super block cannot be read, its buffer is never given back.
A mount that fails a thousand times takes all memory with it.

Give the buffer back. Found with kmemleak, tried with a broken image."""


class Example(NamedTuple):
    """A patch mail, or another kind of input, by what differs from a good one.

    A tuple, as two hundred of them are made whenever the rules are imported.
    """

    subject: str = "[PATCH] pebble: give the buffer back when a mount fails"
    sender: str = ADA
    body: str = BODY
    trailers: str = f"Signed-off-by: {ADA}"
    notes: str = ""
    diff: str = DIFF
    headers: Mapping[str, str] = MappingProxyType({})
    """Headers besides the usual ones, or instead of them; an empty value leaves one out."""
    raw: bytes = b""
    """The whole mail, where it cannot be made from the other fields."""
    kind: str = "mail"
    """What it is given as: mail, file (git format-patch's), commit, message (of git commit), or
    staged."""
    rest: tuple[Example, ...] = ()
    """The other patches of the series, the first one's cover letter among them."""
    earlier: tuple[Example, ...] = ()
    """Mails that the index holds: the older revision, and the answers to it."""
    profile: str = ""
    """Where the rule speaks only in some profile."""
    maintainers: str = ""
    """Text of a MAINTAINERS file."""
    hours: int = 0
    """How long after POSTED it is posted."""

    @property
    def message_id(self) -> str:
        """Its own, from its headers or its subject."""
        given = self.headers.get("Message-ID", "")
        if given:
            return given.strip("<>")
        words = "".join(c if c.isalnum() else "-" for c in f"{self.subject}-{self.hours}").strip(
            "-"
        )
        return f"{words.lower()}@quarry.example"

    def with_(self, **changes: object) -> Example:
        """The same with other fields."""
        return self._replace(**changes)  # type: ignore[arg-type]

    @property
    def message(self) -> str:
        """As a commit message: title, body and trailers."""
        title = self.subject.rpartition("] ")[2]
        return "\n\n".join(part for part in (title, self.body, self.trailers) if part) + "\n"

    @property
    def text(self) -> str:
        """The text of the mail below its headers."""
        above = "\n\n".join(part for part in (self.body, self.trailers) if part)
        if not self.diff:
            return f"{above}\n"
        notes = f"{self.notes}\n" if self.notes else ""
        return f"{above}\n---\n{notes}\n{self.diff}-- \n2.47.0\n"

    @property
    def mail(self) -> bytes:
        """As a mail, with the headers that git send-email would give it."""
        return self.raw or self._written({"Message-ID": f"<{self.message_id}>"})

    @property
    def file(self) -> bytes:
        """As git format-patch writes it."""
        if self.raw:
            return self.raw
        return (
            b"From 9c8e5f0d1a2b3c4d5e6f708192a3b4c5d6e7f809 Mon Sep 17 00:00:00 2001\n"
            + self._written({})
        )

    def _written(self, more: Mapping[str, str]) -> bytes:
        from email.utils import formatdate  # only what is shown or tested needs a date

        fields = {
            "From": self.sender,
            "To": f"{ROBIN}, {LIST}",
            "Subject": self.subject,
            "Date": formatdate(POSTED + self.hours * 3600),
            **more,
        }
        fields |= self.headers
        head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
        return f"{head}\n{self.text}".encode("utf-8", "surrogateescape")

    def series(self) -> Iterator[Example]:
        """It and the rest of its series."""
        yield self
        yield from self.rest


GOOD = Example()
"""A patch that nobody has anything to say about."""
COVER = Example(
    subject="[PATCH 0/2] pebble: mounts that fail",
    body="Mounts that fail leak, and say too little. Both are seen with a broken image.",
    trailers="",
    diff="",
)
