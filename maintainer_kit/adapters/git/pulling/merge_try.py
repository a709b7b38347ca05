# SPDX-License-Identifier: GPL-2.0-or-later
"""Merges that are tried: in a repository of ours, as if nobody's settings were there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import storable
from maintainer_kit.workflow.pull_request.facts import MergeTry

_CONFLICTS = 1
_NOT_KNOWN = 129
"""Exit code of a git that does not know an option: merge-tree --write-tree came with 2.38."""
_MOST_NAMED = 10_000


def try_merge(borrowed: Borrowed, ours: str, theirs: str, *, is_old: bool = False) -> MergeTry:
    """Merge two commits, by full ids, that have one in common. ``is_old``: in a work tree, as it is
    done where git cannot merge without one."""
    if not is_old:
        argv = ("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs)
        done = borrowed.run(*argv)
        if done.code in (0, _CONFLICTS):
            tree, *paths = _words(done.stdout)
            return MergeTry(tree, tuple(dict.fromkeys(paths))[:_MOST_NAMED])
        if done.code != _NOT_KNOWN:
            raise borrowed.git.failure("merge-tree", done.stderr)
    with tempfile.TemporaryDirectory(prefix="mkit-merge-") as folder:
        return _in_tree(borrowed, Path(folder) / "tree", ours, theirs)


def _in_tree(borrowed: Borrowed, tree: Path, ours: str, theirs: str) -> MergeTry:
    borrowed.add_tree(tree, ours)
    try:
        env = {**identity("nobody", "nobody"), "GIT_AUTHOR_NAME": "nobody"}
        env |= {"GIT_AUTHOR_EMAIL": "nobody", "GIT_MERGE_AUTOEDIT": "no"}
        argv = ("merge", "--quiet", "--no-ff", "--no-commit", "--no-rerere-autoupdate", theirs)
        done = borrowed.run(*argv, tree=tree, env=env)
        listed = borrowed.run("diff", "--name-only", "--diff-filter=U", "-z", tree=tree)
        paths = _words(listed.stdout)
        if done.code and not paths:
            raise borrowed.git.failure("merge", done.stderr)
        return MergeTry("" if paths else borrowed.say("write-tree", tree=tree), tuple(paths))
    finally:
        borrowed.drop_tree(tree)


def count_files(borrowed: Borrowed, tree: str) -> int:
    """How many files are in a tree, or a commit's."""
    listed = borrowed.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", tree)
    if listed.code:
        raise RepositoryError(f"{tree[:12]} cannot be read in {borrowed.source.place}")
    return listed.stdout.count(b"\0")


def _words(said: bytes) -> list[str]:
    return [storable(os.fsdecode(one)) for one in said.split(b"\0") if one]
