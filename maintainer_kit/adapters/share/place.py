# SPDX-License-Identifier: GPL-2.0-or-later
"""The repository here that carries the journals: our own, or the user's; and what it remembers."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.process import ProgramFailed, checked
from maintainer_kit.adapters.share.remote import checked_remote
from maintainer_kit.errors import ConfigError, Refused, RepositoryError

_PATIENCE = 300.0
"""Seconds: journals come over slow lines too."""
_REMOTE = "mkit-share.remote"
_STALE = 5.0
"""Seconds: git holds the lock of a ref for milliseconds."""


class _OwnGit(Git):
    """git in our own repository, and never in another one around it."""

    def __init__(self, path: Path, patience: float) -> None:
        super().__init__(path, patience)
        self._env["GIT_DIR"] = str(path)

    def failure(self, verb: str, stderr: str) -> RepositoryError:
        error = super().failure(verb, stderr)
        return RepositoryError(
            f"{self.path}: {error.message}", f"if it is damaged, rm -r {self.path}: it is made anew"
        )


class SharePlace:
    """A bare repository of our own that is made when it is needed, or one that the user names."""

    def __init__(self, own: Path, users: Path | None = None) -> None:
        self._own = own
        self._users = users
        self.git = Git(users, _PATIENCE) if users else _OwnGit(own, _PATIENCE)

    @property
    def path(self) -> Path:
        return self._users or self._own

    def prepare(self) -> None:
        """Make it, or take away what a killed git has left in it."""
        if self._users:
            if self.git.run("rev-parse", "--git-dir").code:
                words = f"mkit.share is {self._users}, which is no git repository"
                raise ConfigError(words, "git config --global mkit.share DIRECTORY")
        elif self._own.exists():
            for lock in _locks(self._own):
                _take_away(lock)
        else:
            self._make()

    def remote(self) -> str:
        """The remote that was remembered; of the user's repository its origin; or nothing."""
        found = self._setting(_REMOTE)
        if not found and self._users and self._setting("remote.origin.url"):
            return "origin"
        return found

    def resolve(self, word: str) -> str:
        """A remote that the user names: a URL, a path, or a remote of his repository by name."""
        plain = word.strip()
        named = plain.replace("-", "").replace("_", "").isalnum() and not plain.startswith("-")
        if self._users and named and self._setting(f"remote.{plain}.url"):
            return plain
        return checked_remote(word)

    def has_met(self) -> bool:
        """Whether anything came from the remote that is remembered."""
        return bool(self.git.output("for-each-ref", "--count=1", "refs/mkit/fetched/"))

    def remember(self, remote: str) -> None:
        """Share through it from now on."""
        self.git.output("config", "--replace-all", _REMOTE, remote)

    def _setting(self, name: str) -> str:
        result = self.git.run("config", "--local", "--get", name)
        if result.code not in (0, 1):
            raise self.git.failure("config", result.stderr)
        return result.stdout.decode("utf-8", "replace").rstrip("\n")

    def _make(self) -> None:
        """Whole or not at all, without hooks, and for its owner only."""
        fresh = self._own.with_name(f".{self._own.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        argv = ["git", "init", "--quiet", "--bare", "--template=", "--shared=0600"]
        argv += ["--object-format=sha1", "--initial-branch=main", str(fresh)]
        try:
            checked(argv, timeout=60)
            fresh.rename(self._own)
        except ProgramFailed as error:
            raise RepositoryError(error.message, "install git") from error
        except OSError as error:
            raise RepositoryError(f"{self._own}: {error.strerror}", "mkit doctor") from error


def _locks(folder: Path) -> Iterator[Path]:
    """Files that git locks by; nobody but the holder of mkit's own lock works here."""
    yield from folder.glob("*.lock")
    yield from folder.glob("objects/*.lock")
    for place, _, names in os.walk(folder / "refs"):
        yield from (Path(place, name) for name in names if name.endswith(".lock"))


def _take_away(lock: Path) -> None:
    """A git that outlived the mkit that had started it may still hold it, for a moment."""
    while True:
        try:
            left = _STALE - abs(time.time() - lock.stat().st_mtime)
            if left <= 0:
                lock.unlink()
                return
        except FileNotFoundError:
            return
        except OSError as error:
            raise Refused(f"{lock}: {error.strerror}", "remove it") from error
        time.sleep(min(left, 0.1))
