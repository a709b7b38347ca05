# SPDX-License-Identifier: GPL-2.0-or-later
"""Picks commits in a work tree of ours: implements the port ``Tree``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from maintainer_kit.adapters.git.applying.work_tree import AmTree
from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.git.new_commit import stamped, write_commit
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

    def has(self, commit: str) -> bool:
        return self._tree.has(commit)

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

    def pick_as_before(self, commit: str) -> str:
        head = self._tree.head()
        self._run_pick(commit, rerere=True)
        is_solved = not self._tree.unmerged() and self._tree.is_changed(head)
        return self._tree.say("write-tree") if is_solved else ""

    def _run_pick(self, commit: str, *, rerere: bool = False, for_hand: bool = False) -> Result:
        """New files of a folder that has another name in the branch go there, but where git cannot
        tell which is meant."""
        before = self._tree.head()
        for moves in ("true", "false"):
            if for_hand:
                self._tree.write_out()
            done = self._tree.pick(commit, rerere=rerere, for_hand=for_hand, folder_renames=moves)
            is_stuck = done.code and not self._tree.unmerged() and self._tree.is_changed(before)
            if not is_stuck or moves == "false":
                break
            self._tree.begin(before)
        return done

    def lay_open(self, commit: str) -> str:
        self._run_pick(commit, for_hand=True)
        return str(self._tree.path)

    def take(self) -> str:
        if place := self._tree.marked():
            raise Refused(f"{place}: a conflict is still marked there", self._hint)
        self._tree.learn()
        gone = [one for one in self._tree.unmerged() if not (self._tree.path / one).exists()]
        self._tree.put(gone)
        return self._tree.keep()

    @property
    def _hint(self) -> str:
        return f"solve it in {self._tree.path}, then mkit backport --continue"

    def tree_of(self, commit: str) -> str:
        return self._own.say("rev-parse", "--verify", f"{commit}^{{tree}}")

    def commit(self, tree: str, head: str, upstream: str, message: str) -> str:
        people = (self._author(upstream), self._committer)
        return write_commit(self._own, tree, [head], people, message, lasting=True)

    def _author(self, commit: str) -> str:
        """The line as it is, whatever git would make of it anew."""
        head = self._own.run("cat-file", "commit", commit).stdout.partition(b"\n\n")[0]
        lines = dict(line.partition(b" ")[::2] for line in head.split(b"\n"))
        encoding = lines.get(b"encoding", b"utf-8").decode("ascii", "replace")
        try:
            return lines[b"author"].decode(encoding)
        except (LookupError, UnicodeDecodeError):
            return lines[b"author"].decode("utf-8", "replace")

    @property
    def _committer(self) -> str:
        name, address = (self._who[f"GIT_COMMITTER_{one}"] for one in ("NAME", "EMAIL"))
        return stamped(name, address, self._now())

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
