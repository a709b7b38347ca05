# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a commit does not apply: the commits upstream that it stands on and the branch lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from maintainer_kit.errors import RepositoryError
from maintainer_kit.workflow.backporting.facts import Conflict, Hunk, Stop, Suggestion, Upstream
from maintainer_kit.workflow.backporting.job import Job
from maintainer_kit.workflow.backporting.ports import DIGITS, Copies, History, Pick, Room

_MOST_TRIED = 8
"""Commits that are tried alone; then all of them together."""
_MOST_TOGETHER = 12
_ROUNDS = 4
"""What commits stand on, on which others stand, and so on."""
_MOST_SHOWN = 20


def explain(room: Room, upstream: Upstream, pick: Pick, job: Job, copies: Copies) -> Stop:
    """What is behind the conflicts of a pick upon the head of a job, and the smallest set of
    commits that was found to help. Leaves the tree at some commit."""
    conflicts = tuple(_with_commits(room.history, upstream.commit, pick.conflicts, job.base))
    counted = Counter(
        commit
        for one in conflicts
        for commits in (one.commits, *(hunk.commits for hunk in one.hunks))
        for commit in commits
    )
    newest = list(reversed(room.history.in_order(counted)))
    ranked = sorted(newest, key=lambda one: -counted[one])[:_MOST_SHOWN]
    known = room.history.read(ranked)
    suggestions = tuple(
        Suggestion(one, known[one].title, counted[one], _present(room, one, job.base, copies, at))
        for at, one in enumerate(ranked)
        if one in known
    )
    lacking = [one.commit for one in suggestions if not one.present]
    first = _helping(room, upstream.commit, lacking, job, copies)
    return Stop(upstream.commit, upstream.title, conflicts, suggestions, first)


def _present(room: Room, commit: str, base: str, copies: Copies, at: int) -> str:
    """As which commit the branch has it; patch-ids are compared for the first few."""
    named = copies.get(commit[:DIGITS], "")
    return named or (room.history.same_patch(commit, base) if at < _MOST_TRIED else "")


def _with_commits(
    history: History, commit: str, conflicts: Collection[Conflict], head: str
) -> Iterator[Conflict]:
    for one in conflicts:
        if one.is_missing:
            yield replace(one, commits=tuple(history.adding(commit, one.path, head)))
        else:
            hunks = (_hunk(history, commit, one.path, hunk, head) for hunk in one.hunks)
            yield replace(one, hunks=tuple(hunks))


def _hunk(history: History, commit: str, path: str, hunk: Hunk, head: str) -> Hunk:
    found = history.touching(commit, path, hunk.first, hunk.last, head)
    return replace(hunk, commits=tuple(found))


def _helping(
    room: Room, commit: str, lacking: Sequence[str], job: Job, copies: Copies
) -> tuple[str, ...]:
    """The first set with which it applies, by trying: one alone; else all with what these stand on
    themselves, without those that turn out not to be needed."""
    for one in lacking[:_MOST_TRIED]:
        if _applies(room, [one, commit], job.head):
            return (one,)
    together = list(room.history.in_order(lacking))
    for _ in range(_ROUNDS):
        if not 0 < len(together) <= _MOST_TOGETHER:
            return ()
        failing = _first_failing(room, [*together, commit], job.head)
        if failing is None:
            return _fewer(room, commit, together, job.head)
        found = _with_commits(room.history, *failing, job.base)
        below = {each for one in found for each in one.touching if each[:DIGITS] not in copies}
        if below <= {*together, commit}:
            return ()
        together = list(room.history.in_order({*together, *below} - {commit}))
    return ()


def _fewer(room: Room, commit: str, together: Sequence[str], head: str) -> tuple[str, ...]:
    """Without those that are not needed, one by one."""
    needed = list(together)
    for one in together:
        rest = [each for each in needed if each != one]
        if rest and _applies(room, [*rest, commit], head):
            needed = rest
    return tuple(needed)


def _applies(room: Room, commits: Sequence[str], head: str) -> bool:
    return _first_failing(room, commits, head) is None


def _first_failing(
    room: Room, commits: Sequence[str], head: str
) -> tuple[str, Sequence[Conflict]] | None:
    """The first of these that conflicts, picked in order, with its conflicts."""
    room.tree.begin(head)
    for one in commits:
        try:
            if conflicts := room.tree.pick(one).conflicts:
                return one, conflicts
        except RepositoryError:  # git cannot say what is in the way
            return one, ()
    return None
