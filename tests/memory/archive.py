# SPDX-License-Identifier: GPL-2.0-or-later
"""An archive and marks in memory: what a list received when, and what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from maintainer_kit.workflow.pulling.archive import Answer, NotInArchive, Span, TooMuch
from maintainer_kit.workflow.records import SourceMail

_RANGE = re.compile(r"rt:(\d+)\.\.(\d*)")


@dataclass
class MemoryArchive:
    """Knows one kind of question: what came from one second to another."""

    received: Mapping[int, bytes]
    """Mails by the time at which they came."""
    most: int = 1000
    """Mails that are given at once."""
    url: str = "https://archive.example/foo"
    asked: list[str] = field(default_factory=list)
    now: int = 0

    def thread(self, message_id: str, *, kept: bool = True) -> Answer:
        raise NotInArchive(message_id)

    def news(self, message_id: str, since: int) -> Answer | None:
        return None

    def search(self, query: str, *, threads: bool = False) -> Answer:
        self.asked.append(query)
        found = _RANGE.fullmatch(query)
        assert found, query
        begin, end = int(found[1]), int(found[2] or 1 << 40)
        mails = [raw for time, raw in sorted(self.received.items()) if begin <= time <= end]
        if len(mails) > self.most:
            raise TooMuch("too much")
        return Answer([SourceMail(self.url, 0, raw) for raw in mails], self.now)

    def check(self) -> None: ...

    def forget(self) -> None: ...


@dataclass
class MemoryMarks:
    """Marks that are gone after."""

    spans: dict[str, Span] = field(default_factory=dict)

    def get(self, key: str) -> Span | None:
        return self.spans.get(key)

    def put(self, key: str, span: Span) -> None:
        self.spans[key] = span
