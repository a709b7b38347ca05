# SPDX-License-Identifier: GPL-2.0-or-later
"""Places that refuse: small and read-only file systems, directories without rights."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_POWERS = "-dac_override,-dac_read_search"


def without_powers() -> list[str]:
    """A program in front, under which file modes count for root as well; empty for others."""
    if os.geteuid():
        return []
    wrap = ["setpriv", f"--bounding-set={_POWERS}", f"--inh-caps={_POWERS}", "--"]
    if not shutil.which("setpriv") or subprocess.run([*wrap, "true"], check=False).returncode:
        pytest.skip("root's powers cannot be dropped here")
    return wrap


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system in memory of ``size``; only root can have one, and not in every container."""
    if os.geteuid():
        pytest.skip("only root can mount")
    place.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mount is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    """Make it read-only, writable, or larger."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def fill_up(place: Path, leave: int = 0) -> Path:
    """Take all room but ``leave`` bytes; gives the file that does."""
    filler = place / "filler"
    room = shutil.disk_usage(place).free - leave
    with filler.open("wb") as out:
        try:
            for _ in range(max(0, room) // 4096):
                out.write(b"x" * 4096)
                out.flush()
        except OSError:
            pass
    return filler
