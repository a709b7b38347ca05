# SPDX-License-Identifier: GPL-2.0-or-later
"""From the first patch to the last: as they are where that goes, else up the ladder, one way after
the other, each said; and where all fail, a stop for a person."""

from __future__ import annotations

from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.applying.application import Application, Phase
from maintainer_kit.workflow.applying.ports import Say, Shelf, Yard
from maintainer_kit.workflow.applying.ways import GUESSES, IN_WORDS, LADDER, Tried, Way


@dataclass(frozen=True, slots=True)
class Climber:
    """Applies patches in a yard, and remembers each step."""

    yard: Yard
    shelf: Shelf
    say: Say
    ways: tuple[Way, ...] = LADDER

    def go_on(self, one: Application) -> Application:
        """Apply what is left: until all is applied, or a patch wants a person. The tree is begun
        anew; where it stops, the patch is laid open in it."""
        self.yard.start(one.head)
        while not one.is_complete:
            commits, words = self.yard.take(one.at)
            one = one.having(Way.PLAIN, commits)
            if commits:
                self.shelf.put(one)
            if one.is_complete:
                break
            one = self._climb(one, words)
            if one.phase is Phase.STOPPED:
                break
        self.shelf.put(one)
        return one

    def _climb(self, one: Application, words: str) -> Application:
        at, patch = one.at, one.patches[one.at]
        self.say(f"{_name(one)} {visible_line(patch.title)}")
        told = [f"as it is: {words}"]
        self.say(f"  {told[0]}")
        for way in self.ways:
            if way in GUESSES and not one.guesses:
                continue
            tried = self.yard.climb(way, at, one.head)
            if tried.is_done:
                return self._done(one, way, tried)
            if tried.words:
                told.append(f"{way.value}: {tried.words}")
                self.say(f"  {told[-1]}")
        return one.stopped(self.yard.lay_open(at, one.head), told)

    def _done(self, one: Application, way: Way, tried: Tried) -> Application:
        way = Way.THERE if tried.is_there else way
        note = f" ({tried.words})" if tried.words else ""
        self.say(f"  {IN_WORDS[way]}{note}")
        found = one.having(way, [tried.commit])
        self.shelf.put(found)
        return found


def _name(one: Application) -> str:
    return f"{one.at + 1}/{len(one.patches)}"
