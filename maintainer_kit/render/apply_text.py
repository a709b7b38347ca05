# SPDX-License-Identifier: GPL-2.0-or-later
"""What was applied, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.workflow.applying.application import Application, Phase
from maintainer_kit.workflow.applying.ways import IN_WORDS, Way

_BRANCHES = "refs/heads/"
_SHORT = 12


def applied_text(one: Application, *, dry_run: bool) -> Iterator[str]:
    """A line for each patch, and where the branch is now."""
    for patch, done in zip(one.patches, one.applied, strict=False):
        commit = done.commit[:_SHORT] or "-" * _SHORT
        way = f"  ({IN_WORDS[done.way]})" if done.way is not Way.PLAIN else ""
        yield f"{commit} {visible_line(patch.title)}{way}"
    name = visible_line(one.branch.removeprefix(_BRANCHES))
    made = sum(bool(each.commit) for each in one.applied)
    count = count_of(made, "commit")
    if not made:
        yield f"{name}: nothing to apply; it is where it was"
    elif dry_run:
        yield f"{name}: would get {count} upon {one.base[:_SHORT]}; nothing was changed"
    elif one.old is None:
        yield f"{name}: {one.head[:_SHORT]}, new, {count} upon {one.base[:_SHORT]}"
    else:
        yield f"{name}: {one.old[:_SHORT]}..{one.head[:_SHORT]}, {count}"


def stopped_text(one: Application, tree: str, *, dry_run: bool = False) -> Iterator[str]:
    """Where it stopped, and how to go on; of a trial nothing is left to go on with."""
    assert one.current is not None
    number = f"{one.at + 1}/{len(one.patches)}"
    word = "would stop" if dry_run else "stopped"
    yield f"{word} at {number} {visible_line(one.current.title)}"
    yield from (f"  {visible_line(line)}" for line in one.told)
    if dry_run:
        yield from (f"  to be mended: {visible_line(path)}" for path in one.paths)
        return
    yield f"it lies open in {visible_line(tree)}"
    yield from (f"  {visible_line(path)}" for path in one.paths)
    yield "mend it there, then: mkit apply --continue"
    yield "or: --edit-tree, --edit-patch, --shell (these go on by themselves), --skip, --abort"


def under_way_text(one: Application, tree: str) -> Iterator[str]:
    """One that is under way."""
    name = visible_line(one.branch.removeprefix(_BRANCHES))
    done = f"{one.at} of {count_of(len(one.patches), 'patch')} applied"
    yield f"{name} of {visible_line(one.repository)}: {done}"
    if one.phase is Phase.STOPPED:
        yield from stopped_text(one, tree)
    else:
        yield "it was broken off: mkit apply --continue, or --abort"
