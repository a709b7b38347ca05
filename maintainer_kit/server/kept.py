# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers that are kept until something changes: b4 asks for the same thread again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

_MAX_BYTES = 64 << 20
_MAX_ONE = 8 << 20


class Kept:
    """The answers of one generation, those asked for longest ago going first."""

    def __init__(self, limit: int = _MAX_BYTES) -> None:
        self._limit = limit
        self._lock = Lock()
        self._generation = 0
        self._found: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0

    def get(self, generation: int, key: Hashable) -> bytes | None:
        with self._lock:
            if generation != self._generation:
                return None
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def put(self, generation: int, key: Hashable, body: bytes) -> None:
        with self._lock:
            if generation > self._generation:
                self._generation, self._size = generation, 0
                self._found.clear()
            if generation < self._generation or key in self._found or len(body) > _MAX_ONE:
                return
            self._found[key] = body
            self._size += len(body)
            while self._size > self._limit:
                self._size -= len(self._found.popitem(last=False)[1])
