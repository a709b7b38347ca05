# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches on their way into a branch: all that has to survive the end of the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from maintainer_kit.workflow.applying.ways import CHANGED, Way


class Phase(StrEnum):
    """How far it is."""

    APPLYING = "applying"
    STOPPED = "stopped"
    """A patch waits for a person; what lies in the work tree is theirs."""
    PUBLISHING = "publishing"
    """All patches are commits; the branch may have been moved already."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A patch that is to be applied."""

    message_id: str
    topic: str
    """The topic's id."""
    title: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A patch that was dealt with."""

    message_id: str
    commit: str
    """Empty where none was made: it was skipped, or there before."""
    way: Way


@dataclass(frozen=True, slots=True)
class Application:
    """One run of ``mkit apply``, from its first patch to the branch."""

    repository: str
    """The user's, as it was named."""
    branch: str
    """A full name: ``refs/heads/...``."""
    old: str | None
    """Where the branch was; None where there was none."""
    base: str
    """The commit below the first patch."""
    patches: tuple[Wanted, ...]
    guesses: bool = True
    """Whether the ways are tried that may put lines where nobody meant them."""
    applied: tuple[Applied, ...] = ()
    """In the order of the patches."""
    phase: Phase = Phase.APPLYING
    paths: tuple[str, ...] = ()
    """Where it stopped: what wants looking at in the tree."""
    told: tuple[str, ...] = ()
    """What was tried for the patch at which it stopped."""

    @property
    def head(self) -> str:
        """The newest commit."""
        return next((one.commit for one in reversed(self.applied) if one.commit), self.base)

    @property
    def at(self) -> int:
        """Which patch is next, from 0."""
        return len(self.applied)

    @property
    def current(self) -> Wanted | None:
        return self.patches[self.at] if self.at < len(self.patches) else None

    @property
    def is_complete(self) -> bool:
        return self.at == len(self.patches)

    @property
    def changed(self) -> Sequence[Applied]:
        """What may not be as it was posted."""
        return [one for one in self.applied if one.way in CHANGED]

    def having(self, way: Way, commits: Sequence[str]) -> Self:
        """With the next patches applied, a commit each; an empty name for none."""
        rest = self.patches[self.at : self.at + len(commits)]
        found = (Applied(p.message_id, c, way) for p, c in zip(rest, commits, strict=True))
        return replace(
            self, applied=(*self.applied, *found), phase=Phase.APPLYING, paths=(), told=()
        )

    def stopped(self, paths: Sequence[str], told: Sequence[str]) -> Self:
        return replace(self, phase=Phase.STOPPED, paths=tuple(paths), told=tuple(told))

    def publishing(self) -> Self:
        return replace(self, phase=Phase.PUBLISHING, paths=(), told=())


def dump(one: Application) -> dict[str, object]:
    """As JSON has it."""
    return {
        "repository": one.repository,
        "branch": one.branch,
        "old": one.old,
        "base": one.base,
        "guesses": one.guesses,
        "patches": [[p.message_id, p.topic, p.title] for p in one.patches],
        "applied": [[a.message_id, a.commit, a.way.value] for a in one.applied],
        "phase": one.phase.value,
        "paths": list(one.paths),
        "told": list(one.told),
    }


def load(told: Mapping[str, Any]) -> Application | None:
    """What ``dump`` wrote; None for what it did not."""
    try:
        return _load(told)
    except (KeyError, TypeError, ValueError):
        return None


def _load(told: Mapping[str, Any]) -> Application:
    names = ("patches", "applied", "old", "told", "paths")
    patches, applied, old, tried, paths = (told[one] for one in names)
    if (
        not isinstance(patches, list)
        or not isinstance(applied, list)
        or not isinstance(tried, list)
    ):
        raise TypeError
    return Application(
        repository=str(told["repository"]),
        branch=str(told["branch"]),
        old=None if old is None else str(old),
        base=str(told["base"]),
        guesses=bool(told.get("guesses", True)),
        patches=tuple(Wanted(*map(str, one)) for one in patches),
        applied=tuple(Applied(str(m), str(c), Way(w)) for m, c, w in applied),
        phase=Phase(str(told["phase"])),
        paths=tuple(map(str, paths)),
        told=tuple(map(str, tried)),
    )
