# SPDX-License-Identifier: GPL-2.0-or-later
"""A commit beside a mailed patch: its text, and what ``git range-diff`` tells of the two."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from maintainer_kit.adapters.git.comparing.workshop import Workshop
from maintainer_kit.adapters.git.diff_options import CONFIG, OPTIONS
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import RepositoryError
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.text import storable
from maintainer_kit.workflow.landing.pair import Version

_PATIENCE = 30.0
_HEAD = "%T%x00%P%x00%an%x00%ae%x00%ct%x00%B%x00"
_MOST_OF_MESSAGE = 1 << 20


@dataclass(frozen=True, slots=True)
class _Head:
    """All of a commit but its diff."""

    tree: str
    parents: Sequence[str]
    author: tuple[str, str]
    date: int
    message: str


class GitCompare:
    """Implements the port ``Comparer``; what git writes for it goes to a folder of its own."""

    def __init__(self, path: Path) -> None:
        """``path`` is a work tree, a folder of one, or a git directory."""
        self.git = Git(path, _PATIENCE)

    def commit(self, name: str, most: int) -> Version:
        head = self._head(name)
        diff, left_out = self._diff(name, most)
        title, _, body = head.message.partition("\n")
        lines = tuple(body.strip("\n").split("\n")) if body.strip("\n") else ()
        return Version(name, title, head.author, head.date, lines, diff, left_out)

    def range_diff(self, patch: Version, name: str) -> Sequence[str]:
        head = self._head(name)
        with tempfile.TemporaryDirectory(prefix="mkit-compare-") as folder:
            shop = Workshop(self.git, Path(folder))
            before = shop.tree_of(head.parents[0]) if head.parents else shop.empty_tree()
            base = shop.commit(before, None, head.author, "base")
            changed = shop.applied(before, f"{patch.diff}\n".encode("utf-8", "replace"))
            message = "\n".join((patch.title, *(("", *patch.body) if patch.body else ())))
            mine = shop.commit(changed, base, patch.author, message)
            theirs = shop.commit(head.tree, base, head.author, head.message)
            return shop.range_diff(base, mine, theirs)

    def _head(self, name: str) -> _Head:
        argv = ("log", "-1", "--no-walk", "--no-notes", f"--format={_HEAD}", "--encoding=UTF-8")
        said = self.git.output("-c", "log.showSignature=false", *argv, name, "--")
        fields = storable(said.decode("utf-8", "replace")).split("\0")
        if len(fields) < 6:
            raise RepositoryError(f"git log gives no answer about {name[:12]} that can be read")
        tree, parents, author, address, date, message = fields[:6]
        message = message[:_MOST_OF_MESSAGE].strip("\n")
        return _Head(tree, parents.split(), (author, address), int(date), message)

    def _diff(self, name: str, most: int) -> tuple[str, bool]:
        """The beginning of a commit's diff, up to the end of a line, and whether there is more."""
        found = bytearray()
        argv = (*CONFIG, "show", "--format=", "--no-notes", "--first-parent", *OPTIONS, name, "--")
        with self.git.start(*argv) as running:
            while len(found) <= most and (more := running.read()):
                found += more
            left_out = len(found) > most
            if not left_out and running.end().code:
                raise self.git.failure("show", running.words)
        raw = bytes(found[: found.rfind(b"\n", 0, most) + 1]) if left_out else bytes(found)
        return storable(raw.decode("utf-8", "replace")), left_out
