# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody asks to be pulled, as our repository finds it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.commit_heads import read_heads
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.pulling.merge_try import count_files, try_merge
from maintainer_kit.adapters.git.pulling.request import MOST, has_commit, known_commit
from maintainer_kit.adapters.git.pulling.tag import tag_of, verify_tag
from maintainer_kit.adapters.git.revisions import common_commit, is_ancestor
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import storable
from maintainer_kit.workflow.pull_request.arrived import Arrived, Target
from maintainer_kit.workflow.pull_request.asked import Asked
from maintainer_kit.workflow.pull_request.facts import Signature, Trust
from maintainer_kit.workflow.pull_request.stat import Changed


def object_asked(source: Git, asked: Asked) -> str:
    """What the source itself has of it: the tag or branch, else the commit. Raises NotFound."""
    for ref in asked.refs if asked.is_tag else ():
        if found := tag_of(source, ref):
            return found.object_id
    if asked.tip and has_commit(source, asked.tip):
        return known_commit(source, asked.tip)
    raise NotFound(f"{asked.name or 'what it asks for'} is not in {source.place}", "--fetch")


def read_target(source: Git, branch: str) -> Target:
    """The branch to pull into, by its short name; HEAD without one. Raises RepositoryError."""
    ref = f"refs/heads/{branch}" if branch else "HEAD"
    if not branch:
        found = source.run("symbolic-ref", "--quiet", "--short", "HEAD")
        branch = found.stdout.decode("utf-8", "replace").strip()
    return Target(branch or "HEAD", known_commit(source, ref))


def read_arrived(borrowed: Borrowed, asked: Asked, object_id: str, target: Target) -> Arrived:
    """All that the mail is held against. Raises Refused where the two have nothing in common, or
    it is more than anybody pulls."""
    git = borrowed.git
    tip = known_commit(git, object_id)
    common = common_commit(git, target.commit, tip)
    if not common:
        raise Refused(
            f"it has no commit in common with {target.name}", "git log, to see what it is"
        )
    brings = _count(git, tip, target.commit)
    base = known_commit(git, asked.base) if asked.base and has_commit(git, asked.base) else ""
    stands = bool(base) and is_ancestor(git, base, tip)
    start = base if stands else common
    _count(git, tip, start)
    tag = tag_of(git, object_id)
    tried = try_merge(borrowed, target.commit, tip)
    after = count_files(borrowed, tried.tree) if tried.tree else 0
    return Arrived(
        target=target,
        tip=tip,
        tag=tag,
        signature=verify_tag(git, tag) if tag else Signature(Trust.NONE),
        base=base,
        stands_on_base=stands,
        target_has_base=bool(base) and is_ancestor(git, base, target.commit),
        is_merged=common == tip,
        brings=brings,
        commits=read_heads(git, tip, f"^{start}"),
        changed=_changes(git, start, common, tip, (target.commit, tried.tree)),
        tried=tried,
        files_before=count_files(borrowed, target.commit),
        files_after=after,
    )


def merge_of(git: Git, tip: str, target: str) -> str:
    """The merge by which a branch has a commit; the commit itself where it was reached without
    one."""
    argv = ("rev-list", "--merges", "--parents", "--ancestry-path", "--reverse")
    said = git.output(*argv, target, f"^{tip}", "--").decode("ascii", "replace")
    for line in said.split("\n"):
        merge, *parents = line.split() or [""]
        if tip in parents[1:]:
            return merge
    return tip


def _changes(
    git: Git, start: str, common: str, tip: str, merged: tuple[str, str]
) -> tuple[Sequence[Changed], ...]:
    """What it changes, by each of the ways in which people tell it: since where it says that it
    stands, since the last commit in common, and by the merge."""
    pairs = [(start, tip), (common, tip)]
    if merged[1]:
        pairs.append(merged)
    return tuple(_changed(git, *one) for one in dict.fromkeys(pairs))


def _changed(git: Git, old: str, new: str) -> list[Changed]:
    argv = ("diff", "-M", "--numstat", "-z", "--no-ext-diff", "--no-textconv", old, new, "--")
    words = iter(storable(os.fsdecode(git.output(*argv))).split("\0"))
    found = []
    for word in words:
        if not word.strip():
            continue
        added, removed, path = word.split("\t", 2)
        if not path:  # renamed: both names follow
            next(words)
            path = next(words)
        found.append(Changed(path, _number(added), _number(removed)))
    return found


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else None


def _count(git: Git, tip: str, since: str) -> int:
    argv = ("rev-list", "--count", f"--max-count={MOST + 1}", tip, f"^{since}", "--")
    count = int(git.output(*argv) or 0)
    if count > MOST:
        raise Refused(f"it would bring more than {MOST} commits", "git log, to see what it is")
    return count
