# SPDX-License-Identifier: GPL-2.0-or-later
"""A backport that is under way: all that outlives the end of the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from maintainer_kit.workflow.applying.ways import Way
from maintainer_kit.workflow.backporting.facts import How, Picked, Present


@dataclass(frozen=True, slots=True)
class Job:
    """Commits on their way into a branch."""

    repository: str
    branch: str
    """The full name of the ref."""
    old: str | None
    """Where it was; None where it was not there."""
    base: str
    todo: tuple[str, ...]
    """Whole ids, the next first."""
    form: str
    """How the upstream commit is named: see ``message``."""
    signs: bool
    picked: tuple[Picked, ...] = ()
    present: tuple[Present, ...] = ()
    is_stopped: bool = False
    """The first of ``todo`` lies in the work tree, and waits for a person."""

    @property
    def head(self) -> str:
        """The newest commit."""
        return self.picked[-1].commit if self.picked else self.base

    @property
    def done(self) -> tuple[str, ...]:
        """Upstream commits that were dealt with."""
        picked = (one.upstream for one in self.picked)
        return (*picked, *(one.upstream for one in self.present))

    def having(self, done: Picked | Present) -> Self:
        """With the next one done."""
        if isinstance(done, Picked):
            changed = replace(self, picked=(*self.picked, done))
        else:
            changed = replace(self, present=(*self.present, done))
        return replace(changed, todo=self.todo[1:], is_stopped=False)

    def without_next(self) -> Self:
        return replace(self, todo=self.todo[1:], is_stopped=False)

    def anew(self) -> Self:
        """With nothing picked."""
        picked = tuple(one.upstream for one in self.picked)
        return replace(self, todo=(*picked, *self.todo), picked=(), is_stopped=False)


def dump(job: Job) -> dict[str, object]:
    """As JSON has it."""
    plain = ("repository", "branch", "old", "base", "form", "signs", "is_stopped")
    return {
        **{name: getattr(job, name) for name in plain},
        "todo": list(job.todo),
        "picked": [[p.upstream, p.title, p.commit, p.way.value] for p in job.picked],
        "present": [[p.upstream, p.title, p.commit, p.how.value] for p in job.present],
    }


def load(fields: Mapping[str, Any]) -> Job | None:
    """What ``dump`` wrote; None for what it did not."""
    try:
        return _load(fields)
    except (KeyError, TypeError, ValueError):
        return None


def _load(fields: Mapping[str, Any]) -> Job:
    todo, picked, present = (fields[one] for one in ("todo", "picked", "present"))
    old = fields["old"]
    if not (isinstance(todo, list) and isinstance(picked, list) and isinstance(present, list)):
        raise TypeError
    return Job(
        repository=str(fields["repository"]),
        branch=str(fields["branch"]),
        old=None if old is None else str(old),
        base=str(fields["base"]),
        todo=tuple(map(str, todo)),
        form=str(fields["form"]),
        signs=bool(fields["signs"]),
        picked=tuple(map(_picked, picked)),
        present=tuple(Present(str(u), str(t), str(c), How(h)) for u, t, c, h in present),
        is_stopped=bool(fields["is_stopped"]),
    )


def _picked(told: Sequence[object]) -> Picked:
    """The way was not always told."""
    upstream, title, commit, *way = map(str, told)
    return Picked(upstream, title, commit, *map(Way, way))
