# SPDX-License-Identifier: GPL-2.0-or-later
"""A work tree of ours in which one test runs after the other."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed
from maintainer_kit.adapters.process import environment
from maintainer_kit.adapters.testing.keeper import MARK, Command, Ended, Keeper
from maintainer_kit.errors import RepositoryError, StateError
from maintainer_kit.workflow.testing.ports import Job, Ran

MOST_OF_LOG = 16 << 20
_MOST_REPORTS = 500
_MOST_OF_REPORT = 8 << 20
_ADDING = threading.Lock()
"""git makes one work tree of a repository at a time."""


class Slot:
    """A work tree, and the process that keeps what runs in it."""

    def __init__(self, borrowed: Borrowed, tree: Path) -> None:
        self._borrowed = borrowed
        self._tree = tree
        self._keeper = Keeper()
        self._runs = 0

    def run(self, job: Job) -> Ran:
        """Bring the tree to the commit, and run the command there. Raises Stopped, StateError,
        RepositoryError."""
        try:
            return self._run(job)
        except OSError as error:
            words = f"{error.filename or self._tree}: {error.strerror}"
            raise StateError(words, "make room, then run it again") from error

    def clear(self) -> None:
        """Give back the room that the last command has taken."""
        self._mark.unlink(missing_ok=True)
        with contextlib.suppress(RepositoryError):
            self._borrowed.say("clean", "-ffdxq", tree=self._tree)

    def close(self) -> None:
        """End what runs, and stay closed; may be called while another thread is in ``run``."""
        self._keeper.close()

    def release(self) -> None:
        """The last, once nobody is in ``run`` any more."""
        self._keeper.release()

    def _run(self, job: Job) -> Ran:
        was_clean = self._prepare(job)
        # Another than the last one's, which may not have been moved away yet.
        self._runs += 1
        log = self._tree.with_name(f"{self._tree.name}.{self._runs % 2}.log")
        ended = self._keeper.run(self._command(job, log))
        if ended.reason == "" and job.configuration.keeps:
            self._mark.write_text(job.commit.commit, encoding="ascii")
        return self._told(job, ended, log, was_clean)

    def _prepare(self, job: Job) -> bool:
        """Whether nothing is left of earlier runs."""
        stays = job.after is not None and self._built() == job.after
        self._mark.unlink(missing_ok=True)
        try:
            self._bring(job.commit.commit, stays)
        except RepositoryError:
            # What ran here may have done anything to it.
            stays = False
            self._make(job.commit.commit)
        for one in self._reports(job):
            one.unlink(missing_ok=True)
        return not stays

    def _bring(self, commit: str, stays: bool) -> None:
        if not _is_folder(self._tree):
            raise RepositoryError(f"{self._tree} is gone")
        say = self._borrowed.say
        say("checkout", "--quiet", "--force", "--detach", commit, tree=self._tree)
        if not stays:
            say("clean", "-ffdxq", tree=self._tree)

    def _make(self, commit: str) -> None:
        with _ADDING:
            _remove(self._tree)
            self._borrowed.say("worktree", "prune", "--expire=now")
            self._borrowed.add_tree(self._tree, commit)

    @property
    def _mark(self) -> Path:
        """Says which commit was built last; not there while anything is under way."""
        return self._tree.with_name(f"{self._tree.name}.built")

    def _built(self) -> str | None:
        try:
            return self._mark.read_text(encoding="ascii")
        except (OSError, ValueError):
            return None

    def _command(self, job: Job, log: Path) -> Command:
        wanted = job.configuration
        own = {
            "MKIT_TEST": wanted.name,
            "MKIT_COMMIT": job.commit.commit,
            "MKIT_BASE": job.base,
            "MKIT_CORES": str(wanted.cores),
            MARK: str(self._tree),
        }
        # A test has no business in the home that it is run from.
        env = {n: value for n, value in environment().items() if not n.startswith("MKIT_")} | own
        argv = ("/bin/sh", "-c", wanted.command)
        return Command(argv, self._tree, env, log, MOST_OF_LOG, wanted.seconds, wanted.memory)

    def _told(self, job: Job, ended: Ended, log: Path, was_clean: bool) -> Ran:
        reports, is_cut = [], ended.is_cut
        for file in self._reports(job):
            with contextlib.suppress(OSError):
                data = _head_of(file)
                reports.append(data)
        return Ran(
            job=job,
            code=ended.code,
            reason=ended.reason,
            seconds=ended.seconds,
            output=log.read_bytes(),
            log=str(log),
            is_cut=is_cut,
            was_clean=was_clean,
            root=str(self._tree),
            reports=reports,
        )

    def _reports(self, job: Job) -> Iterator[Path]:
        """Its files of JUnit's; nothing that a link leads to."""
        left = _MOST_REPORTS
        top = os.path.realpath(self._tree)
        for pattern in job.configuration.junit:
            for path in sorted(self._tree.glob(pattern)):
                inside = os.path.realpath(path).startswith(f"{top}/")
                if left and inside and path.is_file() and not path.is_symlink():
                    left -= 1
                    yield path


def _head_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_MOST_OF_REPORT)


def _is_folder(path: Path) -> bool:
    """A link would lead what cleans to somebody's files."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _remove(path: Path) -> None:
    """Remove whatever is there; folders that may not be entered too."""
    if not _is_folder(path):
        path.unlink(missing_ok=True)
        return
    for folder, folders, _ in os.walk(path):
        for one in folders:
            inner = os.path.join(folder, one)
            if not os.path.islink(inner):
                with contextlib.suppress(OSError):
                    os.chmod(inner, 0o700)
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        raise RepositoryError(f"{path} cannot be removed", "remove it by hand")
