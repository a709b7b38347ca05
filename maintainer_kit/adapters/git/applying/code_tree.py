# SPDX-License-Identifier: GPL-2.0-or-later
"""A series laid out for its reviewer: a repository of ours that borrows the objects of another, and
a work tree with all files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from maintainer_kit.adapters.git.applying.words import why_not
from maintainer_kit.adapters.git.applying.work_tree import is_plain
from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.adapters.git.diff_options import CONFIG, OPTIONS
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.kept.job_folder import JobFolder, Kind
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.patch.outline import outline_of
from maintainer_kit.workflow.replying.code import Changes, Laid

_PATIENCE = 600.0
"""Seconds: a big project takes its time to be checked out."""
_WHO = {
    **identity("mkit", "mkit@localhost"),
    "GIT_AUTHOR_NAME": "mkit",
    "GIT_AUTHOR_EMAIL": "mkit@localhost",
    "GIT_AUTHOR_DATE": "@0 +0000",
    "GIT_COMMITTER_DATE": "@0 +0000",
}
_LEFTOVERS = "*~\n*.orig\n*.rej\n.*.sw?\n\\#*#\n.#*\n"
"""What editors and patch(1) leave beside files."""


def _dump(laid: Laid) -> Mapping[str, object]:
    return {"patches": laid.message_ids, "commits": laid.commits, "base": laid.base}


def _load(told: Mapping[str, Any]) -> Laid | None:
    try:
        return Laid(tuple(told["patches"]), tuple(told["commits"]), str(told["base"]))
    except (KeyError, TypeError):
        return None


KIND = Kind(
    room="editing",
    state="laid.json",
    digits=12,
    load=_load,
    dump=_dump,
    noun="tree",
    busy=("this series is open in another editor", "end that one first"),
    own="repository",
)


class ReviewTree:
    """Implements the port ``CodeTree``."""

    def __init__(self, source: Git, folder: JobFolder[Laid]) -> None:
        self._source = source
        self._folder = folder
        self.tree = folder.tree
        """The work tree."""
        self._own: Borrowed | None = None

    @property
    def place(self) -> str:
        return visible_line(str(self.tree))

    def laid(self) -> Laid | None:
        found = self._folder.read()
        is_there = found and found.commits and (self.tree / ".git").is_file()
        return found if is_there else None

    def _borrowed(self) -> Borrowed:
        if self._own is None:
            self._own = self._folder.repository(self._source, _PATIENCE)
        return self._own

    def _begin(self) -> Borrowed:
        """Anew: what lies there is of no use."""
        if self._own is None:
            self._folder.begin()
            self._own = self._folder.repository(self._source, _PATIENCE)
        return self._own

    def apply(self, commit: str, diffs: Sequence[bytes]) -> tuple[Sequence[str], str]:
        own = self._begin()
        made: list[str] = []
        head = commit
        own.say("read-tree", commit)
        for number, diff in enumerate(diffs, 1):
            if why := self._apply_one(own, diff):
                return made, why
            argv = ("commit-tree", own.say("write-tree"), "-p", head, "-m", f"patch {number}")
            head = own.say(*argv, env=_WHO)
            made.append(head)
        return made, ""

    def _apply_one(self, own: Borrowed, diff: bytes) -> str:
        why = ""
        for way in ((), ("-3",)):
            done = own.run("apply", "--cached", "--whitespace=nowarn", *way, "-", stdin=diff)
            if not done.code:
                return ""
            why = why or why_not(done)
        return why

    def lay_out(self, laid: Laid, suggested: str) -> str:
        own = self._begin()
        info = own.folder / "info"
        info.mkdir(exist_ok=True)
        (info / "exclude").write_text(_LEFTOVERS, encoding="ascii")
        own.add_tree(self.tree, laid.commits[-1])
        if suggested:
            argv = ("apply", "--whitespace=nowarn", "-")
            done = own.run(*argv, stdin=suggested.encode("utf-8", "replace"), tree=self.tree)
            if done.code:
                return why_not(done)
        self._folder.put(laid)
        return ""

    def files(self, paths: Sequence[str]) -> list[str]:
        return [path for path in paths if is_plain(self.tree, path)]

    def changes(self) -> Changes:
        laid = self.laid()
        if laid is None:
            raise RepositoryError(f"{self.place} is no tree of mkit's", "mkit reply --edit-code")
        own = self._borrowed()
        own.say("add", "--all", tree=self.tree)
        argv = ("diff-index", "--cached", *OPTIONS, "--no-renames", laid.commits[-1], "--")
        done = own.run(*CONFIG, *argv, tree=self.tree)
        if done.code:
            raise own.git.failure("diff-index", done.stderr)
        return _split(done.stdout)

    def drop(self) -> None:
        self._own = None
        self._folder.drop()


def _split(data: bytes) -> Changes:
    """The diffs of files, each by itself: what a mail cannot carry is told of."""
    outline = outline_of(data.decode("latin-1"))  # each byte a character
    files = outline.files if outline else []
    diffs: dict[str, str] = {}
    unfit: list[str] = []
    for at, file in enumerate(files):
        assert outline is not None
        end = files[at + 1].start if at + 1 < len(files) else outline.lines.end
        raw = "".join(f"{line}\n" for line in outline.lines.lines[file.start : end])
        if file.change == "binary":
            unfit.append(f"{visible_line(file.path)} is binary")
            continue
        try:
            diffs[file.path] = raw.encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            unfit.append(f"{visible_line(file.path)} is not in UTF-8")
    return Changes(diffs, unfit)
