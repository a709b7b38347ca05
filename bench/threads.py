# SPDX-License-Identifier: GPL-2.0-or-later
"""An mbox in threads, each in a file of its own, for tools that are asked thread by thread."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_ID = re.compile(rb"<([^<>]+)>")


class Threads:
    """The mbox in pieces that no References connect, each a file with its mails as they were."""

    def __init__(self, paths: Sequence[Path], base: Path) -> None:
        self._parent: dict[str, str] = {}
        mails = [mail for path in paths for mail in _mails(path)]
        for ids, _ in mails:
            for one in ids[1:]:
                self._join(ids[0], one)
        self.files: dict[str, Path] = {}
        pieces: dict[str, list[bytes]] = {}
        for ids, raw in mails:
            pieces.setdefault(self._find(ids[0]), []).append(raw)
        for at, (root, raws) in enumerate(pieces.items()):
            self.files[root] = base / f"{at}.mbox"
            self.files[root].write_bytes(b"\n".join(raws))

    def file_of(self, message_id: str) -> Path | None:
        return self.files.get(self._find(message_id))

    def _find(self, key: str) -> str:
        while (above := self._parent.setdefault(key, key)) != key:
            self._parent[key] = self._parent[above]
            key = above
        return key

    def _join(self, one: str, other: str) -> None:
        self._parent[self._find(other)] = self._find(one)


def _mails(path: Path) -> Iterator[tuple[list[str], bytes]]:
    """Ids and bytes of each mail; b4 passes over those without an id, too."""
    box = mailbox.mbox(path, create=False)
    for key in box.iterkeys():
        raw = box.get_bytes(key, from_=True)
        ids = list(header_ids(raw))
        if ids:
            yield ids, raw


def header_ids(raw: bytes) -> Iterator[str]:
    """A mail's own id, then all those it refers to."""
    head = re.sub(rb"\r?\n[ \t]+", b" ", raw.partition(b"\n\n")[0])
    lines = head.split(b"\n")
    for wanted in (b"message-id:", b"in-reply-to:", b"references:"):
        for line in lines:
            if line.lower().startswith(wanted):
                found = _ID.findall(line)
                yield from (one.decode("utf-8", "replace") for one in found)
