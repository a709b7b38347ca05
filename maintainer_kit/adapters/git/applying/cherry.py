# SPDX-License-Identifier: GPL-2.0-or-later
"""Picks commits in a work tree of ours: implements the port ``Tree``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from maintainer_kit.adapters.git.applying.work_tree import AmTree
from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.process import Result
from maintainer_kit.errors import Refused
from maintainer_kit.workflow.backporting.facts import Conflict
from maintainer_kit.workflow.backporting.lines import Span, clashing
from maintainer_kit.workflow.backporting.ports import Pick

_HUNK = re.compile(rb"^@@ -(\d{1,9})(?:,(\d{1,9}))? \+", re.MULTILINE)
_RAW = re.compile(rb":\d{6} \d{6} ([0-9a-f]{40,64}) [0-9a-f]{40,64} [A-Z]\d{0,3}")
_MOST = 50
"""Files whose conflicts are told."""


class CherryTree:
    """One tree, with what is below it borrowed."""

    def __init__(
        self, own: Borrowed, path: Path, who: Mapping[str, str], now: Callable[[], int]
    ) -> None:
        """``who`` commits (see ``borrowed.identity``), at a time in seconds since the epoch."""
        self._own = own
        self._who = who
        self._now = now
        self._tree = AmTree(own, path, who)

    def begin(self, head: str) -> None:
        self._tree.begin(head)

    def pick(self, commit: str) -> Pick:
        before = self._tree.head()
        done = self._run_pick(commit)
        after = self._tree.head()
        if after != before:
            return Pick(after)
        conflicts = tuple(self._conflicts(commit))
        if not conflicts and self._tree.is_changed(before):
            raise self._own.git.failure("cherry-pick", done.stderr)
        return Pick(conflicts=conflicts)

    def _run_pick(self, commit: str) -> Result:
        """New files of a folder that has another name in the branch go there, but where git cannot
        tell which is meant."""
        before = self._tree.head()
        for moves in ("true", "false"):
            done = self._tree.pick(commit, folder_renames=moves)
            is_stuck = done.code and not self._tree.unmerged() and self._tree.is_changed(before)
            if not is_stuck or moves == "false":
                break
            self._tree.begin(before)
        return done

    def lay_open(self, commit: str) -> str:
        self._tree.write_out()
        self._run_pick(commit)
        return str(self._tree.path)

    def take(self) -> str:
        if place := self._tree.marked():
            raise Refused(f"{place}: a conflict is still marked there", self._hint)
        gone = [one for one in self._tree.unmerged() if not (self._tree.path / one).exists()]
        self._tree.put(gone)
        self._tree.say("add", "--update")
        return self._tree.say("write-tree")

    @property
    def _hint(self) -> str:
        return f"solve it in {self._tree.path}, then mkit backport --continue"

    def tree_of(self, commit: str) -> str:
        return self._own.say("rev-parse", "--verify", f"{commit}^{{tree}}")

    def commit(self, tree: str, head: str, upstream: str, message: str) -> str:
        author = self._author(upstream)
        lines = (f"tree {tree}", f"parent {head}", author, self._committer)
        raw = "".join(f"{one}\n" for one in (*lines, "", message.rstrip("\n")))
        data = raw.replace("\0", "").encode("utf-8", "replace")
        return self._own.say("hash-object", "-t", "commit", "-w", "--stdin", stdin=data)

    def _author(self, commit: str) -> str:
        """The line as it is, whatever git would make of it anew."""
        head = self._own.run("cat-file", "commit", commit).stdout.partition(b"\n\n")[0]
        lines = dict(line.partition(b" ")[::2] for line in head.split(b"\n"))
        encoding = lines.get(b"encoding", b"utf-8").decode("ascii", "replace")
        try:
            name = lines[b"author"].decode(encoding)
        except (LookupError, UnicodeDecodeError):
            name = lines[b"author"].decode("utf-8", "replace")
        return f"author {name}"

    @property
    def _committer(self) -> str:
        name, address = (self._who[f"GIT_COMMITTER_{one}"] for one in ("NAME", "EMAIL"))
        return f"committer {name} <{address}> {self._now()} +0000"

    def _conflicts(self, commit: str) -> Iterator[Conflict]:
        stages = self._tree.stages()
        names = self._old_names(commit) if stages else {}
        for path, found in list(stages.items())[:_MOST]:
            base, ours, theirs = (found.get(one, "") for one in ("1", "2", "3"))
            before = names.get(base, path)
            if not ours or not base:
                yield Conflict(before, is_missing=not ours)
                continue
            mine = self._spans(base, theirs) if theirs else [Span(1, 1)]
            yield Conflict(before, hunks=tuple(clashing(mine, self._spans(base, ours))))

    def _old_names(self, commit: str) -> dict[str, str]:
        """Paths of the files that a commit changes, as they were before, by their blobs."""
        argv = ("diff-tree", "-r", "-z", "--no-commit-id", "--no-renames", "--root", commit, "--")
        fields = self._own.run(*argv).stdout.split(b"\0")
        found = {}
        for head, path in zip(fields[::2], fields[1::2], strict=False):
            if raw := _RAW.match(head):
                found[raw[1].decode()] = os.fsdecode(path)
        return found

    def _spans(self, old: str, new: str) -> list[Span]:
        """Which lines of a blob another one has otherwise."""
        argv = ("diff", "-U0", "--no-ext-diff", "--no-textconv", "--no-color", "--text", old, new)
        said = self._own.run(*argv, "--").stdout
        hunks = _HUNK.findall(said)
        return [Span(int(first), int(count) if count else 1) for first, count in hunks]
