# SPDX-License-Identifier: GPL-2.0-or-later
"""What came into an epoch of a public-inbox archive and what went, commit by commit.

Of version 2 (public-inbox-v2-format(5)) each commit holds one file: ``m``, a mail, or ``d``, one
that is deleted. Of version 1 a mail is a file with a name made of its Message-ID's SHA-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.adapters.git.diff_options import CONFIG
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id, is_ancestor
from maintainer_kit.adapters.git.running import Running
from maintainer_kit.lazy.dataclass import dataclass

_PATIENCE = 600.0
"""Seconds of silence: git walks a whole history before it writes the oldest commit."""
_OPTIONS = (
    "--format=%H",
    "--reverse",
    "--first-parent",
    "--diff-merges=first-parent",
    "--raw",
    "-r",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--no-notes",
    "--no-decorate",
    "--no-show-signature",
    "--no-mailmap",
    "-O/dev/null",
)
_COMMIT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_CHANGE = re.compile(
    rb":(?P<was>\d{6}) (?P<mode>\d{6}) (?P<old>[0-9a-f]{40,64}) (?P<new>[0-9a-f]{40,64})"
    rb" [A-Z]\d*\t(?P<path>.*)"
)
_V1_PATH = re.compile(rb"[0-9a-f]{2}/[0-9a-f]{38}(?:/[0-9a-f]{40})?")
_LONGEST_LINE = 1 << 14


@dataclass(frozen=True, slots=True)
class Change:
    """A mail that came, or one that was deleted."""

    commit: str
    blob: str
    is_deletion: bool


def open_epoch(path: Path) -> Git:
    """git for an archive: its history may be long."""
    return Git(path, _PATIENCE)


def find_tip(git: Git) -> str:
    """The newest commit of an epoch: of HEAD, or of its only branch; empty where there is none.

    Raises RepositoryError.
    """
    for name in ("HEAD", "refs/heads/master"):
        result = git.run("rev-parse", "--quiet", "--verify", name)
        if not result.code:
            return result.stdout.decode("ascii", "replace").strip()
        if result.stderr:
            raise git.failure("rev-parse", result.stderr)
    argv = ("for-each-ref", "--count=2", "--format=%(objectname)", "refs/heads")
    branches = git.output(*argv).decode("ascii", "replace").split()
    return branches[0] if len(branches) == 1 else ""


def holds(git: Git, older: str, tip: str) -> bool:
    """Whether a history still holds a commit that it held once."""
    # One that was rewritten may be gone.
    return older == tip or (bool(commit_id(git, older)) and is_ancestor(git, older, tip))


def read_changes(git: Git, tip: str, since: str = "") -> Iterator[Change]:
    """The changes up to a commit, the oldest first. Raises RepositoryError when git fails on the
    way, after those that it could read."""
    left_out = (f"^{since}",) if since else ()
    with git.start(*CONFIG, "log", *_OPTIONS, tip, *left_out, "--") as running:
        commit = ""
        for line in _lines(running):
            if _COMMIT.fullmatch(line):
                commit = line.decode()
            elif found := _CHANGE.fullmatch(line):
                yield from _changes(commit, found)
        result = running.end()
        if result.code:
            raise git.failure("log", result.stderr)


def _changes(commit: str, found: re.Match[bytes]) -> Iterator[Change]:
    """What one line of a raw diff means."""
    path, old, new = found["path"], found["old"].decode(), found["new"].decode()
    is_there = found["mode"].startswith(b"100")
    if path in (b"m", b"d"):
        # That the file of the commit before is gone means nothing.
        if is_there:
            yield Change(commit, new, path == b"d")
    elif _V1_PATH.fullmatch(path):
        if found["was"].startswith(b"100"):
            yield Change(commit, old, True)
        if is_there:
            yield Change(commit, new, False)


def _lines(running: Running) -> Iterator[bytes]:
    """Lines of an output; those that are longer than any that counts are cut short."""
    rest = b""
    while more := running.read():
        *lines, rest = (rest + more).split(b"\n")
        yield from lines
        if len(rest) > _LONGEST_LINE:
            rest = rest[:_LONGEST_LINE]
