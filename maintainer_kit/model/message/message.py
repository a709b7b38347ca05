# SPDX-License-Identifier: GPL-2.0-or-later
"""What one mail says, as facts: the unit that the catalogue keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.announced import Announced
from maintainer_kit.model.message.check import Check
from maintainer_kit.model.message.pull import Pull
from maintainer_kit.model.message.subject import Subject
from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.model.patch.diff import Diff


class Kind(StrEnum):
    """What a mail is."""

    PATCH = "patch"
    COVER = "cover"
    FOLLOW_UP = "follow-up"
    BOT_REPORT = "bot-report"
    PULL_REQUEST = "pull-request"
    COMMIT = "commit-notification"
    REPORT = "report"
    OTHER = "other"
    UNREADABLE = "unreadable"
    """Its file could not be read; a place-holder until it can."""


HEADS = frozenset({Kind.PATCH, Kind.COVER})
"""Kinds that make a series."""


class Says(StrEnum):
    """What the unquoted text of a mail says to its reader."""

    QUESTION = "question"
    COMMENT = "comment"
    PROMISE = "promise"
    """The writer is going to send something: "will fix in v3"."""
    WILL_LOOK = "will-look"
    """The writer is going to look at it, test it or take it: "I will review this tomorrow"."""
    APPLIED = "applied"
    WITHDRAWN = "withdrawn"
    """The writer takes back what he sent: "please ignore this series"."""
    WHOLE = "whole"
    """And it says so of all patches: "both applied", "please ignore this series"."""
    PING = "ping"
    """Nothing but a request to go on: "ping", "any comments?"."""
    FAILED = "failed"
    """A bot found something broken."""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, understood by itself: nothing here depends on any other mail."""

    message_id: str
    """Without angle brackets, as notmuch keys it."""
    kind: Kind
    subject: Subject
    full_subject: str
    author: Person
    """Who wrote the patch or the mail: in-body From:, else the sender."""
    submitter: Person
    """Who sent it, with a list's rewriting of From: taken back."""
    date: int
    """Seconds since the epoch; 0 when the mail has no Date, or an absurd one."""
    parents: tuple[str, ...]
    """Message-IDs it answers, the nearest first: In-Reply-To, then References from the end."""
    to: tuple[str, ...]
    cc: tuple[str, ...]
    """Addresses in lower case."""
    lists: tuple[str, ...]
    diff: Diff | None
    patch_id: str | None
    trailers: tuple[Trailer, ...]
    """Of a patch or cover letter: in its text. Of a follow-up: given by it."""
    says: frozenset[Says]
    change_id: str
    base_commit: str
    prerequisites: tuple[str, ...]
    links: tuple[str, ...]
    """Message-IDs that it names as older revisions of itself ("Link to v1: ...")."""
    commits: tuple[str, ...]
    """Commit ids that a notification or a bot names."""
    bot: str
    """Name of the bot that sent it, by the table of bots; else empty."""
    oddities: tuple[str, ...]
    """What is unusual about the mail, each in a few words."""
    sketch: tuple[int, ...] = ()
    """Of a patch: the smallest hashes of the lines it changes, by which diffs are compared."""
    landmarks: tuple[int, ...] = ()
    """Of a patch: hashes of the few changed lines by which its rerolls are found."""
    mends: tuple[str, ...] = ()
    """Of a patch: the reports that it says to close, as Message-IDs or ``syzbot+HASH``."""
    reported: str = ""
    """Of a report: the name besides its Message-ID under which patches know it: ``syzbot+HASH``."""
    lacks: tuple[str, ...] = ()
    """Of a report: what whoever looks into it will ask for: version, steps, bisect."""
    commands: tuple[str, ...] = ()
    """Commands to trackers of regressions, without their prefix: ``regzbot introduced: v6.1``; and
    orders to us, with it: ``pw-bot: accepted``."""
    pull: Pull | None = None
    deadline: int = 0
    """Until when answers are asked for, seconds since the epoch; 0 when the mail sets no date."""
    checks: tuple[Check, ...] = ()
    asks: tuple[str, ...] = ()
    """Digests of the questions in its own words."""
    answers: tuple[str, ...] = ()
    """Digests of the quoted questions below which it says something."""
    called: tuple[str, ...] = ()
    """First names, in lower case, of those it speaks to in its text: ``Robin, can you ...?``."""
    listed: tuple[str, ...] = ()
    """Message-IDs in a list of revisions ("v2: URL"), which may be those of something else."""
    withdrawn: tuple[Trailer, ...] = ()
    """Trailers that its writer takes back."""
    review_of: str = ""
    """Of a mail of a stable review: the release candidate that its cover letter names
    (``6.1.73-rc1``), or the tree that its patches name (``6.1``)."""
    announced: tuple[Announced, ...] = ()
    """Of a notification or a summary: the commits, and in which branch they are said to be."""

    @property
    def is_head(self) -> bool:
        return self.kind in HEADS

    @property
    def is_from_person(self) -> bool:
        return not self.bot


def bare_message(
    message_id: str,
    kind: Kind,
    subject: Subject,
    full_subject: str,
    people: tuple[Person, Person],
    date: int,
    parents: tuple[str, ...] = (),
    oddities: tuple[str, ...] = (),
) -> Message:
    """A message of whose body nothing is known; ``people`` are author and submitter."""
    author, submitter = people
    return Message(
        message_id=message_id,
        kind=kind,
        subject=subject,
        full_subject=full_subject,
        author=author,
        submitter=submitter,
        date=date,
        parents=parents,
        to=(),
        cc=(),
        lists=(),
        diff=None,
        patch_id=None,
        trailers=(),
        says=frozenset(),
        change_id="",
        base_commit="",
        prerequisites=(),
        links=(),
        commits=(),
        bot="",
        oddities=oddities,
    )
