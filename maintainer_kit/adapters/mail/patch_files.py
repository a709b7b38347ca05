# SPDX-License-Identifier: GPL-2.0-or-later
"""Patch files of the user: read with the places of their mails, replaced at once or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.adapters.mail.mbox import is_mbox, read_single, split_mbox
from maintainer_kit.errors import NotFound, Refused
from maintainer_kit.model.mail.text import visible_line

_MOST = 64 << 20
_PACKED = (b"\x1f\x8b", b"\xfd7zXZ\0")


@dataclass(frozen=True, slots=True)
class PlacedMail:
    """A mail in a file; with the separator line of an mbox, without the empty line below it."""

    start: int
    end: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class PatchFile:
    """A file as it was read."""

    path: Path
    """As the user named it."""
    data: bytes
    mails: tuple[PlacedMail, ...]
    broken: tuple[str, ...] = ()
    """Why parts of it are no mails; these stay as they are."""

    def with_mails(self, new: Mapping[int, bytes]) -> bytes:
        """The file with other bytes for some of its mails, by their index."""
        pieces: list[bytes] = []
        at = 0
        for index, mail in enumerate(self.mails):
            if index in new:
                pieces += (self.data[at : mail.start], new[index])
                at = mail.end
        return b"".join((*pieces, self.data[at:]))


def read_patch_file(path: Path) -> PatchFile:
    """Read a file that is to be mended. Raises NotFound, and Refused for what is not mended."""
    shown = visible_line(str(path))
    try:
        real = Path(os.path.realpath(path, strict=True))
        if real.is_dir():
            raise Refused(f"{shown} is a directory", f"name its files: {shown}/*.patch")
        if not stat.S_ISREG(real.stat().st_mode):
            raise Refused(f"{shown} is no plain file")
        if real.stat().st_size > _MOST:
            raise Refused(f"{shown} is larger than {_MOST >> 20} MiB: no reviewer reads that")
        data = real.read_bytes()
    except OSError as error:
        raise NotFound(f"{shown}: {error.strerror or error}") from error
    if _is_in_maildir(real):
        raise Refused(f"{shown} lies in a Maildir: mail stays as it came", "mend a copy of it")
    if data.startswith(_PACKED):
        raise Refused(f"{shown} is compressed", "unpack it first")
    return _placed(path, data)


def _placed(path: Path, data: bytes) -> PatchFile:
    mails: list[PlacedMail] = []
    broken: list[str] = []
    for piece in split_mbox(data) if is_mbox(data) else iter((read_single(data),)):
        if piece.broken:
            broken.append(piece.broken)
            continue
        end = piece.end
        # As the reader of mboxes: the empty line above a separator is the mbox's.
        if data.endswith(b"\n\n", piece.offset, end):
            end -= 1
        elif data.endswith(b"\r\n\r\n", piece.offset, end):
            end -= 2
        mails.append(PlacedMail(piece.offset, end, data[piece.offset : end]))
    return PatchFile(path, data, tuple(mails), tuple(broken))


def _is_in_maildir(path: Path) -> bool:
    above = path.parent.parent
    return path.parent.name in ("cur", "new") and all(
        (above / name).is_dir() for name in ("cur", "new", "tmp")
    )


def replace_file(file: PatchFile, data: bytes) -> None:
    """Put other bytes into a file: all of them or none, whatever happens.

    The file keeps its mode, and a symbolic link its target. Raises Refused when it was changed
    since it was read, or may not be written.
    """
    shown = visible_line(str(file.path))
    try:
        real = Path(os.path.realpath(file.path, strict=True))
        if real.read_bytes() != file.data:
            raise Refused(f"{shown} was changed meanwhile", "mkit check --fix, once more")
        if not os.access(real, os.W_OK):
            raise Refused(f"{shown} may not be written")
        _put(real, data)
    except OSError as error:
        raise Refused(f"{shown}: {error.strerror or error}") from error


def _put(path: Path, data: bytes) -> None:
    before = path.stat()
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
                # Somebody else's file in our folder: we may not be allowed to give it back.
                with contextlib.suppress(OSError):
                    os.fchown(file.fileno(), before.st_uid, before.st_gid)
            os.fchmod(file.fileno(), stat.S_IMODE(before.st_mode))
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    sync_directory(path.parent)
