# SPDX-License-Identifier: GPL-2.0-or-later
"""The port MailFolder: in memory and as a Maildir."""

from __future__ import annotations

from pathlib import Path

import pytest

from maintainer_kit.adapters.mail.maildir import Maildir
from maintainer_kit.errors import NotFound
from maintainer_kit.workflow.ports import MailFolder
from tests.memory.folder import MemoryFolder


@pytest.fixture(params=["memory", "maildir"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> MailFolder:
    if request.param == "memory":
        return MemoryFolder()
    return Maildir(tmp_path / "mail")


def test_empty(folder: MailFolder) -> None:
    assert folder.existing() == {}
    assert folder.store([]) == []


def test_store_and_read(folder: MailFolder) -> None:
    mails = [("a" * 64, b"From: a\n\nbody\n"), ("b" * 64, b"\x00\xff" * 10_000)]
    paths = folder.store(mails)
    assert len(paths) == 2
    assert [folder.read(path) for path in paths] == [raw for _, raw in mails]


def test_existing_is_by_base_name(folder: MailFolder) -> None:
    one, other = folder.store([("one", b"1"), ("other", b"2")])
    assert folder.existing() == {"one": one, "other": other}


def test_storing_again_changes_nothing(folder: MailFolder) -> None:
    (first,) = folder.store([("one", b"1")])
    assert folder.store([("one", b"1")]) == [first]
    assert folder.existing() == {"one": first}
    assert folder.read(first) == b"1"


def test_an_empty_mail(folder: MailFolder) -> None:
    (path,) = folder.store([("empty", b"")])
    assert folder.read(path) == b""


def test_what_is_gone(folder: MailFolder) -> None:
    with pytest.raises(NotFound) as caught:
        folder.read("/nowhere/cur/lost:2,S")
    assert "lost" in caught.value.message
