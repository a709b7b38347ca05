# SPDX-License-Identifier: GPL-2.0-or-later
"""What a branch wants of its owner. Told, and never done."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.model.mail.text import count_of
from maintainer_kit.model.queue.landed import ENDING
from maintainer_kit.workflow.branches.branch import RANKS, Beside, Branch, Holder, Kind, Want
from maintainer_kit.workflow.landing.follow import MAIN

_ENDING = frozenset(role.value for role in ENDING)
_NAMED = 3


def wants_of(branch: Branch) -> tuple[Want, ...]:
    """All of it, the most urgent first; of a branch that is done with nothing else."""
    done = _done(branch)
    found = (done,) if done else tuple(_open(branch))
    return tuple(sorted((*_failing(branch), *found), key=lambda one: RANKS[one.kind]))


def target_of(branch: Branch) -> Beside | None:
    """Where its commits are published: where it is pushed to, else its upstream, unless that is
    only what it was begun on."""
    if branch.push and not branch.push.is_gone:
        return branch.push
    upstream = branch.upstream
    if upstream is None or upstream.is_gone or upstream.ref.startswith("refs/heads/"):
        return None
    is_namesake = upstream.name.endswith(f"/{branch.head.name}")
    return upstream if is_namesake or not upstream.role else None


def _failing(branch: Branch) -> Iterator[Want]:
    names = list(dict.fromkeys(one.context for one in branch.results if one.outcome == "fail"))
    if names:
        yield Want(Kind.FAILS, f"tests fail: {_few(names)}")


def _open(branch: Branch) -> Iterator[Want]:
    target = target_of(branch)
    if target:
        yield from _moved(target, _where(branch, target))
    if branch.missing:
        ids = [one[:6] for one in branch.missing]
        many = count_of(len(ids), "accepted topic")
        yield Want(Kind.MISSING, f"{many} {_is(ids)} not in it: {_few(ids)}")
    if branch.upstream and branch.upstream.is_gone:
        yield Want(Kind.GONE, f"{branch.upstream.name} is gone")


def _where(branch: Branch, target: Beside) -> str:
    """A ref; of one that is called as the branch is, only its remote."""
    return target.name.removesuffix(f"/{branch.head.name}")


def _moved(target: Beside, where: str) -> Iterator[Want]:
    if target.ahead and target.behind:
        yield Want(Kind.DIVERGED, f"{target.ahead} ahead and {target.behind} behind of {where}")
    elif target.ahead:
        yield Want(Kind.UNPUSHED, f"{target.ahead} to push to {where}")
    elif target.behind:
        yield Want(Kind.BEHIND, f"{target.behind} behind {where}")


def _done(branch: Branch) -> Want | None:
    """It may go: all of it is where patches end, and it is not one of the branches that stay."""
    if branch.role or branch.head.name in MAIN or branch.head.worktree:
        return None
    holders = [one for one in branch.merged if one.role in _ENDING]
    # At the very tip of a mainline: begun just now, and still empty.
    is_new = branch.mainline is not None and not branch.mainline.behind
    if holders and not is_new:
        return Want(Kind.DONE, f"all of it is in {_few(_names(holders))}")
    if branch.commits and branch.landed == branch.commits and not branch.is_cut:
        many = count_of(branch.commits, "patch")
        return Want(Kind.DONE, f"its {many} landed as other commits")
    return None


def _names(holders: list[Holder]) -> list[str]:
    """Without a local branch where what a remote calls so is named, too."""
    remote = {one.name.partition("/")[2] for one in holders if one.ref.startswith("refs/remotes/")}
    return [one.name for one in holders if one.name not in remote]


def _is(several: list[str]) -> str:
    return "is" if len(several) == 1 else "are"


def _few(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
