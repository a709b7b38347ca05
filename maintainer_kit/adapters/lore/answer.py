# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether an answer of an archive is what it should be, before anybody unpacks it."""

from __future__ import annotations

import zlib

from maintainer_kit.workflow.pulling.archive import ArchiveError, TooMuch

_MAGIC = b"\x1f\x8b"
_STEP = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS


def check_mbox(data: bytes, kind: str, host: str, limit: int) -> None:
    """Insist that ``data`` is a whole mbox in gzip, of at most ``limit`` bytes unpacked.

    ``kind`` is the Content-Type that the server gave it. Raises ArchiveError.
    """
    if not data.startswith(_MAGIC):
        raise _no_mail(data, kind, host)
    begin = b""
    size = 0
    rest = data
    while rest.startswith(_MAGIC):
        part = zlib.decompressobj(_GZIP)
        while not part.eof:
            try:
                piece = part.decompress(rest, _STEP)
            except zlib.error as error:
                raise _damaged(host) from error
            rest = part.unconsumed_tail
            begin = begin or piece[:5]
            size += len(piece)
            if size > limit:
                raise TooMuch(
                    f"{host} sends more than {limit >> 20} MiB of mail at once",
                    "ask for less: mkit pull --query Q --since 1m",
                )
            if not piece and not rest and not part.eof:
                raise _damaged(host)
        rest = part.unused_data.lstrip(b"\0")
    if begin and begin != b"From ":
        raise ArchiveError(
            f"{host} sends something that is no mbox", "run the same command later, with --fresh"
        )


def _damaged(host: str) -> ArchiveError:
    return ArchiveError(
        f"{host} sends an answer that breaks off, or is damaged", "run the same command again"
    )


def _no_mail(data: bytes, kind: str, host: str) -> ArchiveError:
    if "html" in kind.lower() or data.lstrip()[:1] == b"<":
        return ArchiveError(
            f"{host} answers with a web page where mail was expected; it may want a browser",
            "git config --global mkit.lore MIRROR, or save the mbox and: mkit import FILE",
        )
    return ArchiveError(
        f"{host} answers with something that is no mail", "git config --global mkit.lore ADDRESS"
    )
