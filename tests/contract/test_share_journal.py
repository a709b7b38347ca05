# SPDX-License-Identifier: GPL-2.0-or-later
"""The port JournalLines: a journal in memory, and the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from maintainer_kit.adapters.journal import FileJournal
from maintainer_kit.errors import StateError
from maintainer_kit.model.decision.event import Event, EventKind, Group, Origin
from maintainer_kit.model.decision.event_codec import dump_group
from maintainer_kit.workflow.sharing.ports import JournalLines
from tests.memory.journal import MemoryJournal
from tests.memory.share import MemoryLines


def group(name: str) -> Group:
    events = (Event(EventKind.STATE, "a@b", "accepted"),)
    return Group(name, 1_767_603_600_000_001, "me", Origin.TUI, "why\nso", events)


def line(name: str) -> bytes:
    return json.dumps(dump_group(group(name))).encode()


NEWER = json.dumps({**dump_group(group("newer")), "origin": "telepathy"}).encode()


@pytest.fixture(params=["memory", "file"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> JournalLines:
    if request.param == "memory":
        return MemoryLines(MemoryJournal())
    return FileJournal(tmp_path / "journal.jsonl")


def test_empty(journal: JournalLines) -> None:
    assert journal.lines() == []
    journal.append_all([])
    assert journal.lines() == []


def test_lines_stay_as_they_are(journal: JournalLines) -> None:
    journal.append_all([line("1"), line("2")])
    journal.append_all([NEWER])
    assert journal.lines() == [line("1"), line("2"), NEWER]


def test_groups_that_were_taken_over_are_read_as_any(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path / "journal.jsonl")
    journal.append(group("1"))
    mark = journal.read().mark
    journal.append_all([line("2"), NEWER, line("3")])
    view = journal.read(mark)
    assert (view.groups, view.is_whole) == ((group("2"), group("3")), False)
    assert [json.loads(one)["group"] for one in journal.lines()] == ["1", "2", "newer", "3"]


def test_nothing_to_take_over_makes_no_file(tmp_path: Path) -> None:
    FileJournal(tmp_path / "journal.jsonl").append_all([])
    assert not (tmp_path / "journal.jsonl").exists()


def test_a_torn_line_is_cut_first_and_never_read(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(line("1") + b"\n" + line("torn")[:-5])
    journal = FileJournal(path)
    assert journal.lines() == [line("1")]
    journal.append_all([line("2")])
    assert path.read_bytes() == line("1") + b"\n" + line("2") + b"\n"


def test_a_journal_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.mkdir()
    with pytest.raises(StateError):
        FileJournal(path).append_all([line("1")])
    with pytest.raises(StateError):
        FileJournal(path).lines()
