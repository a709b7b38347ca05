# SPDX-License-Identifier: GPL-2.0-or-later
"""What the scripts tell, as facts: topics, series, patches, and a draft of every mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sample_mboxes.generator.cast import Person
from sample_mboxes.generator.script import Section
from sample_mboxes.generator.tree import Edit


@dataclass(frozen=True)
class Topic:
    """What one script file opens: its name, its place, its people, its expected turn."""

    slug: str
    list_key: str
    author: Person
    style: str
    """send-email or b4."""

    turn: str
    """Whose turn a careful reader would say it is on the last day, and in `why` the reason."""

    why: str
    cc: tuple[str, ...]


@dataclass(frozen=True)
class Patch:
    """A patch as its author has it in git."""

    ref: str
    number: int
    subject: str
    author: Person
    body: str
    """Commit message below the subject, trailers included; placeholders not yet filled."""

    notes: str
    edits: tuple[Edit, ...]
    section: Section
    chat: str = ""
    """Talk above the scissors, for a patch that comes inside a reply."""


@dataclass(frozen=True)
class Series:
    """One posting; `total` counts patches, those that never arrive included."""

    key: str
    topic: Topic
    revision: int
    total: int
    sender: Person
    date: datetime
    style: str
    section: Section
    cover: Section | None
    patches: tuple[Patch, ...]

    @property
    def is_partial(self) -> bool:
        """Whether only some patches of the series were posted, on purpose."""
        return "partial" in self.section.words


@dataclass(frozen=True)
class Draft:
    """A mail, not yet written out."""

    ref: str
    """As scripts name it: `topic:v2/3` or `topic:reply-id`."""

    topic: Topic
    kind: str
    list_key: str
    sender: Person
    date: datetime
    message_id: str
    subject: str
    parents: tuple[str, ...]
    section: Section
    series: Series | None = None
    patch: Patch | None = None

    @property
    def oddity(self) -> str:
        """What is odd about it, for the manifest."""
        own, series = self.section.get("oddity"), ""
        if self.series is not None and self.is_first:
            series = self.series.section.get("oddity")
        return "; ".join(dict.fromkeys(filter(None, (series, own))))

    @property
    def is_first(self) -> bool:
        """Whether it opens a posting: the cover letter, or the first patch where there is none."""
        if self.series is None or self.patch is None:
            return True
        return self.series.cover is None and self.patch is self.series.patches[0]


@dataclass
class Story:
    """All that the scripts tell."""

    topics: list[Topic] = field(default_factory=list)
    series: dict[str, Series] = field(default_factory=dict)
    patches: dict[str, Patch] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
