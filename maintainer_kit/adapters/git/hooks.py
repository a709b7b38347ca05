# SPDX-License-Identifier: GPL-2.0-or-later
"""The folder in which git looks for hooks, and mkit's among them.

Somebody else's hook is kept beside ours as ``NAME.before-mkit``; ours runs it first.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from maintainer_kit.adapters.process import ProgramFailed, run
from maintainer_kit.errors import NotFound, Refused, RepositoryError
from maintainer_kit.model.mail.text import visible_line

HOOKS = ("sendemail-validate", "prepare-commit-msg", "commit-msg", "pre-push")
BY_NAME = ("post-merge", "post-receive")
"""Installed only when they are named: they run mkit land."""
_BEFORE = ".before-mkit"
_MARK = "\n# mkit hook {name}: "
_HEAD = 512


class HookState(StrEnum):
    """Whose a hook is."""

    ABSENT = "absent"
    INSTALLED = "installed"
    OUTDATED = "outdated"
    """Ours, but not as this mkit would write it."""
    FOREIGN = "somebody else's"


@dataclass(frozen=True, slots=True)
class Hook:
    """One hook as it lies there."""

    name: str
    path: Path
    state: HookState
    before: Path | None
    """The hook that ours runs first."""


@dataclass(frozen=True, slots=True)
class HooksFolder:
    """Where git looks for the hooks of a repository."""

    path: Path
    is_configured: bool
    """``core.hooksPath`` names it."""
    is_in_work_tree: bool
    """What is put there may be committed, or be written anew by the tool that keeps it."""

    def hook(self, name: str) -> Hook:
        """What is there under a name."""
        path, before = self.path / name, self.path / f"{name}{_BEFORE}"
        if not os.path.lexists(path):
            state = HookState.ABSENT
        elif not _is_ours(path, name):
            state = HookState.FOREIGN
        else:
            is_current = path.read_bytes() == shim(name) and os.access(path, os.X_OK)
            state = HookState.INSTALLED if is_current else HookState.OUTDATED
        return Hook(name, path, state, before if os.path.lexists(before) else None)

    def install(self, name: str) -> Hook:
        """Put ours there, in one step; somebody else's is kept. Raises Refused where it cannot."""
        found = self.hook(name)
        if found.state is HookState.INSTALLED:
            return found
        if found.path.is_dir():
            raise Refused(f"{_shown(found.path)} is a directory", "move it away")
        before = self.path / f"{name}{_BEFORE}"
        if found.state is HookState.FOREIGN and found.before:
            raise Refused(
                f"{_shown(found.path)} is somebody else's, and so is {before.name} beside it",
                "make one hook of the two, then mkit hooks install",
            )
        with _translated(found.path):
            self.path.mkdir(parents=True, exist_ok=True)
            if found.state is HookState.FOREIGN:
                _keep(found.path, before)
            _write(found.path, shim(name))
        return self.hook(name)

    def remove(self, name: str) -> Hook:
        """Take ours away, and put back what was there before; somebody else's stays."""
        found = self.hook(name)
        if found.state in (HookState.INSTALLED, HookState.OUTDATED):
            with _translated(found.path):
                if found.before is not None:
                    os.replace(found.before, found.path)
                else:
                    found.path.unlink()
        return self.hook(name)


def find_hooks(repository: Path | None) -> HooksFolder:
    """The folder for a repository, of all its work trees. Raises RepositoryError outside of one."""
    folder, bare = (_ask(repository, one) for one in ("--absolute-git-dir", "--is-bare-repository"))
    top = Path(folder if bare == "true" else _ask(repository, "--show-toplevel"))
    # Where git runs hooks: from there a relative core.hooksPath counts.
    path = Path(os.path.abspath(top / _ask(top, "--git-path", "hooks")))
    common = Path(os.path.abspath(top / _ask(top, "--git-common-dir")))
    is_configured = path != common / "hooks"
    is_inside = path.is_relative_to(top) and not path.is_relative_to(common)
    return HooksFolder(path, is_configured, is_inside and bare != "true")


def shim(name: str) -> bytes:
    """What ours consists of."""
    package = Path(__file__).resolve().parents[2]
    for place in (package / "_data" / "hooks", package.parent / "hooks"):
        if (place / name).is_file():
            return (place / name).read_bytes()
    raise NotFound(f"the hook {name} is not installed with mkit", "install mkit from its own wheel")


def _is_ours(path: Path, name: str) -> bool:
    """Whether the mark is in its head; a link to another file is nothing of ours."""
    if path.is_symlink() or not path.is_file():
        return False
    with _translated(path), path.open("rb") as file:
        return _MARK.format(name=name).encode() in file.read(_HEAD)


def _keep(path: Path, before: Path) -> None:
    """Give a hook its second name; the first goes to ours in one step, so that there is always a
    hook."""
    try:
        os.link(path, before, follow_symlinks=False)
    except (OSError, NotImplementedError):
        os.rename(path, before)  # a file system without hard links


def _write(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o777 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    found = os.umask(0o077)
    os.umask(found)
    return found


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(f"{_shown(path)}: {error.strerror}", "look at its permissions") from error


def _ask(place: Path | None, *question: str) -> str:
    # Not adapters.git_process: there git is told to run no hooks, and says so.
    where = ["-C", str(place)] if place is not None else []
    try:
        result = run(["git", *where, "rev-parse", *question], timeout=30)
    except ProgramFailed as error:
        raise RepositoryError(error.message, "install git") from error
    if result.code:
        raise RepositoryError(
            f"{_shown(place or Path())} is no git repository", "mkit hooks install --repo DIR"
        )
    return os.fsdecode(result.stdout).removesuffix("\n")


def _shown(path: Path) -> str:
    return visible_line(str(path))[:200]
