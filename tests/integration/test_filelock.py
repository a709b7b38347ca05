# SPDX-License-Identifier: GPL-2.0-or-later
"""Locks between processes: one holds it, and it is free as soon as that one lets go, or ends."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer

from maintainer_kit.adapters.filelock import file_lock


def _child(work: Callable[[], object]) -> int:
    """A process that works and then stays."""
    said, ready = os.pipe()
    process = os.fork()
    if process == 0:
        with suppress(BaseException):
            work()
            os.write(ready, b"r")
            time.sleep(600)
        os._exit(1)
    os.close(ready)
    assert os.read(said, 1) == b"r"
    os.close(said)
    return process


def _end(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def test_one_at_a_time(tmp_path: Path) -> None:
    with file_lock(tmp_path / "lock", 0.0) as mine, file_lock(tmp_path / "lock", 0.1) as other:
        assert (mine, other) == (True, False)
    with file_lock(tmp_path / "lock", 0.0) as again:
        assert again


def test_who_did_not_get_it_takes_it_from_nobody(tmp_path: Path) -> None:
    with file_lock(tmp_path / "lock", 0.0):
        for _ in range(2):
            with file_lock(tmp_path / "lock", 0.0) as other:
                assert not other


def test_it_goes_with_a_killed_process(tmp_path: Path) -> None:
    process = _child(file_lock(tmp_path / "lock", 0.0).__enter__)
    with file_lock(tmp_path / "lock", 0.0) as mine:
        assert not mine
    Timer(0.2, _end, [process]).start()
    with file_lock(tmp_path / "lock", 20.0) as mine:
        assert mine


def test_a_copy_of_the_handle_in_a_child_holds_nothing(tmp_path: Path) -> None:
    with file_lock(tmp_path / "lock", 0.0) as mine:
        assert mine
        process = _child(lambda: None)
    try:
        with file_lock(tmp_path / "lock", 0.0) as again:
            assert again
    finally:
        _end(process)
