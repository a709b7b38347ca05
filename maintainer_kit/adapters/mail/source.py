# SPDX-License-Identifier: GPL-2.0-or-later
"""Find the mails in what a user wants imported: mbox files, Maildir trees, single mails."""

from __future__ import annotations

import gzip
import lzma
import mmap
import os
import shutil
import tempfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import IO

from maintainer_kit.adapters.mail.mbox import Data, is_mbox, read_single, split_mbox
from maintainer_kit.workflow.ports import BrokenMail, SourceMail

_SKIPPED = frozenset({"tmp", ".notmuch", ".git", ".mbsyncstate", ".uidvalidity", "manifest.js.gz"})
MAILDIR = frozenset({"new", "cur"})
REPOSITORY = frozenset({"HEAD", "objects", "refs"})
"""What lies in each git directory."""


class MailSource:
    """All mails below some paths, in a fixed order. May be iterated more than once."""

    def __init__(self, paths: Sequence[Path], apart: Collection[Path] = ()) -> None:
        """``apart`` are folders, by their real paths, that others read: archives in git."""
        self._apart = frozenset(map(str, apart))
        self._paths = tuple(path for path in paths if not _is_below(path, self._apart))
        self.done = 0
        """Bytes on disk that have been read."""
        self.total = sum(self._size(path) for path in self._paths)

    @property
    def is_empty(self) -> bool:
        """Whether others read all of it."""
        return not self._paths

    def __iter__(self) -> Iterator[SourceMail | BrokenMail]:
        self.done = 0
        for path in self._paths:
            if is_repository(path):
                yield BrokenMail(str(path), 0, "a git repository, but no archive of mail")
            for found in _files(path, self._apart):
                if isinstance(found, BrokenMail):
                    yield found
                else:
                    yield from self._read(found)

    def _size(self, path: Path) -> int:
        files = (one for one in _files(path, self._apart) if isinstance(one, Path))
        return sum(map(_bytes_of, files))

    def _read(self, path: Path) -> Iterator[SourceMail | BrokenMail]:
        before = self.done
        size = 0
        try:
            size = path.stat().st_size
            with _opened(path) as handle, _mapped(handle) as data:
                pieces = split_mbox(data) if is_mbox(data) else iter((read_single(data),))
                for piece in pieces:
                    self.done = before + size * piece.end // max(1, len(data))
                    if piece.broken:
                        yield BrokenMail(str(path), piece.offset, piece.broken)
                    else:
                        yield SourceMail(str(path), piece.offset, piece.raw)
        except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield BrokenMail(str(path), 0, reason or "cannot be read")
        self.done = before + size


def mails_of(data: bytes, name: str) -> Iterator[SourceMail | BrokenMail]:
    """The mails in bytes that came by another way than a file, under a name for them."""
    for piece in split_mbox(data) if is_mbox(data) else iter((read_single(data),)):
        if piece.broken:
            yield BrokenMail(name, piece.offset, piece.broken)
        else:
            yield SourceMail(name, piece.offset, piece.raw)


class LineNumbers:
    """On which lines of their files mails begin. Asked in the order of a file, each byte of it is
    read once."""

    def __init__(self) -> None:
        self._path = ""
        self._at = self._line = 0

    def __call__(self, mail: SourceMail) -> int:
        """The line on which a mail's header begins, from 1; 1 when the file is gone."""
        if mail.path != self._path or mail.offset < self._at:
            self._path, self._at, self._line = mail.path, 0, 0
        try:
            with _opened(Path(mail.path)) as handle:
                handle.seek(self._at)
                chunks = _chunks(handle, mail.offset - self._at)
                self._line += sum(chunk.count(b"\n") for chunk in chunks)
                self._at = mail.offset
                return self._line + 1 + handle.read(5).startswith(b"From ")
        except (OSError, EOFError, lzma.LZMAError, zlib.error):
            return 1


def _chunks(handle: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (chunk := handle.read(min(size, 1 << 20))):
        size -= len(chunk)
        yield chunk


def _bytes_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _is_below(path: Path, folders: Collection[str]) -> bool:
    """Whether a path is one of these folders, or in one."""
    real = path.resolve()
    return any(str(one) in folders for one in (real, *real.parents)) if folders else False


def is_repository(path: Path) -> bool:
    """Whether a folder looks like a bare one to git (gitrepository-layout(5))."""
    return all((path / name).exists() for name in REPOSITORY)


def _files(path: Path, apart: Collection[str]) -> Iterator[Path | BrokenMail]:
    """The files of a tree in sorted order; of a Maildir only what has been delivered."""
    if not path.is_dir():
        yield path
        return
    try:
        with os.scandir(path) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield BrokenMail(str(path), 0, error.strerror or str(error))
        return
    names = {entry.name for entry in entries}
    if names >= REPOSITORY or (apart and os.path.realpath(path) in apart):
        return
    is_maildir = names >= MAILDIR
    for entry in entries:
        if entry.name in _SKIPPED or (entry.name.startswith(".") and not entry.is_dir()):
            continue
        if is_maildir and entry.is_file():
            continue  # a mail client's own files (dovecot-uidlist, subscriptions)
        if entry.is_dir(follow_symlinks=False) or entry.is_file():
            yield from _files(Path(entry.path), apart)


def _opened(path: Path) -> IO[bytes]:
    """The file as it is, or what it holds when it is compressed, as a file that can be mapped."""
    handle = path.open("rb")
    magic = handle.read(6)
    handle.seek(0)
    packed: IO[bytes] | None = None
    if magic[:2] == b"\x1f\x8b":
        packed = gzip.GzipFile(fileobj=handle)  # type: ignore[assignment]
    elif magic == b"\xfd7zXZ\0":
        packed = lzma.LZMAFile(handle)  # noqa: SIM115
    if packed is None:
        return handle
    plain = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        with handle, packed:
            shutil.copyfileobj(packed, plain, 1 << 20)
        plain.flush()
    except BaseException:
        plain.close()
        raise
    return plain


class _mapped:
    """A file's bytes without reading them all into memory; an empty file is empty bytes."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self._map: mmap.mmap | None = None

    def __enter__(self) -> Data:
        if not os.fstat(self._handle.fileno()).st_size:
            return b""
        self._map = mmap.mmap(self._handle.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map

    def __exit__(self, *_: object) -> None:
        if self._map is not None:
            self._map.close()
