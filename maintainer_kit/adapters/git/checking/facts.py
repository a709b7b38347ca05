# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``mkit check`` asks a repository: ``checks.context.Repository`` over real git."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from maintainer_kit.adapters.closing import Closing
from maintainer_kit.adapters.git.checking.abbreviated import Commits
from maintainer_kit.adapters.git.checking.config import Config, read_config
from maintainer_kit.adapters.git.layout import Layout, read_layout
from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.adapters.git.process import PATIENCE, Git
from maintainer_kit.checks.context import Known
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import visible_line

if TYPE_CHECKING:  # what answers a question is imported when it is asked: hooks ask few
    from maintainer_kit.adapters.git.checking.descent import Descent
    from maintainer_kit.adapters.git.checking.history import RecentTitles

_MOST_OF_FILE = 16 << 20


class GitFacts(Closing):
    """A repository. No process is started before a question needs one; a context manager."""

    def __init__(
        self,
        path: Path | None = None,
        base: str = "",
        patience: float = PATIENCE,
        *,
        assumed: str = "",
    ) -> None:
        """``path`` and ``patience`` as for ``Git``. ``base`` is what the patches go on top of, in
        any form that git reads; without it what is ``assumed``, or the checked-out commit."""
        self.git = Git(path, patience)
        self._wanted = base or assumed
        self.is_base_named = bool(base)
        self._objects = Objects(self.git)
        self._commits = Commits(self.git, self._objects)
        self._descent: Descent | None = None
        self._titles: dict[tuple[frozenset[str], int], Sequence[str]] = {}
        self._blames: dict[tuple[str, frozenset[int]], Mapping[str, str]] = {}

    def close(self) -> None:
        """End all processes; a later question starts them again."""
        self._objects.close()
        if self._descent is not None:
            self._descent.close()
            self._descent = None

    @cached_property
    def layout(self) -> Layout:
        """Where things are. Raises RepositoryError where there is no repository."""
        return read_layout(self.git)

    @cached_property
    def config(self) -> Config:
        """What it says of profiles, remotes and messages."""
        return read_config(self.git)

    @cached_property
    def _top(self) -> Git:
        """git where paths count from the top, as those of patches do."""
        return self.git.at(self.layout.top) if self.layout.top is not None else self.git

    @property
    def is_shallow(self) -> bool:
        return self.layout.is_shallow

    @cached_property
    def base(self) -> str:
        """Raises RepositoryError when a base was named and is not there."""
        found = self._objects.info(f"{self._wanted or 'HEAD'}^{{commit}}")
        if isinstance(found, Object):
            return found.name
        if self._wanted:
            raise RepositoryError(
                f"there is no commit {visible_line(self._wanted)[:80]} in {self.git.place}",
                "git fetch, or name another base",
            )
        return ""

    def commit(self, name: str) -> Known | None:
        return self._commits.find(name)

    def has_object(self, name: str) -> bool:
        return self._commits.has_object(name)

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Names may be abbreviated; False where one of them is no commit."""
        old, new = self._commits.full(older), self._commits.full(newer)
        if not old or not new:
            return False
        if self._descent is None:
            from maintainer_kit.adapters.git.checking.descent import Descent

            # Without a base any commit can stand for one.
            self._descent = Descent(self.git, self._commits, self.base or new)
        return self._descent.is_ancestor(old, new)

    def signers(self, name: str) -> Sequence[Person]:
        from maintainer_kit.model.maintainers.signatures import signers_of

        return signers_of(self._commits.message(name))

    def titles(self, paths: Collection[str], limit: int) -> Sequence[str]:
        """The search ends after half a second; what was found till then is enough to learn from.
        For whoever asks about many patches the newest 2,000 commits have to do."""
        key = (frozenset(paths), limit)
        if key not in self._titles:
            self._titles[key] = self._look_up_titles(paths, limit) if self.base else ()
        return self._titles[key]

    def _look_up_titles(self, paths: Collection[str], limit: int) -> Sequence[str]:
        if not self._titles:
            # A hook asks once; a file that is often touched is found soon.
            from maintainer_kit.adapters.git.checking.history import titles

            return titles(self._top, self.base, paths, limit)
        return self._recent_titles.of(paths, limit)

    @cached_property
    def _recent_titles(self) -> RecentTitles:
        from maintainer_kit.adapters.git.checking.history import RecentTitles

        return RecentTitles(self._top, self.base)

    def authors_of_lines(self, path: str, lines: Collection[int]) -> Mapping[str, str]:
        """Empty where the base has no such file; lines behind its end are left out."""
        key = (path, frozenset(lines))
        if key not in self._blames:
            from maintainer_kit.adapters.git.checking.history import blame

            text = self.read_file(path) or ""
            # As git counts: a form feed ends no line.
            last = text.count("\n") + (not text.endswith("\n") and bool(text))
            inside = [one for one in lines if 0 < one <= last]
            found = blame(self._top, self.base, path, inside) if inside else ()
            self._blames[key] = {one: self._commits.title(one) for one in found}
        return self._blames[key]

    def apply_problem(self, patches: Sequence[bytes], base: str) -> str:
        """``patches`` are diffs; text around them that is no diff does no harm."""
        commit = self._commits.full(base)
        if not commit:
            return f"the base {visible_line(base)[:64]} is not in this repository"
        from maintainer_kit.adapters.git.checking.apply_check import apply_problem

        return apply_problem(self._top, self.layout.objects, patches, commit)

    def read_file(self, path: str) -> str | None:
        """Up to 16 MB of it."""
        if not self.base or not path or path.startswith(("./", "../", "/")) or "\n" in path:
            return None
        found = self._objects.contents(f"{self.base}:{path}", _MOST_OF_FILE)
        if not isinstance(found, Object) or found.kind != "blob":
            return None
        return found.data.decode("utf-8", "replace")

    @property
    def branch(self) -> str:
        """The short name of the checked-out branch; empty when there is none."""
        head = _read_regular(self.layout.folder / "HEAD") or ""
        return head.strip().removeprefix("ref: refs/heads/") if head.startswith("ref: ") else ""

    def has_path(self, path: str) -> bool:
        """Whether a file or folder is in the work tree; of a bare repository in the base's tree."""
        top = self.layout.top
        if top is not None:
            return os.path.lexists(top / path)
        return bool(self.base) and isinstance(self._objects.info(f"{self.base}:{path}"), Object)

    def is_folder(self, path: str) -> bool:
        """Whether it is a folder, where ``has_path`` looks."""
        top = self.layout.top
        if top is not None:
            return os.path.isdir(top / path)
        found = self._objects.info(f"{self.base}:{path}") if self.base else None
        return isinstance(found, Object) and found.kind == "tree"

    def project_file(self, path: str) -> str | None:
        """A file that is about the project, such as MAINTAINERS: of the work tree; of a bare
        repository the base's."""
        top = self.layout.top
        return _read_regular(top / path) if top is not None else self.read_file(path)


def _read_regular(path: Path) -> str | None:
    """A file of the work tree; None for what is no plain file."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    with open(handle, "rb") as file:
        return file.read(_MOST_OF_FILE).decode("utf-8", "replace")
