# SPDX-License-Identifier: GPL-2.0-or-later
"""What names mean: commits, which of them came out of which, and where a branch begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maintainer_kit.adapters.git.process import Git

BRANCHES = "refs/heads/"
_MOST_OF_SELF = 200
"""Commits that a branch may have been pushed with before: nobody posts more at once."""


def commit_id(git: Git, name: str) -> str:
    """The full id of a commit by any of its names; empty where there is none."""
    if not name or "\0" in name:
        return ""
    return _said(git, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{name}^{{commit}}")


def is_ancestor(git: Git, older: str, newer: str) -> bool:
    """Whether a commit is below another, or is it; both by their full ids. Raises RepositoryError
    where git cannot tell, as of one that is not there."""
    done = git.run("merge-base", "--is-ancestor", older, newer)
    if done.code not in (0, 1):
        raise git.failure("merge-base", done.stderr)
    return not done.code


def common_commit(git: Git, one: str, other: str) -> str:
    """The newest commit below both; empty where their histories have nothing in common."""
    return _said(git, "merge-base", one, other)


def branch_ref(git: Git, name: str) -> str:
    """The full name of a local branch, by its short one, or for no name of the one that is checked
    out; empty where there is none."""
    if not name:
        found = _said(git, "symbolic-ref", "--quiet", "HEAD")
        return found if found.startswith(BRANCHES) else ""
    if "\0" in name:
        return ""
    ref = f"{BRANCHES}{name}"
    return "" if git.run("show-ref", "--verify", "--quiet", ref).code else ref


def fork_of(git: Git, name: str, main: Callable[[], Sequence[str]]) -> str:
    """Where a branch begins, by any of its names, or for no name what is checked out: its last
    commit in common with its upstream, else with the first of the ``main`` branches; empty where
    neither tells.

    An upstream of the same name is mostly the branch's own older self, pushed: it is asked last,
    unless it has more than anybody posts.
    """
    ref = branch_ref(git, "" if name == "HEAD" else name.removeprefix(BRANCHES))
    tip = commit_id(git, ref or name or "HEAD")
    if not tip:
        return ""
    upstream = _said(git, "for-each-ref", "--format=%(upstream)", "--", ref) if ref else ""
    is_own = upstream.endswith(f"/{ref.removeprefix(BRANCHES)}")
    own = _left(git, tip, upstream)
    if own and not is_own:
        return own
    for other in main():
        if found := _left(git, tip, other):
            return own if own and _is_line(git, found, own) else found
    return own


def _left(git: Git, tip: str, other: str) -> str:
    """Where one left another; empty where it has nothing of its own."""
    base = commit_id(git, other)
    common = common_commit(git, tip, base) if base and base != tip else ""
    return "" if common == tip else common


def _is_line(git: Git, below: str, commit: str) -> bool:
    """Whether so much lies between two commits that it is no series."""
    most = f"--max-count={_MOST_OF_SELF + 1}"
    return int(git.output("rev-list", "--count", most, commit, f"^{below}", "--")) > _MOST_OF_SELF


def _said(git: Git, *argv: str) -> str:
    """What git prints, stripped; empty where it fails."""
    found = git.run(*argv)
    return "" if found.code else found.stdout.decode("utf-8", "surrogateescape").strip()
