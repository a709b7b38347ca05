# SPDX-License-Identifier: GPL-2.0-or-later
"""A branch, or a range of commits, as a series that is to be posted; the repository is only read.

A cover letter may lie in the branch's description (git-branch(1)) or where ``b4 prep`` keeps it: in
a commit without changes, with what it tracks as JSON below a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from maintainer_kit.adapters.git.log import read_commits
from maintainer_kit.adapters.git.posting.cover_commit import b4_description, split_cover
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import Range, looks_like_range, read_range
from maintainer_kit.adapters.git.revisions import BRANCHES, commit_id, fork_of
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.mail.text import storable, visible_line
from maintainer_kit.workflow.posting.branch import Branch, Tracked

MOST = 200
"""Patches of one posting: more, nobody reads."""
_HINT = "mkit send A..B"


def read_branch(git: Git, word: str, main: Callable[[], Sequence[str]]) -> Branch:
    """The series that a user names: a branch, ``A..B``, or nothing for the checked-out branch.

    ``main`` names the branches that others are made on. Raises RepositoryError for what is not
    there, and Refused for what cannot be posted.
    """
    reader = _Reader(git, main)
    name, wanted = reader.wanted(word)
    found = list(islice(read_commits(git, wanted), MOST + 1))
    if len(found) > MOST:
        raise Refused(f"more than {MOST} commits are in {_shown(word or name)}", _HINT)
    cover, tracked, records = _without_cover(found)
    described, kept = reader.description(name)
    patches = tuple(_patches(records, word or name))
    base = records[0].parents[0]
    return Branch(
        name=name or word,
        place=_said(git, "rev-parse", "--path-format=absolute", "--git-common-dir"),
        base=base,
        commits=patches,
        base_in=reader.holder(base),
        has_remotes=bool(_said(git, "for-each-ref", "--count=1", "refs/remotes")),
        cover=cover or described,
        tracked=tracked or kept,
        prefix=reader.setting("format.subjectprefix") or "PATCH",
        to=reader.settings("sendemail.to"),
        cc=reader.settings("sendemail.cc"),
    )


class _Reader:
    """Asks one repository."""

    def __init__(self, git: Git, main: Callable[[], Sequence[str]]) -> None:
        self._git = git
        self._main = main

    def wanted(self, word: str) -> tuple[str, Range]:
        """The short name of the branch, empty without one, and its commits."""
        if looks_like_range(word) and not commit_id(self._git, BRANCHES + word):
            newer = word.partition("..")[2]
            is_branch = bool(newer and commit_id(self._git, BRANCHES + newer))
            return newer if is_branch else "", read_range(self._git, word)
        name = word.removeprefix(BRANCHES) or self._checked_out()
        tip = commit_id(self._git, BRANCHES + name)
        if not tip:
            raise RepositoryError(f"there is no branch {_shown(name)} in {self._git.place}", _HINT)
        return name, Range(tip, self._start(name))

    def description(self, name: str) -> tuple[str, Tracked]:
        """What is kept beside a branch."""
        if not name:
            return "", Tracked()
        text = self.setting(f"branch.{name}.description")
        return b4_description(text, self.setting(f"branch.{name}.b4-tracking"))

    def setting(self, key: str) -> str:
        return next(reversed(self.settings(key)), "")

    def settings(self, key: str) -> tuple[str, ...]:
        found = self._git.run("config", "--null", "--get-all", key)
        values = found.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]
        return tuple(map(storable, values))

    def holder(self, commit: str) -> str:
        """A branch of a remote repository that has a commit."""
        argv = ("--format=%(refname:short)", f"--contains={commit}", "refs/remotes")
        return _said(self._git, "for-each-ref", "--count=1", *argv)

    def _checked_out(self) -> str:
        name = _said(self._git, "symbolic-ref", "--quiet", "HEAD")
        if not name.startswith(BRANCHES):
            self._git.output("rev-parse", "--git-dir")  # says so where there is no repository
            raise Refused("no branch is checked out", "mkit send BRANCH, or A..B")
        return name.removeprefix(BRANCHES)

    def _start(self, name: str) -> str:
        if found := fork_of(self._git, name, self._main):
            return found
        shown = _shown(name)
        raise Refused(f"nobody can tell where {shown} begins", f"mkit send BASE..{shown}")


def _without_cover(
    records: Sequence[CommitRecord],
) -> tuple[str, Tracked | None, Sequence[CommitRecord]]:
    """The cover letter in a commit, and the others: those above it, or where there are none, below.

    What is below one that has patches above it was there before the series.
    """
    for at in range(len(records) - 1, -1, -1):
        found = None if records[at].diff else split_cover(records[at].message)
        if found is None:
            continue
        above = records[at + 1 :]
        if not above:
            return *found, records[:at]
        # The first patch stands on the cover letter, which nobody else will ever have.
        first = above[0]
        lowered = CommitRecord(
            first.commit,
            records[at].parents,
            first.author,
            first.committer,
            first.date,
            first.message,
            first.diff,
            first.left_out,
        )
        return *found, (lowered, *above[1:])
    return "", None, records


def _patches(records: Sequence[CommitRecord], word: str) -> Iterator[Patch]:
    if not records:
        raise RepositoryError(f"no commit is in {_shown(word)}", "git log A..B shows what is")
    for one in records:
        short = one.commit[:12]
        if len(one.parents) > 1:
            raise Refused(f"{short} is a merge, which is no patch", "name the commits above it")
        if not one.parents:
            raise Refused(f"{short} is a root commit, and stands on nothing", _HINT)
        if not one.diff:
            raise Refused(f"{short} changes nothing: {_shown(one.message)}", "git rebase -i")
        if one.left_out:
            raise Refused(f"{short} is too big to be posted", "git rebase -i")
        yield patch_of_commit(one)


def _said(git: Git, *argv: str) -> str:
    """What git prints, stripped; empty where it fails."""
    found = git.run(*argv)
    return "" if found.code else found.stdout.decode("utf-8", "surrogateescape").strip()


def _shown(text: str) -> str:
    return visible_line(text.split("\n", 1)[0])[:80]
