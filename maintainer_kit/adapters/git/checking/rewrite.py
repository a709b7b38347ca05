# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages of one's own commits rewritten: the same trees, authors and dates; the old tip is kept.

Neither the index nor the work tree is touched, as the tree of the tip stays the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from maintainer_kit.adapters.git.checking.own_commits import OwnCommits, RawCommit
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import Refused

BACKUPS = "refs/mkit/backup/"
_REASON = "mkit check --fix: messages mended"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of a branch."""

    branch: str
    """Its full name."""
    old: str
    new: str
    backup: str
    """The ref that keeps what was there."""
    names: Mapping[str, str]
    """The new id of each commit that has one."""

    @property
    def way_back(self) -> str:
        """The command that undoes it."""
        return f"git reset --keep {self.backup}"


def rewrite(git: Git, own: OwnCommits, messages: Mapping[str, bytes], now: datetime) -> Rewritten:
    """Give commits other messages, by their ids, and move the branch; those above follow.

    Raises Refused when the branch was moved meanwhile: nothing is changed then.
    """
    names: dict[str, str] = {}
    for one in own.commits:
        message = messages.get(one.commit, one.message)
        if message != one.message or any(parent in names for parent in one.parents):
            names[one.commit] = _commit(git, one, message, names)
    new = names.get(own.tip, own.tip)
    if new == own.tip:
        raise Refused("no message is to be changed")
    backup = _free_name(git, own.branch, now)
    _move(git, own, new, backup)
    return Rewritten(own.branch, own.tip, new, backup, names)


def _commit(git: Git, old: RawCommit, message: bytes, names: Mapping[str, str]) -> str:
    """Write the commit anew. ``git commit-tree`` would make the date and the name of the author
    anew as well, and drop headers that it does not know."""
    committer = git.output("var", "GIT_COMMITTER_IDENT").rstrip(b"\n")
    lines: list[bytes] = []
    for line in old.head:
        name, _, value = line.partition(b" ")
        if name == b"parent":
            mapped = names.get(value.decode("ascii", "replace"))
            line = b"parent " + (mapped.encode() if mapped else value)
        elif name == b"committer":
            line = b"committer " + committer
        lines.append(line)
    data = b"\n".join(lines) + b"\n\n" + message
    written = git.output("hash-object", "-t", "commit", "-w", "--stdin", stdin=data)
    return written.decode("ascii", "replace").strip()


def _free_name(git: Git, branch: str, now: datetime) -> str:
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    base = f"{BACKUPS}{branch.removeprefix('refs/heads/')}/{stamp}"
    name, number = base, 1
    while not git.run("rev-parse", "--quiet", "--verify", name).code:
        number += 1
        name = f"{base}-{number}"
    return name


def _move(git: Git, own: OwnCommits, new: str, backup: str) -> None:
    """Both refs in one transaction: without the backup the branch is not moved."""
    asked = (
        f"start\ncreate {backup} {own.tip}\nupdate {own.branch} {new} {own.tip}\nprepare\ncommit\n"
    )
    data = asked.encode("utf-8", "surrogateescape")
    result = git.run("update-ref", "--create-reflog", "-m", _REASON, "--stdin", stdin=data)
    if result.code:
        words = git.failure("update-ref", result.stderr)
        raise Refused(f"the branch was not moved: {words.message}", "mkit check --fix, once more")
