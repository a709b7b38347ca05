# SPDX-License-Identifier: GPL-2.0-or-later
"""Other programs that apply patches where git does not: GNU patch and wiggle, if they are
installed. What they make is taken only where they leave no conflict."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from maintainer_kit.adapters.bounded_run import Bounds, Ended, run_bounded
from maintainer_kit.adapters.git.am_tree import AmTree
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.patch.diff import FileChange, parse_diff
from maintainer_kit.workflow.applying.ways import Tried

_BOUNDS = Bounds(60.0, 1 << 20)
_PATCH = ("patch", "-p1", "--merge", "--forward", "--batch", "--no-backup-if-mismatch")
_WIGGLE = ("wiggle", "--merge", "--replace", "--patch", "--strip=1")
_PLACED = lazy_pattern(r"^Hunk #(\d+) (?:succeeded|merged) at (.+)\.$")
_MISSING = "is not installed"
_WRONG = ("FAILED", "NOT MERGED", "onflict", "rror")
_MARKS = (b"\n<<<<<<< ", b"\n>>>>>>> ", b"\n||||||| ")


def merged_by_patch(tree: AmTree, mail: Path, head: str) -> Tried:
    """By ``patch --merge``: hunks elsewhere than they say, and with other lines around them."""
    return _Outside(tree, mail, head).run(_PATCH, ("--input",))


def merged_by_wiggle(tree: AmTree, mail: Path, head: str) -> Tried:
    """By ``wiggle``: word by word."""
    return _Outside(tree, mail, head).run(_WIGGLE, ())


class _Outside:
    def __init__(self, tree: AmTree, mail: Path, head: str) -> None:
        self._tree = tree
        self._mail = mail
        self._head = head

    def run(self, argv: Sequence[str], last: Sequence[str]) -> Tried:
        diff = self._tree.diff_file(self._mail)
        files = _files(diff)
        paths = [path for one in files for path in (one.old_path, one.path) if path]
        self._tree.write_out(paths)
        env = {"TMPDIR": str(diff.parent), "PATCH_GET": "0"}
        ended = run_bounded([*argv, *last, str(diff)], self._tree.path, None, env, _BOUNDS)
        if ended.reason == _MISSING:
            return Tried(words=f"{argv[0]} is not installed")
        if ended.code or ended.reason or self._is_marked(paths):
            return Tried(words=ended.reason or _first(ended))
        left = next((one for one in files if not self._is_done(one)), None)
        if left:
            return Tried(words=f"{argv[0]} left out {visible_line(left.path)}")
        self._tree.put(paths)
        if not self._tree.is_changed(self._head):
            return Tried(words=f"{argv[0]} changes nothing")
        return Tried(self._tree.commit(self._mail, self._head), words=_placed(ended))

    def _is_done(self, one: FileChange) -> bool:
        """Whether a file that comes or goes did so: not all programs know of that."""
        if one.change == "binary":
            return False
        is_there = os.path.lexists(self._tree.path / one.path)
        is_gone = one.change == "deleted"
        if one.change == "renamed" and os.path.lexists(self._tree.path / one.old_path):
            return False
        return is_there is not is_gone

    def _is_marked(self, paths: Sequence[str]) -> bool:
        """Whether a conflict is marked in a file, whatever the program said."""
        for path in paths:
            file = self._tree.path / path
            if file.is_file() and not file.is_symlink():
                text = b"\n" + file.read_bytes()
                if all(mark in text for mark in _MARKS[:2]):
                    return True
        return False


def _files(diff: Path) -> Sequence[FileChange]:
    found = parse_diff(diff.read_bytes().decode("utf-8", "surrogateescape"))
    return found.files if found else ()


def _first(ended: Ended) -> str:
    """What it says last, which tells how much failed."""
    lines = os.fsdecode(ended.output).splitlines() + ended.words.splitlines()
    wrong = [one for one in lines if any(mark in one for mark in _WRONG)]
    said = (wrong or lines or [f"it ended with {ended.code}"])[0]
    return visible_line(said.strip())[:200]


def _placed(ended: Ended) -> str:
    """Hunks that were put elsewhere, or with other lines around them."""
    lines = os.fsdecode(ended.output).splitlines()
    found = [f"hunk {one[1]} at {one[2]}" for line in lines if (one := _PLACED.match(line))]
    return visible_line(", ".join(found))[:200]
