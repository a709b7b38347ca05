# SPDX-License-Identifier: GPL-2.0-or-later
"""What thanking needs from the outside, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from maintainer_kit.model.queue.landed import Place
from maintainer_kit.workflow.landing.ports import Evidence
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.thanking.facts import Thanks, Tree


@dataclass(frozen=True, slots=True)
class Head:
    """What a commit is called, and who brought it into its branch."""

    title: str
    committer: str
    """The address, in lower case."""


@dataclass(frozen=True, slots=True)
class Thanked:
    """A mail of thanks that was drafted, whatever became of it."""

    message_id: str
    """Its own."""
    tree: str
    branch: str
    patches: tuple[tuple[str, str], ...]
    """Message-IDs of the patches, each with its commit."""
    text: str
    """The SHA-256 of its text; empty where it was added to what somebody had written."""


class ThanksRecords(Protocol):
    """Which thanks were drafted: a draft that was dropped is not made again."""

    def about(self, message_ids: Collection[str]) -> Sequence[Thanked]:
        """Those about any of these patches, the oldest first; of several of one mail the last."""

    def add(self, thanked: Thanked) -> None:
        """Durable when it returns."""


class Trees(Protocol):
    """Repositories, asked about branches and commits."""

    def tree(self, place: Place) -> Tree:
        """What a branch is called."""

    def heads(self, repository: str, commits: Collection[str]) -> Mapping[str, Head]:
        """Commits by their whole ids; those that are not there are left out."""


WriteThanks = Callable[[Thanks, str, Sequence[str]], str]
"""Makes the words of a mail, of a template (empty: the usual words) and the lists it goes to."""


@dataclass(frozen=True, slots=True)
class ThanksRoom:
    """Everything that thanking works on."""

    desk: Desk
    evidence: Evidence
    trees: Trees
    records: ThanksRecords
    write: WriteThanks
