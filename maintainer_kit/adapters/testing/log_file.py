# SPDX-License-Identifier: GPL-2.0-or-later
"""A log of bounded size: its beginning and its end are kept, the middle of a long one is not."""

from __future__ import annotations

import contextlib
import os
from collections import deque

from maintainer_kit.adapters.closing import Closing


class LogFile(Closing):
    """Written as it comes, up to half of what is allowed; of the rest the end is held in memory."""

    def __init__(self, path: str, most: int) -> None:
        self._head = most // 2
        self._most_tail = most - self._head
        self._tail: deque[bytes] = deque()
        self._held = 0
        self._left_out = 0
        # Whatever lies there is another run's.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        self._file = open(path, "xb", buffering=0)  # noqa: SIM115
        os.fchmod(self._file.fileno(), 0o600)

    @property
    def is_cut(self) -> bool:
        return bool(self._left_out)

    def close(self) -> None:
        """Without ``end`` before, the end of a long one is lost."""
        self._file.close()

    def write(self, data: bytes) -> None:
        """Raises OSError where there is no room."""
        if self._head > 0:
            first, data = data[: self._head], data[self._head :]
            self._head -= len(first)
            self._put(first)
        if not data:
            return
        self._tail.append(data)
        self._held += len(data)
        while self._held - len(self._tail[0]) >= self._most_tail:
            gone = self._tail.popleft()
            self._held -= len(gone)
            self._left_out += len(gone)

    def end(self) -> None:
        """Write what was held, after the last ``write``; raises OSError as that does."""
        if self._left_out:
            self._put(f"\n[mkit: {self._left_out} bytes are left out here]\n".encode())
        for one in self._tail:
            self._put(one)

    def _put(self, data: bytes) -> None:
        """All of it: a write without a buffer may take a part."""
        while data:
            data = data[self._file.write(data) or 0 :]
