# SPDX-License-Identifier: GPL-2.0-or-later
"""One's own commits that nobody else has yet: those whose messages may be rewritten."""

from __future__ import annotations

import re
from dataclasses import dataclass

from maintainer_kit.adapters.git.checking.draft_commit import author, committer, under_way
from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import Range
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.mail.text import visible_line

MOST = 200
"""Commits that are rewritten at once."""
RAW = {"GIT_NO_REPLACE_OBJECTS": "1"}
"""Objects as they are, whatever ``git replace`` shows instead of them."""
_BRANCHES = "refs/heads/"
_SIGNED = (b"gpgsig", b"gpgsig-sha256")
_OBJECT = re.compile(rb"([0-9a-f]{40,64}) commit (\d{1,10})\n")
_PERSON = re.compile(rb"[^<>\n]{0,2000}<([^<>\n]{0,1000})> ")
_AMEND = "git rebase -i, and git commit --amend"


@dataclass(frozen=True, slots=True)
class RawCommit:
    """A commit as it is stored."""

    commit: str
    head: tuple[bytes, ...]
    """The lines above its message."""
    message: bytes

    def field(self, name: bytes) -> bytes:
        """What the first header of a name says; empty without one."""
        start = name + b" "
        return next((one[len(start) :] for one in self.head if one.startswith(start)), b"")

    @property
    def parents(self) -> tuple[str, ...]:
        found = (one.partition(b" ") for one in self.head if one.startswith(b"parent "))
        return tuple(one.decode("ascii", "replace") for _, _, one in found)

    @property
    def encoding(self) -> str:
        return self.field(b"encoding").decode("ascii", "replace")

    def address(self, name: bytes) -> str:
        """Of its ``author`` or ``committer``."""
        found = _PERSON.match(self.field(name))
        return found[1].decode("utf-8", "replace").lower() if found else ""


@dataclass(frozen=True, slots=True)
class OwnCommits:
    """Commits at the tip of the checked-out branch, the oldest first."""

    branch: str
    """Its full name."""
    tip: str
    commits: tuple[RawCommit, ...]
    also_in: tuple[str, ...] = ()
    """Other branches that have some of them, and keep them as they are."""


def read_own(git: Git, wanted: Range) -> OwnCommits:
    """Read the commits of a range that is to be rewritten.

    Raises Refused where any of them is not to be: somebody else's, published, a merge, signed; or
    where the range does not end at the tip of the checked-out branch, or git is in the middle of
    something.
    """
    branch = _branch(git, wanted.tip)
    names = git.output("rev-list", "--topo-order", "--reverse", *wanted.revisions).decode().split()
    if not names:
        raise RepositoryError("no commit is in that range", "git log A..B shows what is")
    if len(names) > MOST:
        raise Refused(
            f"{len(names)} commits are too many to be rewritten at once", f"HEAD~{MOST}.."
        )
    commits = tuple(_read(git, names))
    _refuse_foreign(git, commits)
    _refuse_published(git, names[0])
    return OwnCommits(branch, wanted.tip, commits, _other_branches(git, names[0], branch))


def _branch(git: Git, tip: str) -> str:
    """The checked-out branch, when ``tip`` is its tip and nothing is under way."""
    folder = read_layout(git).folder
    busy = set(under_way(git)) | {name for name in ("sequencer",) if (folder / name).exists()}
    if busy:
        raise Refused(f"a {min(busy)} is under way in {git.place}", "end it first")
    found = git.run("symbolic-ref", "--quiet", "HEAD")
    branch = found.stdout.decode("utf-8", "surrogateescape").strip()
    if found.code or not branch.startswith(_BRANCHES):
        raise Refused("no branch is checked out", "git switch BRANCH")
    if commit_id(git, "HEAD") != tip:
        short = visible_line(branch.removeprefix(_BRANCHES))[:80]
        raise Refused(f"these commits do not end at the tip of {short}", "mkit check --fix A..")
    return branch


def _read(git: Git, names: list[str]) -> list[RawCommit]:
    asked = "".join(f"{one}\n" for one in names).encode()
    data = git.output("cat-file", "--batch", stdin=asked, env=RAW)
    found: list[RawCommit] = []
    at = 0
    for name in names:
        line = _OBJECT.match(data, at)
        if line is None or line[1].decode() != name:
            raise RepositoryError(f"git cannot read the commit {name[:12]}", "git fsck")
        end = line.end() + int(line[2])
        head, _, message = data[line.end() : end].partition(b"\n\n")
        found.append(RawCommit(name, tuple(head.split(b"\n")), message))
        at = end + 1
    return found


def _refuse_foreign(git: Git, commits: tuple[RawCommit, ...]) -> None:
    mine = {one.address.lower() for one in (author(git), committer(git))} - {""}
    if not mine:
        raise Refused("git does not know who you are", "git config user.email ADDRESS")
    above = commits[0].parents
    for one in commits:
        short = one.commit[:12]
        if len(one.parents) > 1:
            raise Refused(f"{short} is a merge", "name the commits above it")
        if one.parents != above:
            raise Refused(f"the commits do not follow each other: {short}", _AMEND)
        if any(line.split(b" ", 1)[0] in _SIGNED for line in one.head):
            raise Refused(f"{short} is signed, and would not be then", _AMEND)
        for role in (b"author", b"committer"):
            if one.address(role) not in mine:
                whose = visible_line(one.address(role))[:80] or "nobody"
                raise Refused(
                    f"{short} has another {role.decode()}: {whose}", "ask them to mend it"
                )
        above = (one.commit,)


def _refuse_published(git: Git, oldest: str) -> None:
    """A ref that has the newest has the oldest too."""
    found = _refs_with(git, oldest, "refs/remotes", "refs/tags")
    if found:
        name = visible_line(found[0])[:80]
        raise Refused(f"{oldest[:12]} is published already: {name} has it", "send a new commit")


def _other_branches(git: Git, oldest: str, branch: str) -> tuple[str, ...]:
    return tuple(one for one in _refs_with(git, oldest, _BRANCHES) if one != branch)


def _refs_with(git: Git, commit: str, *places: str) -> list[str]:
    argv = ("for-each-ref", "--format=%(refname)", f"--contains={commit}", *places)
    return git.output(*argv).decode("utf-8", "replace").split("\n")[:-1]
