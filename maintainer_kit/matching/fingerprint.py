# SPDX-License-Identifier: GPL-2.0-or-later
"""A diff as fingerprints. One function for what git writes and for what came by mail, so that the
two agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha1

from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.matching.lines import changed_lines, kept, numbers, telling
from maintainer_kit.model.patch.paths import strip_prefix, unquote_path

_FILE = b"\ndiff --git "
_SPACE = b" \t\r\n"
_NAMES = lazy_pattern(rb"\n(?:(?:---|\+\+\+) ([^\n]+)|(?:rename|copy) (?:from|to) ([^\n]+))")
_PAIR = lazy_pattern(rb'("?a/.+"?) ("?b/.+"?)')
_INDEX = lazy_pattern(rb"\nindex [^\n]*")
# What git does not hash: where hunks stand, and remarks on a missing newline.
_UNHASHED = re.compile(rb"\n(?:@@ -|\\ )[^\n]*")
_BINARY = (b"\nBinary files ", b"\nGIT binary patch")


@dataclass(frozen=True, slots=True)
class DiffPrint:
    """What a ``Print`` holds of the diff, and says there."""

    paths: tuple[str, ...] = ()
    patch_id: str = ""
    lines_hash: str = ""
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    paths: tuple[str, ...]
    header: bytes
    hunks: bytes
    """From the newline before the first ``@@``; empty without any."""

    @property
    def name(self) -> bytes:
        return self.paths[-1].encode("utf-8", "surrogateescape") if self.paths else b""


def diff_print(diff: bytes, *, is_whole: bool = True) -> DiffPrint:
    """Fingerprints of a diff as git writes it: each file begins with ``diff --git``.

    ``is_whole`` is False for a diff of which only the beginning is there, or which is damaged: it
    has lines, but nothing by which it could be the same as another.
    """
    files = [_read_file(one) for one in (b"\n" + diff).split(_FILE)[1:]]
    found: list[int] = []
    digests: list[bytes] = []
    for file in files:
        if not (changed := changed_lines(file.hunks)):
            continue
        found += numbers(file.name, telling(changed))
        digests.append(file.name + b"\0" + blake2b(b"\n".join(changed), digest_size=16).digest())
    paths = tuple(sorted({path for file in files for path in file.paths}))
    is_binary = any(mark in file.header for file in files for mark in _BINARY)
    # Of a binary file a mail tells other things than a commit does.
    same = is_whole and not is_binary
    return DiffPrint(
        paths,
        _patch_id(files) if same and any(file.hunks for file in files) else "",
        blake2b(b"\n".join(sorted(digests)), digest_size=16).hexdigest() if same and found else "",
        kept(found),
    )


def _read_file(text: bytes) -> _File:
    """One file, from behind ``diff --git``."""
    header, at, hunks = text.partition(b"\n@@ -")
    names = [_path(*pair) for pair in _NAMES.findall(header)]
    if not names and (pair := _PAIR.fullmatch(header.partition(b"\n")[0])):
        names = [_path(pair[1]), _path(pair[2])]
    return _File(tuple(dict.fromkeys(filter(None, names))), header, at + hunks)


@lru_cache(maxsize=4096)
def _path(prefixed: bytes, bare: bytes = b"") -> str:
    """A path as ``---`` and ``+++`` name it, or as ``rename`` and ``copy`` do."""
    text = (prefixed or bare).decode("utf-8", "surrogateescape")
    return strip_prefix(text) if prefixed else unquote_path(text)


def _patch_id(files: list[_File]) -> str:
    """As ``git patch-id --stable``: the sum of the SHA-1 of each file (git-patch-id(1)).

    git takes a file without hunks for the beginning of the next one.
    """
    total, waiting = 0, b""
    for number, file in enumerate(files, 1):
        header = _INDEX.sub(b"", file.header, count=1)
        waiting += b"diff--git" + header + _UNHASHED.sub(b"", file.hunks)
        if file.hunks or number == len(files):
            digest = sha1(waiting.translate(None, _SPACE), usedforsecurity=False).digest()
            total += int.from_bytes(digest, "little")
            waiting = b""
    return (total % (1 << 160)).to_bytes(20, "little").hex()
