# SPDX-License-Identifier: GPL-2.0-or-later
"""What workflow needs from the outside, as protocols. adapters/ implements them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from maintainer_kit.checks.finding import Finding
from maintainer_kit.model.decision.event import Decisions, EventKind, Group
from maintainer_kit.model.message.check import Check
from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.model.queue.line import Line
from maintainer_kit.model.queue.listed import Listed
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.queue.standing import Standing
from maintainer_kit.workflow.position import JournalView, Position, Revision
from maintainer_kit.workflow.records import (
    Added,
    BrokenMail,
    Cluster,
    ClusterTopic,
    IndexedMessage,
    ListCount,
    MailFile,
    Record,
    Retag,
    Selection,
    SourceMail,
)

if TYPE_CHECKING:  # only queries ask so
    from maintainer_kit.workflow.searching import Wanted


class IndexWriter(Protocol):
    """An index open for writing; nobody else can write meanwhile."""

    def add(self, items: Sequence[tuple[str, frozenset[str]]]) -> list[tuple[str, bool]]:
        """Index files in one atomic section, each with tags for a message that is new.

        Gives the message_id of each, empty where notmuch takes the file for no mail, and whether
        the message was known.
        """

    def retag(self, changes: Iterable[Retag]) -> None:
        """Change tags in one atomic section; messages that are gone are passed over."""

    def revision(self) -> Revision: ...


class Adder(Protocol):
    """Adds batches of files to the index while its caller does something else."""

    def start(self, items: Sequence[tuple[str, frozenset[str]]]) -> None:
        """Begin to add files, each with tags for a message that is new; one batch at a time."""

    def finish(self) -> Added:
        """Wait for the batch that was started; raises IndexLocked or IndexFailure."""


class MailIndex(Protocol):
    """notmuch: which mail there is, with its tags. Limited to ``mkit.query`` when reading."""

    @property
    def is_own(self) -> bool:
        """Whether mkit made this index for itself, and so may run its indexing."""

    def refresh(self, wait: float = 30.0, *, force: bool = False) -> bool:
        """In mkit's own index: index what came into the mail folders; whether anything was done.

        With ``force`` all folders are looked at, changed or not. Raises IndexLocked when another
        program writes to the index for longer than ``wait`` seconds.
        """

    def revision(self) -> Revision: ...

    def count(self) -> int: ...

    def changed(self, since: int) -> Iterator[IndexedMessage]:
        """Messages added, re-tagged or moved after modification number ``since``."""

    def message_ids(self) -> set[str]: ...

    def find(self, message_ids: Iterable[str]) -> list[IndexedMessage]:
        """Those of the messages that are there."""

    def search(self, query: str) -> list[str]:
        """Message-IDs that match a query in notmuch's syntax, newest first.

        Raises Refused with notmuch's words when the query cannot be read.
        """

    def addresses(self) -> tuple[str, ...]:
        """The user's addresses by notmuch's own configuration."""

    def adding(self) -> AbstractContextManager[Adder]:
        """Add many files; what was started is finished when the context ends."""

    def writing(self, wait: float) -> AbstractContextManager[IndexWriter]:
        """Open for writing, waiting at most ``wait`` seconds; raises IndexLocked."""


class Catalogue(Protocol):
    """The projection of mail and decisions; may be deleted and made anew at any time."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; other writers wait, readers do not."""

    def position(self) -> Position | None:
        """None in a fresh catalogue."""

    def set_position(self, position: Position) -> None: ...

    def clear(self) -> None:
        """Forget everything."""

    # mail
    def count(self) -> int: ...

    def message_ids(self) -> set[str]: ...

    def records(self, message_ids: Collection[str]) -> dict[str, Record]: ...

    def put_records(self, records: Iterable[Record]) -> None: ...

    def tags(self, message_ids: Collection[str]) -> dict[str, frozenset[str]]: ...

    def put_tags(self, tags: Mapping[str, frozenset[str]]) -> None: ...

    def drop_messages(self, message_ids: Collection[str]) -> None: ...

    def announcing(self, message_ids: Collection[str]) -> dict[str, set[str]]:
        """The mails that announce commits which name these messages, whether these are here or
        not."""

    def known_fingerprints(self, fingerprints: Collection[str]) -> dict[str, str]:
        """Of these, the ones already held, with a file that holds it."""

    # tags still to be looked at
    def dirty(self) -> set[str]:
        """Messages whose tags may not tell their state; every change of a message, its topic or
        its state adds to them in the same transaction."""

    def has_dirty(self) -> bool: ...

    def soil(self, message_ids: Collection[str]) -> None: ...

    def clean(self, message_ids: Collection[str]) -> None: ...

    # topics
    def clusters_with(self, message_ids: Collection[str], keys: Collection[str]) -> set[int]: ...

    def all_clusters(self) -> list[int]: ...

    def cluster_messages(self, clusters: Collection[int]) -> dict[str, Message]: ...

    def replace_clusters(self, old: Collection[int], new: Iterable[Cluster]) -> None: ...

    def topic_ids(self, message_ids: Collection[str]) -> dict[str, str]:
        """The topic of each message that is in one."""

    def resolve_topic(self, prefix: str) -> list[str]:
        """Topics whose id, or the id of one of whose messages, begins so."""

    def totals(self) -> tuple[int, int]:
        """How many series (postings) and how many topics there are."""

    def select(self, wanted: Selection) -> Listed:
        """Topic id and turn of all rows that match, in the order of the queue."""

    def rows(self, topic_ids: Collection[str]) -> list[TopicRow]:
        """These rows, in the order of the queue; ids that are gone are passed over."""

    def lines(self, wanted: Selection) -> list[Line | TopicRow]:
        """What lists show of all rows that match, in the order of the queue; the rows themselves
        where that depends on the clock."""

    def topic_messages(self, topic_ids: Collection[str]) -> dict[str, list[str]]:
        """Message-IDs of all mails of each of these topics."""

    # lists
    def lists_mark(self) -> str:
        """What was learnt about lists; empty before the first time, and after ``clear``."""

    def set_lists_mark(self, mark: str) -> None: ...

    def addressed(self) -> set[str]:
        """All ``Intake.addresses`` of topics."""

    def unlisted(self) -> list[str]:
        """The topics that have any, by id."""

    def lists_among(self, names: Collection[str]) -> set[str]:
        """Those of the names that are lists of any topic."""

    def count_routes(self, lists: Collection[str]) -> tuple[int, int]:
        """Topics that weigh (see ``Intake``): how many went to a list, where these are lists too,
        and how many to none."""

    def count_ignored(self) -> int:
        """How many topics rules of intake keep out of the queue."""

    def count_lists(self) -> list[ListCount]:
        """All lists of topics, sorted by name."""

    def snoozed(self) -> list[tuple[str, int, str]]:
        """Topics that are snoozed, or were until mail came: id, when the clock brings them back in
        seconds since the epoch, and the tag that does."""

    def waiting(self, now: int) -> set[str]:
        """Topics of which it is the tests' turn at ``now``, in seconds: see ``TopicRow.waits``."""

    def topics_by(self, wanted: Wanted) -> set[str]:
        """Ids of the topics of which it is so."""

    def delegates(self) -> dict[str, str]:
        """Who is to decide, as written, by topic; topics of nobody in particular left out."""

    def paths_of(self, topic_ids: Collection[str] | None = None) -> dict[str, list[str]]:
        """Files that the newest patches touch, by topic, sorted; of all topics without ids. Topics
        that touch none are left out."""

    def topics_touching(self, start: str) -> dict[str, list[str]]:
        """By path that begins with ``start``, the topics that touch it."""

    def put_standings(self, standings: Mapping[str, Standing]) -> None:
        """New standing by topic id."""

    # findings
    def unchecked(self, mark: str, newest: int) -> list[str]:
        """Of the ``newest`` newest open series those of whose newest posting a mail was not checked
        under this mark; the newest first."""

    def put_findings(self, mark: str, found: Mapping[str, Sequence[Finding]]) -> None:
        """What rules said of each of these mails, instead of what they said before; ``mark`` tells
        rules and profiles apart. Mails that are gone are passed over."""

    def findings(
        self, message_ids: Collection[str], mark: str = ""
    ) -> dict[str, tuple[Finding, ...]]:
        """Findings of those of the mails that were checked, under this mark or, without one, any;
        their places have no line of a file."""

    # landings
    def landings(
        self, message_ids: Collection[str] | None = None
    ) -> dict[str, tuple[Landing, ...]]:
        """Where these messages, or all, were seen as commits; the sure ones first. They outlive
        ``clear``: they come from git."""

    def claimants(self, commits: Collection[str]) -> set[str]:
        """Messages that were seen as one of these commits."""

    def put_landings(self, found: Mapping[str, Sequence[Landing]]) -> None:
        """All that is known of these messages now; they count as matched."""

    def unmatched(self) -> set[str]:
        """Messages that came in, or changed, since landings were looked for."""

    def newly_announced(self) -> set[str]:
        """Messages that those of the unmatched name which announce commits; not all are here."""

    def unmatch(self, message_ids: Collection[str] | None = None) -> None:
        """Let landings of these messages, or of all, be looked for again."""

    def count_patches(self) -> int: ...

    def landed_mark(self) -> str:
        """What landings were looked for in, and how; empty before the first time."""

    def set_landed_mark(self, mark: str) -> None: ...

    # tests that ran here
    def tested(self, message_ids: Collection[str]) -> dict[str, tuple[Check, ...]]:
        """What they say of these messages, by context. They outlive ``clear``, as landings do."""

    def put_tested(self, found: Mapping[str, Sequence[Check]]) -> None:
        """What they say now, instead of what was said before in the same context."""

    # decisions
    def groups(self) -> list[Group]: ...

    def last_time(self) -> int:
        """Time of the latest group, in microseconds since the epoch; 0 without any."""

    def last_value(self, kind: str) -> str:
        """The value of the last decision of that kind that is about no message; empty without."""

    def put_groups(self, groups: Iterable[Group]) -> None:
        """Take decisions over; those already there change nothing."""

    def forget_groups(self) -> None: ...

    def decisions(self, message_ids: Collection[str]) -> Decisions: ...

    def decided_messages(self, kinds: Collection[EventKind] = ()) -> set[str]:
        """Messages about which anything, or anything of these kinds, was ever decided."""


