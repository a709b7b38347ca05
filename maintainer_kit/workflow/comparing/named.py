# SPDX-License-Identifier: GPL-2.0-or-later
"""From the words of the command line to the two sides of a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.comparing.landed import landed_side
from maintainer_kit.workflow.comparing.mailed import Mails, Posted, read_posted
from maintainer_kit.workflow.comparing.ports import Commits
from maintainer_kit.workflow.comparing.side import Side, Sides
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.targets import Target, resolve

LANDED = "landed"
_REVISION = re.compile(r"([a-z2-7]{1,10})@v([1-9][0-9]{0,3})")
_REVISIONS = re.compile(r"v?([1-9][0-9]{0,3})\.\.v?([1-9][0-9]{0,3})")
_FORMS = "TOPIC, TOPIC@v2, a Message-ID, A..B, a branch, or landed"


def read_sides(
    stores: Stores, commits: Commits, words: Sequence[str], revisions: str = ""
) -> Sides:
    """The two sides that a user names: ``A B``; ``TOPIC`` alone is its newest revision against the
    one before, and with ``revisions`` (``2..3``) these two.

    Raises NotFound, RepositoryError, and Refused for what cannot be compared.
    """
    reader = _Reader(stores, commits)
    if len(words) == 1:
        return reader.within(words[0], revisions)
    one, other = words
    if revisions:
        raise Refused("--revisions are those of one TOPIC", f"mkit compare {one} --revisions 2..3")
    return reader.both(one, other)


class _Reader:
    def __init__(self, stores: Stores, commits: Commits) -> None:
        self._stores = stores
        self._commits = commits
        self._mails = Mails(stores)

    def within(self, word: str, revisions: str) -> Sides:
        """Two revisions of one topic; of a single patch these two of it."""
        target = self._target(word)
        posted = self._posted(target)
        older, newer = _two(revisions, posted, target)
        old, new = self._side(posted, older), self._side(posted, newer)
        is_patch = len(target.message_ids) == 1 and target.named != target.row.id
        only = target.named if is_patch and posted.count(newer) > 1 else ""
        return Sides(old, new, topic=posted.topic, only=only)

    def both(self, one: str, other: str) -> Sides:
        if one == LANDED:
            raise Refused("what landed is the second of the two", f"mkit compare {other} {LANDED}")
        if self._is_range(one) and self._is_range(other):
            old, new = self._commits.ranges((one, other))
            return Sides(Side(one, tuple(old)), Side(other, tuple(new)))
        return self._mixed(one, other)

    def _mixed(self, one: str, other: str) -> Sides:
        posted = self._mailed(one)
        if posted is None:
            old, topic = self._committed(one), None
        else:
            old, topic = self._mailed_side(*posted), posted[0].topic
        if other == LANDED:
            side, links = landed_side(self._stores, self._commits, old)
            return Sides(old, side, links, topic)
        theirs = self._mailed(other)
        new = self._mailed_side(*theirs) if theirs else self._committed(other)
        return Sides(old, new, topic=topic)

    def _mailed_side(self, posted: Posted, target: Target, revision: int | None) -> Side:
        if revision is not None:
            return self._side(posted, posted.last_of(revision))
        if target.named == target.row.id:
            return self._side(posted, len(posted.topic.revisions) - 1, is_newest=True)
        at = posted.revision_of(target.named)
        side = self._side(posted, at, is_alone=True)
        if len(target.message_ids) == 1:
            found = [one for one in side.patches if one and one.message_id == target.named]
            return replace(side, patches=tuple(found), cover=None) if found else side
        return side

    def _side(
        self, posted: Posted, at: int, *, is_newest: bool = False, is_alone: bool = False
    ) -> Side:
        return self._mails.side(posted, at, is_newest=is_newest, is_alone=is_alone)

    def _mailed(self, word: str) -> tuple[Posted, Target, int | None] | None:
        """A target of the mail; None for what can only be of a repository."""
        found = _REVISION.fullmatch(word)
        if found and not self._stores.catalogue.topic_ids([word]):
            target = self._target(found[1])
            return self._posted(target), target, int(found[2])
        if self._is_range(word):
            return None
        try:
            target = self._target(word)
        except NotFound:
            if "@" in word:
                raise
            return None
        return self._posted(target), target, None

    def _is_range(self, word: str) -> bool:
        return ".." in word and not self._stores.catalogue.topic_ids([word.strip("<>")])

    def _committed(self, word: str) -> Side:
        if ".." in word:
            return Side(word, tuple(self._commits.range(word)))
        found = self._commits.branch(word)
        if found is None:
            raise NotFound(f"{visible_line(word)} is neither a topic nor a branch", _FORMS)
        return Side(word, tuple(found))

    def _target(self, word: str) -> Target:
        return resolve(self._stores, word)

    def _posted(self, target: Target) -> Posted:
        posted = read_posted(topic_of(self._stores.catalogue, target.row))
        if not posted.topic.revisions:
            raise Refused(
                f"{target.row.id} has no patches that could be compared",
                f"mkit show {target.row.id}",
            )
        return posted


def _two(revisions: str, posted: Posted, target: Target) -> tuple[int, int]:
    """Which two postings of a topic, by their places from 0."""
    if revisions:
        found = _REVISIONS.fullmatch(revisions)
        if not found:
            raise Refused(f"{visible_line(revisions)} names no two revisions", "--revisions 2..3")
        return posted.last_of(int(found[1])), posted.last_of(int(found[2]))
    newest = len(posted.topic.revisions) - 1
    if target.named != target.row.id:
        newest = posted.revision_of(target.named)
    if newest < 1:
        raise Refused(
            f"{target.row.id} has one revision, and none before it",
            f"mkit compare {target.row.id} {LANDED}",
        )
    return newest - 1, newest
