# SPDX-License-Identifier: GPL-2.0-or-later
"""What passes between workflow and its ports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from maintainer_kit.lazy.dataclass import dataclass

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.message.message import Message
    from maintainer_kit.model.queue.aspects import Aspects
    from maintainer_kit.model.queue.row import TopicRow
    from maintainer_kit.workflow.position import Revision


@dataclass(frozen=True, slots=True)
class IndexedMessage:
    """A message as notmuch has it."""

    message_id: str
    paths: tuple[str, ...]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a batch of files that was given to the index."""

    before: Revision
    messages: tuple[tuple[str, bool], ...]
    """For each file its message_id, empty where notmuch takes it for no mail, and whether the
    message was known."""
    after: Revision


@dataclass(frozen=True, slots=True)
class Retag:
    """A change of one message's tags."""

    message_id: str
    add: frozenset[str]
    remove: frozenset[str]


@dataclass(frozen=True, slots=True)
class MailFile:
    """One file that holds a message."""

    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that the catalogue keeps of one message."""

    message: Message
    files: tuple[MailFile, ...]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of the queue are wanted; empty fields do not restrict."""

    states: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()
    open_only: bool = True
    """Only what needs action: not archived, and somebody's turn."""
    topic_ids: frozenset[str] | None = None
    now: int = 0
    """Rows that were my turn until a deadline are left out after it; 0 keeps them."""


@dataclass(frozen=True, slots=True)
class ListCount:
    """A list that topics went to."""

    name: str
    """In the form of a List-Id."""
    topics: int
    open: int
    """Of these, where somebody has to act."""
    updated: int
    """Seconds since the epoch, of the newest mail."""


@dataclass(frozen=True, slots=True)
class ClusterTopic:
    """One topic of a cluster."""

    row: TopicRow
    message_ids: tuple[str, ...]
    """All mails of the topic."""
    aspects: Aspects


@dataclass(frozen=True, slots=True)
class Cluster:
    """A connected set of messages with the rows of its topics."""

    messages: Sequence[Message]
    keys: frozenset[str]
    """What other messages can be connected with it by."""
    topics: Sequence[ClusterTopic]
    heads: frozenset[str] = frozenset()
    """Cover letters and patches of the newest posting of each series: what is checked."""


@dataclass(frozen=True, slots=True)
class SourceMail:
    """One mail found in what is to be imported."""

    path: str
    offset: int
    """Where it begins in the file, in bytes."""
    raw: bytes


@dataclass(frozen=True, slots=True)
class BrokenMail:
    """Something in the same place that is no mail, with the reason in words."""

    path: str
    offset: int
    reason: str
