# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that are put whole, where a process of old left something."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from maintainer_kit.adapters.durable import replace_file


def test_it_is_for_its_owner_unless_another_mode_is_named(tmp_path: Path) -> None:
    for name, mode in (("own", 0o600), ("theirs", 0o640)):
        replace_file(tmp_path / name, b"new", mode)
        assert (tmp_path / name).stat().st_mode & 0o777 == mode
    replace_file(tmp_path / "theirs", b"newer")
    assert (tmp_path / "theirs").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "theirs").read_bytes() == b"newer"


@pytest.mark.parametrize("kind", ["file", "link", "fifo"])
def test_what_stands_in_the_way_is_not_written_through(tmp_path: Path, kind: str) -> None:
    """A file that others may read, a link that leads elsewhere, what blocks whoever opens it."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"kept")
    left = tmp_path / f".state.{os.getpid()}"
    if kind == "fifo":
        os.mkfifo(left)
    else:
        (left.hardlink_to if kind == "file" else left.symlink_to)(victim)
    replace_file(tmp_path / "state", b"new")
    assert (tmp_path / "state").read_bytes() == b"new"
    assert victim.read_bytes() == b"kept"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["state", "victim"]


def test_on_an_error_the_last_one_stands(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    with pytest.raises(OSError, match="state"):
        replace_file(tmp_path / "state", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["state"]
