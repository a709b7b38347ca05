# SPDX-License-Identifier: GPL-2.0-or-later
"""Find the user's notmuch database, or make and index one of our own."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.adapters.home import Home
from maintainer_kit.adapters.notmuch.lock import wait_unlocked
from maintainer_kit.adapters.process import ProgramFailed, checked
from maintainer_kit.errors import IndexFailure, IndexLocked, StateError
from maintainer_kit.lazy.dataclass import dataclass

_TIMEOUT = 3600.0
_STALE = 3600.0
_SETTLED = 2.0
"""Seconds after which a directory's time tells: notmuch, too, distrusts the current second."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a database is."""

    path: Path
    config: Path | None
    mail_root: Path


def find_users() -> Found | None:
    """The database that notmuch itself would open, None when there is none."""
    import notmuch2

    try:
        db = notmuch2.Database(config=notmuch2.Database.CONFIG.SEARCH)
    except (notmuch2.NotmuchError, OSError):
        return None
    try:
        path = Path(db.path)
        try:
            root = Path(str(db.config["database.mail_root"]))
        except KeyError:
            root = path
        return Found(path, _config_file(), root)
    finally:
        db.close()


def _config_file() -> Path | None:
    """notmuch's configuration file, looked for where notmuch-config(1) says."""
    named = os.environ.get("NOTMUCH_CONFIG")
    if named:
        return Path(named)
    profile = os.environ.get("NOTMUCH_PROFILE") or "default"
    base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    suffix = f".{profile}" if os.environ.get("NOTMUCH_PROFILE") else ""
    places = (Path(base, "notmuch", profile, "config"), Path.home() / f".notmuch-config{suffix}")
    return next((place for place in places if place.exists()), None)


class OwnNotmuch:
    """mkit's own database: a mail root, a configuration file, and ``notmuch new``."""

    def __init__(self, home: Home, address: str) -> None:
        self._home = home
        self._address = address

    def ensure(self) -> Found:
        """The database, made when there is none. A killed ``notmuch new`` is simply repeated."""
        home = self._home
        found = Found(home.mail, home.notmuch_config, home.mail)
        if self._is_made() and self._is_configured():
            return found
        home.create()
        try:
            home.mail.mkdir(mode=0o700, exist_ok=True)
            self._write_config(home.notmuch_config, home.mail)
            if not self._is_made():
                self._make()
        except OSError as error:
            raise StateError(f"{home.root}: {error.strerror}", "mkit doctor") from error
        self._run_new(home.notmuch_config)
        return found

    def _is_made(self) -> bool:
        return (self._home.mail / ".notmuch" / "xapian" / "iamglass").exists()

    def _make(self) -> None:
        """Make an empty database elsewhere and put it in its place at once.

        A half-made one, which a kill leaves, cannot be opened by anybody; and of two that make it
        at the same time one must not take away what the other is writing.
        """
        import tempfile  # with five modules of its own, once in the life of a home

        place = self._home.mail / ".notmuch"
        for old in self._home.root.glob("making-*"):
            # Of one that was killed; a living one is done within seconds.
            if time.time() - old.stat().st_mtime > _STALE:
                shutil.rmtree(old, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=self._home.root) as name:
            mail = Path(name, "mail")
            mail.mkdir(mode=0o700)
            config = Path(name, "config")
            self._write_config(config, mail)
            self._run_new(config)
            try:
                os.rename(mail / ".notmuch", place)
            except OSError:
                if self._is_made():
                    return  # by another mkit, meanwhile
                os.rename(place, Path(name, "half-made"))
                os.rename(mail / ".notmuch", place)

    def _is_configured(self) -> bool:
        """Whether the configuration speaks of this home: a home may be moved, or copied."""
        try:
            text = self._home.notmuch_config.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return False
        return f"\npath={_key_value(str(self._home.mail))}\n" in text

    def _write_config(self, file: Path, mail: Path) -> None:
        if "\n" in str(mail):
            raise StateError("the path of the mail has a newline in it", "set MKIT_HOME")
        text = (
            "# Written by mkit. For other notmuch clients: NOTMUCH_CONFIG=<this file> notmuch ...\n"
            f"[database]\npath={_key_value(str(mail))}\n"
            f"[user]\nprimary_email={self._address}\n"
            "[new]\ntags=\nignore=\n"
            "[search]\nexclude_tags=\n"
            "[maildir]\nsynchronize_flags=false\n"
        )
        temporary = file.with_suffix(".new")
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, file)

    def index(self, wait: float, force: bool) -> bool:
        """Run ``notmuch new`` when a mail folder has changed since the last time, or by ``force``.

        notmuch waits for a lock without a bound; we wait ``wait`` seconds, then raise IndexLocked.
        """
        before = self._folder_times()
        if before == self._remembered() and not force:
            return False
        if not wait_unlocked(self._home.mail, wait):
            raise IndexLocked(
                f"another program is writing to notmuch's database {self._home.mail}",
                "try again when it has finished",
            )
        self._run_new(self._home.notmuch_config)
        newest = max((stamp for _, stamp in before), default=0)
        if time.time() - newest / 1e9 > _SETTLED:
            self._remember(before)
        return True

    def _run_new(self, config: Path) -> None:
        argv = ["notmuch", f"--config={config}", "new", "--quiet", "--no-hooks"]
        try:
            checked(argv, timeout=_TIMEOUT, env={"XAPIAN_FLUSH_THRESHOLD": "2000"})
        except ProgramFailed as error:
            hint = "install notmuch" if error.code is None else "mkit doctor"
            raise IndexFailure(error.message, hint) from error

    def _folder_times(self) -> list[tuple[str, int]]:
        """All mail folders with the times of their last change, without listing any mail."""
        try:
            return sorted(self._walk(self._home.mail))
        except OSError as error:
            raise IndexFailure(f"{error.filename}: {error.strerror}", "mkit doctor") from error

    def _walk(self, directory: Path) -> Iterator[tuple[str, int]]:
        info = directory.stat()
        yield str(directory), info.st_mtime_ns
        # A directory without subdirectories has two links (its own and ".."), where the file
        # system counts them: a folder of 15,000 mails need not be read.
        if info.st_nlink == 2:
            return
        with os.scandir(directory) as entries:
            below = [e.path for e in entries if e.name != ".notmuch" and e.is_dir()]
        for path in below:
            yield from self._walk(Path(path))

    def _remembered(self) -> list[tuple[str, int]] | None:
        try:
            lines = (self._home.root / "indexed").read_text(encoding="utf-8").splitlines()
            pairs = (line.rpartition("\t") for line in lines)
            return [(path, int(stamp)) for path, _, stamp in pairs]
        except (OSError, ValueError):
            return None

    def _remember(self, times: list[tuple[str, int]]) -> None:
        text = "".join(f"{path}\t{stamp}\n" for path, stamp in times)
        temporary = self._home.root / f"indexed.{os.getpid()}"
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, self._home.root / "indexed")


def _key_value(text: str) -> str:
    """As GLib's key files have a string: a backslash begins an escape, blanks in front are lost."""
    escaped = text.replace("\\", "\\\\")
    kept = escaped.lstrip(" ")
    return "\\s" * (len(escaped) - len(kept)) + kept
