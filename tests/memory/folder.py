# SPDX-License-Identifier: GPL-2.0-or-later
"""A MailFolder in memory."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.errors import NotFound

_FLAGS = ":2,"


class MemoryFolder:
    """Implements the port ``MailFolder``; ``files`` is the disk, open to tests."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def existing(self) -> dict[str, str]:
        return {
            path.rpartition("/")[2].partition(_FLAGS)[0]: path
            for path in self.files
            if path.startswith("mail/")
        }

    def store(self, mails: Sequence[tuple[str, bytes]]) -> list[str]:
        paths = [f"mail/{name}{_FLAGS}" for name, _ in mails]
        self.files.update(zip(paths, (raw for _, raw in mails), strict=True))
        return paths

    def read(self, path: str) -> bytes:
        try:
            return self.files[path]
        except KeyError:
            raise NotFound(f"{path}: No such file or directory") from None
