# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits whose files are as some diffs expect them: the history of these files, walked back from
the tips of refs, one ``git log`` each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from maintainer_kit.adapters.git.layout import read_layout
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.workflow.applying.ports import Candidate, OldFile

_MOST_COMMITS = 3000
_PATIENCE = 30.0
_LOG = (
    *("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-notes"),
    *("--no-show-signature", "--no-decorate", f"--max-count={_MOST_COMMITS}"),
    "--format=%x01%H %P",
)


@dataclass(frozen=True, slots=True)
class _Step:
    """A commit that changed some of the files: its first parent, and what they were in that."""

    parent: str
    before: Mapping[str, str]


def holding(source: Git, files: Sequence[OldFile], refs: Sequence[str]) -> list[Candidate]:
    """Of each ref the newest commit with the most files as they are wanted, the best first; none
    for a ref that is not there, or below which no file is.

    Raises RepositoryError.
    """
    git = Git(read_layout(source).folder, _PATIENCE)
    found: dict[str, Candidate] = {}
    for ref in dict.fromkeys(refs):
        tip = commit_id(git, ref) if files else ""
        if not tip:
            continue
        one = _best(git, tip, ref, files)
        if one.fitting:
            found.setdefault(one.commit, one)
    return sorted(found.values(), key=lambda one: (-one.fitting, one.behind))


def _best(git: Git, tip: str, ref: str, files: Sequence[OldFile]) -> Candidate:
    paths = [one.path for one in files]
    now = _tree(git, tip, paths)
    wanted = {one.path: one.blob for one in files}
    fitting = sum(_fits(now.get(path, ""), blob) for path, blob in wanted.items())
    best = Candidate(tip, ref, fitting, 0)
    for behind, step in enumerate(_steps(git, tip, paths), 1):
        if best.fitting == len(wanted):
            break
        for path, blob in step.before.items():
            if path in wanted:
                fitting += _fits(blob, wanted[path]) - _fits(now.get(path, ""), wanted[path])
                now[path] = blob
        if fitting > best.fitting and step.parent:
            best = Candidate(step.parent, ref, fitting, behind)
    return best


def _fits(blob: str, wanted: str) -> int:
    """An abbreviated id fits; an empty one, of a file that is not there, only another."""
    return int(blob.startswith(wanted) if wanted else not blob)


def _tree(git: Git, commit: str, paths: Sequence[str]) -> dict[str, str]:
    """The blobs of files of a commit."""
    said = git.output("ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
    found = {}
    for line in said.split(b"\0")[:-1]:
        head, _, path = line.partition(b"\t")
        found[os.fsdecode(path)] = head.split(b" ")[2].decode("ascii")
    return found


def _steps(git: Git, tip: str, paths: Sequence[str]) -> Iterator[_Step]:
    """What changed the files, the newest first."""
    parent, before, path_next = "", dict[str, str](), ""
    is_first = True
    for word in _words(git, tip, paths):
        if word.startswith("\x01"):
            if not is_first:
                yield _Step(parent, before)
            is_first = False
            parent, before = [*word.split(" ", 2), ""][1], {}
        elif word.startswith(":"):
            path_next = word.split(" ")[2]
        elif word:
            before[word] = path_next if path_next.strip("0") else ""
    if not is_first:
        yield _Step(parent, before)


def _words(git: Git, tip: str, paths: Sequence[str]) -> Iterator[str]:
    rest = b""
    with git.start(*_LOG, tip, "--", *paths) as running:
        while more := running.read():
            *whole, rest = (rest + more).split(b"\0")
            for word in whole:
                yield os.fsdecode(word.lstrip(b"\n"))
    if rest:
        yield os.fsdecode(rest.lstrip(b"\n"))


def place_of(source: Git) -> Path:
    """The git directory that a repository's work trees share; raises RepositoryError."""
    said = source.output("rev-parse", "--path-format=absolute", "--git-common-dir")
    return Path(os.fsdecode(said.rstrip(b"\n")))
