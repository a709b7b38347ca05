# SPDX-License-Identifier: GPL-2.0-or-later
"""From what a user names to the commits that are tested, and the one they are compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import looks_like_range, read_range
from maintainer_kit.adapters.git.revisions import branch_ref, commit_id, common_commit, fork_of
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.model.testing.history import Commit, Span

_MOST = 5000
_FORMAT = "%H%x00%T%x00%P%x00%s%x00"


def named_span(git: Git, word: str, main: Callable[[], Sequence[str]]) -> Span:
    """``A..B``, ``-N``, one commit, or a branch: what that has of its own (see
    ``revisions.fork_of``); without a word the one that is checked out.

    Raises RepositoryError and Refused.
    """
    if word and (looks_like_range(word) or not is_branch(git, word)):
        found = read_range(git, word)
        commits = _read(git, found.revisions)
        return _span(git, commits, found.since)
    base = base_of(git, word, main)
    tip = f"refs/heads/{word}" if word else "HEAD"
    return _span(git, _read(git, (tip, f"^{base}", "--")), base)


def span_of(git: Git, commits: Sequence[str]) -> Span:
    """These commits of one history, whatever lies between them; the base is the first's parent."""
    found = {one.commit: one for one in _read(git, (*commits, "--"), walks=False)}
    ordered = [found[one] for one in _order(git, commits) if one in found]
    base = next(iter(ordered[0].parents), "") if ordered else ""
    # What lies between is not tested: each follows the one before.
    parents = [one.commit for one in ordered[:-1]]
    linked = [
        one._replace(parents=(above,)) for one, above in zip(ordered[1:], parents, strict=True)
    ]
    return _span(git, [*ordered[:1], *linked], base)


def is_branch(git: Git, name: str) -> bool:
    """Whether a word names a local branch, and no other commit."""
    return bool(name) and not name.startswith("-") and bool(branch_ref(git, name))


def commit_of(git: Git, commit: str) -> Commit:
    """Of the id of one that is there. Raises RepositoryError."""
    return _read(git, (commit, "--"), walks=False)[0]


def base_of(git: Git, name: str, main: Callable[[], Sequence[str]]) -> str:
    """Where a branch begins; see ``revisions.fork_of``. Raises RepositoryError and Refused."""
    if found := fork_of(git, name, main):
        return found
    if not commit_id(git, branch_ref(git, name) or name or "HEAD"):
        git.output("rev-parse", "--git-dir")  # says so when there is no repository at all
        raise RepositoryError(f"{git.place} has no commit yet", "git commit")
    shown = visible_line(name)[:80] or "HEAD"
    raise Refused(f"nobody can tell where {shown} begins", "mkit test BASE..TIP")


def _span(git: Git, commits: Sequence[Commit], since: str) -> Span:
    if not commits:
        raise RepositoryError("no commit is in that range", "git log A..B shows what is")
    if len(commits) > _MOST:
        raise Refused(f"{len(commits)} commits are too many to be tested", "name fewer: A..B")
    base = _base(git, commits, since)
    return Span(_read(git, (base,), walks=False)[0] if base else None, tuple(commits))


def _base(git: Git, commits: Sequence[Commit], since: str) -> str:
    if since and (found := common_commit(git, since, commits[-1].commit)):
        return found
    return next(iter(commits[0].parents), "")


def _read(git: Git, revisions: Sequence[str], *, walks: bool = True) -> list[Commit]:
    """Commits, the oldest first."""
    order = ("--topo-order", "--reverse") if walks else ("--no-walk=unsorted",)
    limit = (f"--max-count={_MOST + 1}",) if walks and not _limits(revisions) else ()
    argv = ("log", *order, *limit, f"--format={_FORMAT}", "--encoding=UTF-8")
    said = git.output("-c", "log.showSignature=false", *argv, *revisions)
    fields = storable(said.decode("utf-8", "replace")).replace("\0\n", "\0").split("\0")[:-1]
    rows = zip(*(fields[at::4] for at in range(4)), strict=True)
    return [Commit(one, tree, tuple(above.split()), title) for one, tree, above, title in rows]


def _limits(revisions: Sequence[str]) -> bool:
    return bool(revisions) and revisions[0].startswith("-")


def _order(git: Git, commits: Sequence[str]) -> list[str]:
    """Parents first."""
    first = git.output("merge-base", "--octopus", *commits).decode("ascii", "replace").strip()
    below = git.output("rev-parse", f"{first}^@").decode("ascii", "replace").split()
    argv = ("rev-list", "--topo-order", "--reverse", *commits, *(f"^{one}" for one in below))
    wanted = set(commits)
    said = git.output(*argv, "--").decode("ascii", "replace").split()
    return [one for one in said if one in wanted]
