# SPDX-License-Identifier: GPL-2.0-or-later
"""The Maildir that imports go to, found without opening notmuch's database for each mail."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from maintainer_kit.adapters.home import Home
from maintainer_kit.errors import IndexFailure

_FOLDER = "mkit"
_FRESH = 3600.0
_NAMES = (
    *("NOTMUCH_CONFIG", "NOTMUCH_PROFILE", "NOTMUCH_DATABASE", "MAILDIR"),
    *("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
)


def find_mail_folder(home: Home) -> Path:
    """The folder ``mkit`` below the mail root of notmuch's database, the user's or our own.

    What notmuch said is remembered for an hour, while its configuration stays as it is, and for
    longer while its database cannot be opened. Raises IndexFailure where there is a database and it
    cannot be said where its mail is.
    """
    own = home.mail / _FOLDER
    if home.is_private:
        return own
    _forget_foreign_maildir()
    mark = _mark()
    if not mark:
        return own
    cache = home.root / "mail-root"
    known, is_fresh = _remembered(cache, mark)
    if known is None or not is_fresh:
        root = _ask(known)
        if root is None:
            return own
        if root != known or not is_fresh:
            _remember(cache, mark, root)
        known = root
    if not known.is_dir():
        raise IndexFailure(f"{known}, the root of notmuch's mail, is not there", "mount it")
    return known / _FOLDER


def _ask(known: Path | None) -> Path | None:
    """The mail root by notmuch; None where it has no database."""
    from maintainer_kit.adapters.notmuch.lock import lock_file
    from maintainer_kit.adapters.notmuch.own import find_users
    from maintainer_kit.adapters.process import checked

    found = find_users()
    if found:
        return found.mail_root
    if known is not None:
        return known
    # Set up, and not opened: never made, or not to be opened now?
    told = checked(["notmuch", "config", "get", "database.path"], timeout=30)
    path = Path(os.fsdecode(told.strip()))
    if lock_file(path):
        raise IndexFailure(f"notmuch cannot open its database {path}", "mkit doctor")
    return None


def _forget_foreign_maildir() -> None:
    """Without a database there, MAILDIR is what procmail tells its children, not what notmuch is
    to look into."""
    place = os.environ.get("MAILDIR")
    if place and not Path(place, ".notmuch").is_dir():
        del os.environ["MAILDIR"]


def _mark() -> str:
    """Changes with whatever notmuch is told; empty where it has no configuration, without which it
    finds no database."""
    user = os.environ.setdefault("HOME", str(Path.home()))  # notmuch asks nobody else
    profile = os.environ.get("NOTMUCH_PROFILE")
    base = os.environ.get("XDG_CONFIG_HOME") or f"{user}/.config"
    files = [f"{base}/notmuch/{profile or 'default'}/config"]
    files.append(f"{user}/.notmuch-config" + (f".{profile}" if profile else ""))
    if named := os.environ.get("NOTMUCH_CONFIG"):
        files = [named]
    stamps = [_stamp(file) for file in files]
    if not any(stamps):
        return ""
    return json.dumps([[os.environ.get(name) for name in _NAMES], stamps])


def _stamp(path: str) -> str:
    """Of a file's last change; empty where there is none."""
    try:
        info = os.stat(path)
    except OSError:
        return ""
    return f"{info.st_ino} {info.st_size} {info.st_ctime_ns}"


def _remembered(cache: Path, mark: str) -> tuple[Path | None, bool]:
    """What notmuch said under this mark, and whether that was within the hour."""
    try:
        age = time.time() - cache.stat().st_mtime
        then, root = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        return None, False
    if then != mark or not isinstance(root, str):
        return None, False
    return Path(root), 0 <= age < _FRESH


def _remember(cache: Path, mark: str, root: Path) -> None:
    """Or not: then it is asked again."""
    temporary = cache.with_name(f"{cache.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        cache.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_text(json.dumps([mark, str(root)]), encoding="utf-8")
        temporary.replace(cache)
    except OSError:
        temporary.unlink(missing_ok=True)
