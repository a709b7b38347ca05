# SPDX-License-Identifier: GPL-2.0-or-later
"""Thanks that were drafted, and repositories, in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from maintainer_kit.model.queue.landed import Place
from maintainer_kit.workflow.thanking.branches import short_branch
from maintainer_kit.workflow.thanking.facts import Tree
from maintainer_kit.workflow.thanking.ports import Head, Thanked


class MemoryThanks:
    """Implements the port ``ThanksRecords``."""

    def __init__(self) -> None:
        self.kept: list[Thanked] = []

    def about(self, message_ids: Collection[str]) -> Sequence[Thanked]:
        last = {one.message_id: one for one in self.kept}.values()
        return [one for one in last if any(patch in message_ids for patch, _ in one.patches)]

    def add(self, thanked: Thanked) -> None:
        self.kept.append(thanked)


@dataclass
class MemoryTrees:
    """Implements the port ``Trees``: all commits that are asked for are there."""

    committer: str = "robin@lumen.example"
    titles: dict[str, str] = field(default_factory=dict)

    def tree(self, place: Place) -> Tree:
        return Tree("pebble", short_branch(place))

    def heads(self, repository: str, commits: Collection[str]) -> Mapping[str, Head]:
        return {one: Head(self.titles.get(one, "foo: step 1"), self.committer) for one in commits}
