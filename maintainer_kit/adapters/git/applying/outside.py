# SPDX-License-Identifier: GPL-2.0-or-later
"""Other programs that merge patches where git does not: GNU patch and wiggle, if they are
installed. They get a file of ours outside of the tree and the hunks for it, and choose nothing by
themselves; what they make is taken only where they leave no conflict."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from errno import ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory

from maintainer_kit.adapters.bounded_run import Bounds, Ended, run_bounded
from maintainer_kit.adapters.git.applying.pieces import Piece, pieces_of
from maintainer_kit.adapters.git.applying.words import why_not
from maintainer_kit.adapters.git.applying.work_tree import AmTree, NoRoom
from maintainer_kit.errors import RepositoryError
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.applying.ways import Tried

_BOUNDS = Bounds(60.0, 1 << 26)
_PATCH = (
    *("patch", "--unified", "--merge", "--forward", "--batch", "--no-backup-if-mismatch"),
    *("--input=diff", "file"),
)
_WIGGLE = ("wiggle", "--merge", "file", "diff")
_PLACED = lazy_pattern(r"^Hunk #(\d+) (?:succeeded|merged) at (.+)\.$")
_MISSING = "is not installed"
_WRONG = ("FAILED", "NOT MERGED", "onflict", "rror")
_MARKS = (b"\n<<<<<<< ", b"\n>>>>>>> ")
_FILES = ("100644", "100755")
Merged = Callable[[Path, Ended], bytes]
"""What a program made of the file, by the folder in which it ran."""


class _NotTaken(Exception):
    """Why a patch is not taken."""


def merged_by_patch(tree: AmTree, mail: Path, head: str) -> Tried:
    """By ``patch --merge``: hunks elsewhere than they say, and with other lines around them."""
    outside = _Outside(tree, _PATCH, lambda folder, _: (folder / "file").read_bytes())
    return _tried(outside, mail, head)


def merged_by_wiggle(tree: AmTree, mail: Path, head: str) -> Tried:
    """By ``wiggle``: word by word."""
    return _tried(_Outside(tree, _WIGGLE, lambda _, ended: ended.output), mail, head)


def _tried(outside: _Outside, mail: Path, head: str) -> Tried:
    try:
        return outside.run(mail, head)
    except _NotTaken as error:
        return Tried(words=str(error))
    except OSError as error:
        kind = NoRoom if error.errno == ENOSPC else RepositoryError
        raise kind(f"{mail.parent}: {error.strerror}", "make room, and go on") from error


class _Outside:
    """All is done in the index; nothing of the work tree's folder is read or written."""

    def __init__(self, tree: AmTree, argv: Sequence[str], merged: Merged) -> None:
        self._tree = tree
        self._argv = argv
        self._merged = merged

    def run(self, mail: Path, head: str) -> Tried:
        diff = self._tree.diff_file(mail)
        pieces = pieces_of(diff)
        merging = [one for one in pieces if one.hunks]
        if not merging:
            raise _NotTaken(f"nothing that {self._argv[0]} could merge")
        self._apply([one.head if one.hunks else one.whole for one in pieces])
        found = self._files([one.path for one in merging])
        with TemporaryDirectory(prefix="mkit-", dir=diff.parent) as folder:
            placed = [self._merge(Path(folder), one, *found[one.path]) for one in merging]
        if not self._tree.is_changed(head):
            raise _NotTaken(f"{self._argv[0]} changes nothing")
        words = ", ".join(one for one in placed if one)
        return Tried(self._tree.commit(mail, head), words=visible_line(words)[:200])

    def _apply(self, diffs: Sequence[bytes]) -> None:
        """By git, into the index: files that come and go, names and modes."""
        if stdin := b"".join(diffs):
            done = self._tree.run("apply", "--cached", "--whitespace=nowarn", "-", stdin=stdin)
            if done.code:
                raise _NotTaken(why_not(done))

    def _files(self, paths: Sequence[str]) -> Mapping[str, tuple[str, str]]:
        """Mode and blob of files of the index; nothing else than a file has either."""
        found = self._tree.entries(paths)
        for path, count in Counter(paths).items():
            if path not in found:
                raise _NotTaken(f"{visible_line(path)} is not there")
            if found[path][0] not in _FILES:
                raise _NotTaken(f"{visible_line(path)} is no file, but a link or a submodule")
            if count > 1:
                raise _NotTaken(f"{visible_line(path)} is changed twice")
        return found

    def _merge(self, folder: Path, piece: Piece, mode: str, blob: str) -> str:
        """One file of the index; where its hunks were put elsewhere, in words."""
        file = folder / "file"
        file.write_bytes(self._tree.blob(blob))
        (folder / "diff").write_bytes(piece.hunks)
        env = {"TMPDIR": str(folder), "PATCH_GET": "0"}
        ended = run_bounded(self._argv, folder, None, env, _BOUNDS)
        if ended.reason == _MISSING:
            raise _NotTaken(f"{self._argv[0]} is not installed")
        if ended.code or ended.reason:
            raise _NotTaken(ended.reason or _first(ended))
        data = self._merged(folder, ended)
        if all(mark in b"\n" + data for mark in _MARKS):
            raise _NotTaken(f"a conflict in {visible_line(piece.path)}")
        self._tree.put_blob(piece.path, mode, data)
        return _placed(ended) if self._argv is _PATCH else ""


def _first(ended: Ended) -> str:
    """What it says last, which tells how much failed."""
    lines = os.fsdecode(ended.output).splitlines() + ended.words.splitlines()
    wrong = [one for one in lines if any(mark in one for mark in _WRONG)]
    said = (wrong or lines or [f"it ended with {ended.code}"])[0]
    return visible_line(said.strip())[:200]


def _placed(ended: Ended) -> str:
    """Hunks that were put elsewhere, or with other lines around them."""
    lines = os.fsdecode(ended.output).splitlines()
    return ", ".join(f"hunk {one[1]} at {one[2]}" for line in lines if (one := _PLACED.match(line)))
