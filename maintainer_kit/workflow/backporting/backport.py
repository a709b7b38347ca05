# SPDX-License-Identifier: GPL-2.0-or-later
"""``backport``: commit after commit upon a branch, which moves once all are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.workflow.applying.ways import Way
from maintainer_kit.workflow.backporting.explain import explain
from maintainer_kit.workflow.backporting.facts import (
    How,
    Picked,
    Present,
    Report,
    Stop,
    Upstream,
)
from maintainer_kit.workflow.backporting.job import Job
from maintainer_kit.workflow.backporting.message import backport_message
from maintainer_kit.workflow.backporting.ports import DIGITS, Copies, History, Room

_HEADS = "refs/heads/"
_ROUNDS = 5
"""Fixes of fixes."""


def with_fixes(history: History, commits: Sequence[str]) -> list[str]:
    """The same with what mends them upstream, fixes of fixes too, the oldest of these first."""
    found = list(dict.fromkeys(commits))
    for _ in range(_ROUNDS):
        fixes = [one.commit for one in history.follow_ups(found) if not one.is_revert]
        fresh = [one for one in dict.fromkeys(fixes) if one not in found]
        if not fresh:
            break
        found += fresh
    return found


def backport(room: Room, job: Job, *, is_dry: bool = False) -> Report:
    """Pick what is left of a job, and move the branch; up to the first that conflicts, which is
    explained and, but for a dry run, laid open to be solved by hand.

    Raises Refused for merges, before anything is picked.
    """
    wanted = room.history.read(job.todo)
    _refuse_strange(job, wanted)
    copies = dict(room.history.copies(job.base, [*job.todo]))
    copies.update((one.upstream[:DIGITS], one.commit) for one in job.picked)
    asked = (*job.done, *job.todo)
    _save(room, job)
    while job.todo:
        upstream = wanted[job.todo[0]]
        done = _present(room, job, upstream, copies) or _pick(room, job, upstream, copies)
        if isinstance(done, Stop):
            return _stopped(room, job, done, asked, copies, is_dry=is_dry)
        job = job.having(done)
        if isinstance(done, Picked):
            copies[done.upstream[:DIGITS]] = done.commit
        _save(room, job)
    if job.picked and not is_dry:
        room.publish(job)
    if room.shelf:
        room.shelf.drop()
    return _report(room, job, asked, copies, is_dry=is_dry)


def go_on(room: Room, job: Job) -> Report:
    """Take what a person left in the tree for the commit at which it stopped, and go on. Raises
    Refused where that is not solved. Where commits were lost all are picked again."""
    job = _whole(room, job)
    if job.is_stopped:
        upstream = room.history.read(job.todo[:1])[job.todo[0]]
        tree = room.tree.take()
        if tree == room.tree.tree_of(job.head):
            raise Refused("nothing is changed in the tree", "mkit backport --skip leaves it out")
        job = job.having(_commit(room, job, upstream, tree, Way.BY_HAND))
        _save(room, job)
    return backport(room, job)


def skip(room: Room, job: Job) -> Report:
    """Leave out the commit at which it stopped."""
    if not job.is_stopped:
        raise Refused("it has not stopped at any commit", "mkit backport --continue")
    return backport(room, _whole(room, job.without_next()))


def as_it_is(job: Job, stopped: Upstream | None, tree: str) -> Report:
    """What is known of a job without going on with it; ``stopped`` lies in ``tree``."""
    stop = Stop(stopped.commit, stopped.title, (), (), tree=tree) if stopped else None
    return replace(_done(job), stop=stop, left=job.todo[bool(stop) :])


def _done(job: Job) -> Report:
    """What a job tells of itself."""
    return Report(
        branch=job.branch.removeprefix(_HEADS),
        old=job.old,
        new=job.head,
        base=job.base,
        picked=job.picked,
        present=job.present,
        repository=job.repository,
    )


def _whole(room: Room, job: Job) -> Job:
    return job if room.tree.has(job.head) else job.anew()


def _refuse_strange(job: Job, wanted: Mapping[str, Upstream]) -> None:
    for one in job.todo:
        if one not in wanted:
            raise NotFound(f"no commit {one[:DIGITS]}", "git fetch")
        if wanted[one].is_merge:
            raise Refused(f"{one[:DIGITS]} is a merge", "name the commits that it brought: A..B")


def _save(room: Room, job: Job) -> None:
    if room.shelf:
        room.shelf.put(job)


def _present(room: Room, job: Job, upstream: Upstream, copies: Copies) -> Present | None:
    commit, title = upstream.commit, upstream.title
    if room.history.has(commit, job.base):
        return Present(commit, title, commit, How.ANCESTOR)
    if by := copies.get(commit[:DIGITS], ""):
        return Present(commit, title, by, How.LINE)
    if by := room.history.same_patch(commit, job.base):
        return Present(commit, title, by, How.PATCH_ID)
    return None


def _pick(room: Room, job: Job, upstream: Upstream, copies: Copies) -> Picked | Present | Stop:
    room.tree.begin(job.head)
    pick = room.tree.pick(upstream.commit)
    if pick.conflicts:
        room.tree.begin(job.head)
        if tree := room.tree.pick_as_before(upstream.commit):
            return _commit(room, job, upstream, tree, Way.RERERE)
        return explain(room, upstream, pick, job, copies)
    if pick.is_there:
        return Present(upstream.commit, upstream.title, "", How.CONTENT)
    return _commit(room, job, upstream, room.tree.tree_of(pick.commit))


def _commit(room: Room, job: Job, upstream: Upstream, tree: str, way: Way = Way.PLAIN) -> Picked:
    signer = room.signer if job.signs else None
    message = backport_message(upstream.message, upstream.commit, job.form, signer)
    made = room.tree.commit(tree, job.head, upstream.commit, message)
    return Picked(upstream.commit, upstream.title, made, way)


def _stopped(
    room: Room, job: Job, stop: Stop, asked: Sequence[str], copies: Copies, *, is_dry: bool
) -> Report:
    if not is_dry:
        job = replace(job, is_stopped=True)
        room.tree.begin(job.head)
        stop = replace(stop, tree=room.tree.lay_open(stop.upstream))
        _save(room, job)
    found = _report(room, job, asked, copies, is_dry=is_dry)
    return replace(found, stop=stop, left=job.todo[1:])


def _report(room: Room, job: Job, asked: Sequence[str], copies: Copies, *, is_dry: bool) -> Report:
    follow_ups = [
        replace(one, present=_as_which(room, one.commit, job.base, copies))
        for one in room.history.follow_ups(asked)
        if one.commit not in asked
    ]
    return replace(_done(job), follow_ups=tuple(follow_ups), is_dry=is_dry)


def _as_which(room: Room, commit: str, base: str, copies: Copies) -> str:
    return commit if room.history.has(commit, base) else copies.get(commit[:DIGITS], "")
