# SPDX-License-Identifier: GPL-2.0-or-later
"""The C library's memory, where SQLite, Xapian and Python's larger objects are: for days.

Of C libraries glibc alone has what is asked here; another does as it thinks best.
"""

from __future__ import annotations

import ctypes

_ARENA_MAX = -8
_MMAP_THRESHOLD = -3
"""See mallopt(3), whose numbers are those of <malloc.h>."""
_LARGE = 128 << 10
"""Bytes from which on a block is given back to the system as soon as it is let go: where glibc
begins. Left to itself it raises that with each block, up to 32 MiB."""


def use_few_heaps() -> None:
    """Let all threads that begin from now on share one: each would get its own, with holes of its
    own that the others cannot fill."""
    _call("mallopt", ctypes.c_int(_ARENA_MAX), ctypes.c_int(1))
    _call("mallopt", ctypes.c_int(_MMAP_THRESHOLD), ctypes.c_int(_LARGE))


def give_back() -> None:
    """Pages that were let go in the middle of a heap go back to the system: malloc_trim(3)."""
    _call("malloc_trim", ctypes.c_size_t(0))


def _call(name: str, *values: ctypes.c_int | ctypes.c_size_t) -> None:
    function = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*values)
