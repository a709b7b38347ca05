# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads of screens that are open for days share what the C library keeps for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_THREADS = 6
_PROGRAM = """
import ctypes, sys
from threading import Barrier, Thread
from maintainer_kit.tui.work.heap import use_few_heaps

libc = ctypes.CDLL(None)
if not hasattr(libc, "mallopt"):
    sys.exit(77)
if sys.argv[1] == "few":
    use_few_heaps()
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
all_there = Barrier(int(sys.argv[2]))

def work():
    for _ in range(100):
        libc.malloc(1000)
    all_there.wait()

threads = [Thread(target=work) for _ in range(int(sys.argv[2]))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc.fdopen.restype = ctypes.c_void_p
out = libc.fdopen(1, b"w")
libc.malloc_info(0, ctypes.c_void_p(out))
libc.fflush(ctypes.c_void_p(out))
"""


def _heaps(how: str) -> int:
    argv = [sys.executable, "-c", _PROGRAM, how, str(_THREADS)]
    run = subprocess.run(argv, cwd=_ROOT, capture_output=True, text=True, timeout=60, check=False)
    if run.returncode == 77:
        pytest.skip("not glibc")
    assert run.returncode == 0, run.stderr
    return run.stdout.count("<heap nr=")


def test_threads_share_a_heap() -> None:
    """By themselves they would not."""
    assert _heaps("few") == 1 < _heaps("as it is")
