# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of patches: where their mails are, and how they are replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.patch_files import read_patch_file, replace_file
from maintainer_kit.checks.example import GOOD
from maintainer_kit.errors import NotFound, Refused

SEPARATOR = b"From ada@quarry.example Mon Jan  5 09:00:00 2026\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.patch"
    made.write_bytes(GOOD.file)
    return made


@pytest.mark.parametrize("gap", [b"", b"\n", b"\n\n"])
def test_the_mails_of_a_file_are_its_bytes(path: Path, gap: bytes) -> None:
    path.write_bytes(b"".join(SEPARATOR + GOOD.mail + gap for _ in range(3)))
    file = read_patch_file(path)

    assert [file.data[one.start : one.end] for one in file.mails] == [one.raw for one in file.mails]
    assert file.with_mails({at: one.raw for at, one in enumerate(file.mails)}) == file.data
    if gap:
        assert file.with_mails({1: b"x"}).count(GOOD.mail) == 2


def test_what_is_no_mail_between_mails_stays(path: Path) -> None:
    data = GOOD.file + b"\n" + SEPARATOR + b"no header\n\n" + SEPARATOR + GOOD.mail
    path.write_bytes(data)
    file = read_patch_file(path)

    assert len(file.broken) == 1
    assert file.with_mails({0: file.mails[0].raw}) == data


def test_a_file_that_was_changed_meanwhile_is_left(path: Path) -> None:
    file = read_patch_file(path)
    path.write_bytes(b"other\n")

    with pytest.raises(Refused, match="changed meanwhile"):
        replace_file(file, b"new\n")

    assert path.read_bytes() == b"other\n"


def test_a_file_that_is_gone_is_not_made_again(path: Path) -> None:
    file = read_patch_file(path)
    path.unlink()

    with pytest.raises(Refused):
        replace_file(file, b"new\n")

    assert not path.exists()


def test_a_failure_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that takes no new names, as on a full disk."""
    file = read_patch_file(path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(Refused, match="No space left"):
        replace_file(file, b"new\n")

    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == GOOD.file


def test_a_link_without_an_end_and_a_pipe_are_refused(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for one in (loop, tmp_path / "none", pipe):
        with pytest.raises((NotFound, Refused), match=one.name):
            read_patch_file(one)
