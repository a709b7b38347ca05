# SPDX-License-Identifier: GPL-2.0-or-later
"""One application from its beginning to the branch, over stops and the end of processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maintainer_kit.errors import Refused
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.applying.application import Application, Phase
from maintainer_kit.workflow.applying.base import Base
from maintainer_kit.workflow.applying.ladder import Climber
from maintainer_kit.workflow.applying.ports import Publish, Say, Shelf, Yard
from maintainer_kit.workflow.applying.ways import LADDER, Tried, Way

_CONTINUE = "mkit apply --continue, --skip or --abort"


@dataclass(frozen=True, slots=True)
class Run:
    """What it takes."""

    yard: Yard
    shelf: Shelf
    publish: Publish
    say: Say
    ways: tuple[Way, ...] = LADDER

    def begin(self, one: Application, bases: Sequence[Base]) -> Application:
        """Apply all upon the first base on which they apply as they are; where they do on none,
        upon the first, by the ladder."""
        for base in bases:
            self.yard.start(base.commit)
            commits, words = self.yard.take(0)
            if not words:
                self.say(f"base: {base.commit[:12]}, {base.why}")
                return replace(one, base=base.commit).having(Way.PLAIN, commits)
            self.say(f"not upon {base.commit[:12]}, {base.why}: {words}")
        one = replace(one, base=bases[0].commit)
        self.say(f"base: {bases[0].commit[:12]}, {bases[0].why}")
        return self._climber.go_on(one)

    def go_on(self, one: Application) -> Application:
        """After a stop, take what a person left in the tree; after a crash, go on from the last
        commit. Raises Refused where the tree is not ready."""
        if not self.yard.has(one.head):
            self.say("commits were lost: all patches are applied again")
            one = replace(one, applied=(), phase=Phase.APPLYING)
        if one.phase is not Phase.STOPPED:
            return one if one.is_complete else self._climber.go_on(one)
        return self._with(one, Way.BY_HAND, self.yard.record(one.at, one.head))

    def with_edited(self, one: Application, diff: bytes) -> Application:
        """Another diff in the stead of the patch at which it stopped. Raises Refused where that
        does not apply either; then the patch is laid open again."""
        tried = self.yard.edited(one.at, one.head, diff)
        if not tried.is_done:
            self.yard.lay_open(one.at, one.head)
        return self._with(one, Way.EDITED, tried)

    def skip(self, one: Application) -> Application:
        """Leave out the patch at which it stopped."""
        if one.phase is not Phase.STOPPED:
            raise Refused("it waits for nobody", "mkit apply --continue")
        found = one.having(Way.SKIPPED, [""])
        self.shelf.put(found)
        return found if found.is_complete else self._climber.go_on(found)

    def finish(self, one: Application) -> None:
        """Move the branch, keep what is not as it was posted, and forget the application: killed
        anywhere in it, it can be called again. Raises Refused where the branch was moved or checked
        out meanwhile: then it can be tried again."""
        one = one.publishing()
        self.shelf.put(one)
        if one.head != one.base:
            self.publish(one)
        if one.changed:
            self.shelf.keep_changes(one)
        self.shelf.drop()

    def _with(self, one: Application, way: Way, tried: Tried) -> Application:
        if not tried.is_done:
            raise Refused(tried.words, _CONTINUE)
        found = one.having(way, [tried.commit])
        self.shelf.put(found)
        return found if found.is_complete else self._climber.go_on(found)

    @property
    def _climber(self) -> Climber:
        return Climber(self.yard, self.shelf, self.say, self.ways)
