# SPDX-License-Identifier: GPL-2.0-or-later
"""One mail from a file descriptor into a Maildir: whole and on disk, or not there at all.

It runs once per mail, so what is slow to import stays out.
"""

from __future__ import annotations

import errno
import os
import time
from hashlib import sha256
from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.adapters.notmuch.new_directory import make_directory
from maintainer_kit.errors import Refused

_CHUNK = 1 << 16
_HEAD = 1 << 20
_ENVELOPE = (b"From ", b">From ")
_NAME_DIGITS = 40
_PREFIX = "deliver."
_STALE = 36 * 3600.0
"""Seconds after which maildir(5) lets a file in tmp/ be taken for one that a kill left."""
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class IncomingMail:
    """A mail on its way, in tmp/ of a Maildir, where no reader looks.

    Its name is made of its content: a mail server that does not know whether a killed delivery came
    to its end brings the same mail once more, and it is found to be there. All methods raise
    OSError where the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        for part in ("tmp", "new", "cur"):
            make_directory(folder / part)
        self._folder = folder
        self._path = _temporary(folder / "tmp", _PREFIX)
        self._handle = _create(self._path)
        self._digest = sha256()
        self.envelope = b""
        """The lines before the header that tell of its transport, as in an mbox."""
        self.size = 0
        """Bytes, without the envelope."""

    @property
    def name(self) -> str:
        """What its content is called."""
        return self._digest.hexdigest()[:_NAME_DIGITS]

    def fill(self, source: int, most: int) -> None:
        """Read to the end of ``source``. Raises Refused when more than ``most`` bytes come."""
        first = b""
        while len(first) < _CHUNK and (chunk := os.read(source, _CHUNK)):
            first += chunk
        start = _envelope_end(first)
        self.envelope = first[:start]
        self._add(first[start:])
        while chunk := os.read(source, _CHUNK):
            self._add(chunk)
            if self.size > most:
                raise Refused(f"more than {most >> 20} MiB came, and no end", "look at its sender")

    def _add(self, data: bytes) -> None:
        self._digest.update(data)
        self.size += len(data)
        _write(self._handle, data)

    def head(self) -> bytes:
        """Its first MiB."""
        return os.pread(self._handle, _HEAD, 0)

    def keep(self) -> Path:
        """Show it in new/, durable when this returns; its path."""
        os.fsync(self._handle)
        place = self._folder / "new"
        path = _give_name(self._path, place / self.name, self.size)
        sync_directory(place)
        return path

    def copy_to(self, directory: Path) -> Path:
        """Keep it, envelope and all, in a directory that may be on another disk; its path."""
        temporary = _temporary(directory, f".{_PREFIX}")
        handle = _create(temporary)
        try:
            _write(handle, self.envelope)
            at = 0
            while chunk := os.pread(self._handle, _CHUNK, at):
                _write(handle, chunk)
                at += len(chunk)
            os.fsync(handle)
            path = _give_name(temporary, directory / self.name, len(self.envelope) + at)
        finally:
            os.close(handle)
            _remove(temporary)
        sync_directory(directory)
        return path

    def close(self) -> None:
        """Leave nothing in tmp/, neither of this one nor of those that were killed long ago."""
        os.close(self._handle)
        _remove(self._path)
        _sweep(self._folder / "tmp")


def _envelope_end(data: bytes) -> int:
    """Where the ``From `` line of an mbox ends, and those that further hops made of one."""
    at = 0
    while data.startswith(_ENVELOPE, at):
        at = _next_line(data, at)
    return at


def _next_line(data: bytes, at: int) -> int:
    return data.find(b"\n", at) + 1 or len(data)


def _temporary(directory: Path, prefix: str) -> Path:
    # Not the number first: an import sweeps by it, and may run where our process is not seen.
    return directory / f"{prefix}{os.getpid()}.{os.urandom(12).hex()}"


def _create(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    return os.open(path, flags, 0o600)


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _give_name(temporary: Path, path: Path, size: int) -> Path:
    """Give a file its name, unless the same bytes have it already; the name they have."""
    try:
        _link(temporary, path)
    except FileExistsError:
        if path.lstat().st_size == size:
            return path
        path = path.with_name(f"{path.name}.{os.urandom(8).hex()}")  # it was written into
        _link(temporary, path)
    return path


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "File exists", str(path)) from error
        temporary.rename(path)  # a disk that knows no links


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return  # renamed; or it cannot be, and is swept away once it can


def _sweep(directory: Path) -> None:
    oldest = time.time() - _STALE
    try:
        with os.scandir(directory) as entries:
            ours = [one for one in entries if one.name.startswith(_PREFIX)]
            left = [Path(one.path) for one in ours if one.stat().st_mtime < oldest]
    except OSError:
        return
    for path in left:
        _remove(path)
