# SPDX-License-Identifier: GPL-2.0-or-later
"""All that is known of one branch, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.render.age import age
from maintainer_kit.workflow.branches.branch import Beside, Branch

_ID = 12


def branch_facts(branch: Branch, now: int) -> Iterator[str]:
    """Its tip, what it is held against, its patches, results; where it is."""
    head = branch.head
    yield visible_line(f"{head.name}  {head.tip[:_ID]}  {age(head.date, now)}  {head.subject}")
    named = (("upstream", branch.upstream), ("push", branch.push), ("mainline", branch.mainline))
    apart = [f"{word} {_apart(one)}" for word, one in named if one]
    if apart:
        yield visible_line("; ".join(apart))
    yield from (visible_line(f"{one.kind.value}: {one.words}") for one in branch.wants)
    yield from _patches(branch)
    for one in branch.results:
        told = f" ({one.message_id})" if one.message_id else ""
        yield visible_line(f"{one.outcome}: {one.context}{told}")
    if branch.merged:
        held = (f"{one.name} ({one.role})" for one in branch.merged)
        yield visible_line(f"all of it is in {', '.join(held)}")
    where = f", checked out in {head.worktree}" if head.worktree else ""
    yield visible_line(f"in {branch.repository}{where}")


def _apart(beside: Beside) -> str:
    if beside.is_gone:
        return f"{beside.name} is gone"
    return f"{beside.name} +{beside.ahead} -{beside.behind}"


def _patches(branch: Branch) -> Iterator[str]:
    for one in branch.parts:
        older = "" if one.is_newest else ", of an older posting"
        yield visible_line(f"{one.topic[:6]} {one.count}/{one.total}{older}  {one.subject}")
    if branch.untold:
        yield f"{count_of(branch.untold, 'commit')} that no mail explains"