class Journal(Protocol):
    """Decisions, append-only: the truth of what people decided."""

    def append(self, group: Group) -> None:
        """Durable when it returns; on an error nothing of it is left."""

    def mark_written(self, group_ids: Iterable[str], uuid: str) -> None:
        """Note that the tags of these groups are in the index of that uuid."""

    def read(self, since: str = "") -> JournalView:
        """What came after a mark; all of it when the mark is empty or no longer fits."""


class MailFolder(Protocol):
    """The Maildir that imported mail is stored in."""

    def existing(self) -> dict[str, str]:
        """Path by base name (without Maildir flags) of all that is stored."""

    def store(self, mails: Sequence[tuple[str, bytes]]) -> list[str]:
        """Write mails under these base names, durable when it returns; gives their paths."""

    def read(self, path: str) -> bytes:
        """A mail's bytes from any path of the index; raises NotFound when it is gone."""


class LeftOut(Protocol):
    """What imports could not take in, for whoever asks later what is wrong; made anew for each."""

    def is_read(self, path: str) -> None:
        """Something of this file is read now: what is known of it, or of a folder above it, is
        past once this import is noted."""

    def note(self, broken: Sequence[BrokenMail]) -> None:
        """Remember these, as far as they came from files. Raises StateError."""


class Progress(Protocol):
    """Where long work says how far it is; may raise to stop it."""

    def advance(self, done: int, total: int | None = None) -> None: ...


Clock = Callable[[], int]
"""Microseconds since the epoch."""

Lock = Callable[[float], AbstractContextManager[bool]]
"""Wait that many seconds for the lock of the projection; False inside when it was not had."""


__all__ = [
    "Added",
    "Adder",
    "BrokenMail",
    "Catalogue",
    "Clock",
    "Cluster",
    "ClusterTopic",
    "IndexWriter",
    "IndexedMessage",
    "Journal",
    "JournalView",
    "ListCount",
    "Lock",
    "MailFile",
    "MailFolder",
    "MailIndex",
    "Position",
    "Progress",
    "Record",
    "Retag",
    "Revision",
    "Selection",
    "SourceMail",
]
