# SPDX-License-Identifier: GPL-2.0-or-later
"""What cannot be derived, in one gzipped tar: mail of our own Maildir, journal, settings, tags,
drafts of replies, what was posted, asked to be pulled or thanked for, what was once found of
signatures, how conflicts were solved.

The layout is plain: ``journal.jsonl``, ``attestations.jsonl``, ``thanks.jsonl``, ``config``,
``drafts/...``, ``posting/...``, ``pull-requests/...``, ``rr-cache/...`` (git-rerere(1)),
``notmuch-tags`` (notmuch-dump(1), all tags) and ``mail/...`` with the files as they stand. Any tar
reads it.
"""

from __future__ import annotations

import io
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.attest.kept import NAME as ATTESTATIONS
from maintainer_kit.adapters.git.applying.solutions import NAME as SOLUTIONS
from maintainer_kit.adapters.home import Home
from maintainer_kit.adapters.kept.drafts import NAME as DRAFTS
from maintainer_kit.adapters.kept.posting_records import NAME as POSTINGS
from maintainer_kit.adapters.kept.pull_requests import NAME as PULL_REQUESTS
from maintainer_kit.adapters.kept.thanks_file import NAME as THANKS
from maintainer_kit.adapters.process import ProgramFailed, checked
from maintainer_kit.errors import IndexFailure, NotFound, Refused, StateError

_FILES = (ATTESTATIONS, THANKS)
_FOLDERS = (DRAFTS, POSTINGS, PULL_REQUESTS)
_RECORD = re.compile(r"[0-9a-f]{1,64}\.json")
"""A file in one of these: each is named by a hash."""
_SOLUTION = re.compile(r"[0-9a-f]{40,64}/(?:pre|post)image(?:\.[0-9]{1,4})?")
"""A conflict, or how it was solved, by the hash of the conflict."""
_MAX_MEMBER = 1 << 30


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds, or a restore brought."""

    mails: int
    journal: int
    """Bytes of the journal."""


def _notmuch(home: Home) -> list[str]:
    if home.notmuch_config.exists():
        return ["notmuch", f"--config={home.notmuch_config}"]
    return ["notmuch"]


def write_backup(home: Home, target: Path, advance: Callable[[int], None]) -> Saved:
    """Write ``target`` whole or not at all."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    mails = 0
    try:
        with tarfile.open(temporary, "w:gz", compresslevel=3) as tar:
            journal = _add_file(tar, home.journal, "journal.jsonl")
            for name in _FILES:
                _add_file(tar, home.root / name, name)
            if home.settings:
                _add_file(tar, home.settings, "config")
            for folder in _FOLDERS:
                for path in sorted((home.root / folder).glob("*.json")):
                    _add_file(tar, path, f"{folder}/{path.name}")
            for path in _solutions(home.root / SOLUTIONS):
                _add_file(tar, path, f"{SOLUTIONS}/{path.parent.name}/{path.name}")
            _add_bytes(tar, "notmuch-tags", _dump_tags(home))
            for path in _mail_files(home.mail):
                _add_file(tar, path, f"mail/{path.relative_to(home.mail)}")
                mails += 1
                advance(mails)
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
    except OSError as error:
        raise StateError(f"{target}: {error.strerror}", "choose a place with room") from error
    finally:
        temporary.unlink(missing_ok=True)
    return Saved(mails, journal)


def _solutions(root: Path) -> Iterator[Path]:
    """What is shared with others may have all sorts of files beside these."""
    for path in sorted(root.glob("*/*image*")):
        name = f"{path.parent.name}/{path.name}"
        if _SOLUTION.fullmatch(name) and not path.is_symlink() and path.is_file():
            yield path


def _dump_tags(home: Home) -> bytes:
    try:
        return checked([*_notmuch(home), "dump", "--format=batch-tag"], timeout=600)
    except ProgramFailed as error:
        raise IndexFailure(error.message, "mkit doctor") from error


def _mail_files(root: Path) -> Iterator[Path]:
    """Mail of our own database; a user's own notmuch database is backed up by its owner."""
    for directory, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in (".notmuch", "tmp"))
        for name in sorted(names):
            yield Path(directory, name)


def _add_file(tar: tarfile.TarFile, path: Path, name: str) -> int:
    try:
        with path.open("rb") as handle:
            info = tar.gettarinfo(arcname=name, fileobj=handle)
            info.uname = info.gname = ""
            tar.addfile(info, handle)
            return info.size
    except FileNotFoundError:
        return 0


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    info.mode = 0o600
    tar.addfile(info, io.BytesIO(data))


def read_backup(home: Home, source: Path, advance: Callable[[int], None]) -> Saved:
    """Bring a backup into an empty home; names in it never lead out of the home.

    The journal comes last, so that a restore which was killed is seen to be unfinished.
    """
    if home.journal.exists() or any(_mail_files(home.mail)):
        raise Refused(
            f"{home.root} is not empty", "set MKIT_HOME to a new directory, then restore there"
        )
    journal = b""
    tags = b""
    mails = 0
    try:
        with tarfile.open(source, "r:*") as tar:
            for member in tar:
                data = _member_bytes(tar, member)
                if member.name == "journal.jsonl":
                    journal = data
                elif member.name == "notmuch-tags":
                    tags = data
                elif member.name in _FILES:
                    _write(home.root / member.name, data)
                elif member.name == "config" and home.settings:
                    _write(home.settings, data)
                elif _is_record(member.name):
                    _write(home.root / member.name, data)
                elif member.name.startswith("mail/"):
                    _write(_inside(home, member.name), data)
                    mails += 1
                    advance(mails)
    except FileNotFoundError as error:
        raise NotFound(f"no file {source}") from error
    except (tarfile.TarError, EOFError, OSError) as error:
        raise StateError(f"{source} is no backup that can be read: {error}") from error
    _restore_tags(home, tags)
    if journal:
        _write(home.journal, journal)
    return Saved(mails, len(journal))


def _member_bytes(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    if not member.isfile():
        return b""
    if member.size > _MAX_MEMBER:
        raise Refused(f"{member.name[:80]!r} in the backup is absurdly large")
    handle = tar.extractfile(member)
    return handle.read() if handle else b""


def _inside(home: Home, name: str) -> Path:
    parts = Path(name).parts
    if ".." in parts or Path(name).is_absolute() or ".notmuch" in parts:
        raise Refused(f"the backup holds a name that leads out of the home: {name[:80]!r}")
    return home.root.joinpath(*parts)


def _is_record(name: str) -> bool:
    folder, _, file = name.partition("/")
    form = _SOLUTION if folder == SOLUTIONS else _RECORD if folder in _FOLDERS else None
    return form is not None and form.fullmatch(file) is not None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _restore_tags(home: Home, tags: bytes) -> None:
    """Index the mail, then give it its tags; without the journal nothing is a decision yet."""
    notmuch = _notmuch(home)
    try:
        checked([*notmuch, "new", "--quiet", "--no-hooks"], timeout=3600)
        checked([*notmuch, "restore", "--format=batch-tag"], stdin=tags, timeout=3600)
    except ProgramFailed as error:
        raise IndexFailure(error.message, "mkit doctor") from error
