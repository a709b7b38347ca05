# SPDX-License-Identifier: GPL-2.0-or-later
"""What there is to thank for, and what not."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.queue.landed import Landing
from maintainer_kit.model.queue.row import TopicRow
from maintainer_kit.model.reply.draft import Draft

SHOWN = 12
"""Digits of a commit in a mail."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Where patches were applied, in words for their authors."""

    name: str
    """The repository: ``netdev/net-next``."""
    branch: str
    """Without the name of a remote."""
    url: str = ""
    """The address of a commit, with ``{commit}`` in place of its id; empty without one."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A patch that became a commit."""

    message: Message
    commit: str
    """The whole id."""
    is_edited: bool = False
    """Other lines were changed than the mail's."""
    title: str = ""
    """Of the commit, where it is another than the mail's."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """What one mail will say."""

    row: TopicRow
    head: Message
    """The mail that it answers: a cover letter, else the first patch."""
    tree: Tree
    applied: tuple[Applied, ...]
    missing: tuple[Message, ...]
    """Patches of the posting that are in no branch."""
    unsure: tuple[Landing, ...]
    """What may be commits, and what nobody has judged; the mail is silent about these patches."""
    total: int
    """Patches of the posting."""
    is_mine: bool
    """I brought them into the branch, or one of them."""

    @property
    def is_part(self) -> bool:
        """Whether it is about fewer patches than there are."""
        return len(self.applied) < self.total


@dataclass(frozen=True, slots=True)
class Passed:
    """A topic whose author is not written to."""

    row: TopicRow
    why: str
    is_mine: bool = True
    """I applied it for somebody else; the rest is told only to who asks about it."""


@dataclass(frozen=True, slots=True)
class Made:
    """A mail of thanks, as a draft."""

    thanks: Thanks
    draft: Draft
    is_new: bool
    """It was made or changed now; else it was there, perhaps edited by its writer."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the wish to thank."""

    made: tuple[Made, ...]
    passed: tuple[Passed, ...]
