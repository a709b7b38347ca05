# SPDX-License-Identifier: GPL-2.0-or-later
"""The port Records of postings, in memory and in a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.kept.posting_records import PostingFolder
from maintainer_kit.errors import StateError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Stage
from maintainer_kit.workflow.posting.ports import Records
from maintainer_kit.workflow.posting.record import Letter, Mail, Posted, Record
from tests.memory.postings import MemoryRecords

ADA = Person("Ада", "ada@x")
MAIL = Mail("m@x", "[PATCH] x", (ADA,), (), bytes(range(256)), "0" * 40, Stage.SENDING)


def record(number: int = 1) -> Record:
    return Record(
        id=f"{number:012x}",
        name="-x \ud800",
        place="/r\n",
        change_id="20260101-x",
        letter=Letter(2, (ADA,), (), "title", "text\n\x1b"),
        revision=2,
        sender=ADA,
        mails=(MAIL,),
        tip="1" * 40,
        why="so",
        posted=(Posted(1, ("a@x",), "2" * 40),),
    )


@pytest.fixture(params=["memory", "folder"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Records:
    return PostingFolder(tmp_path) if request.param == "folder" else MemoryRecords()


def test_what_was_put_is_there(records: Records) -> None:
    one, other = record(), record(2)
    assert (records.all(), records.get(one.id)) == ([], None)
    records.put(one)
    records.put(other)
    assert records.get(one.id) == one
    assert sorted(records.all(), key=lambda each: each.id) == [one, other]
    records.put(replace(one, mails=(), letter=None))
    assert records.get(one.id) == replace(one, mails=(), letter=None)


def test_one_at_a_time(records: Records) -> None:
    with records.sending() as mine, records.sending() as other:
        assert (mine, other) == (True, False)
    with records.sending() as again:
        assert again


def test_what_cannot_be_understood_is_said_and_kept(tmp_path: Path) -> None:
    records = PostingFolder(tmp_path)
    records.put(record())
    path = tmp_path / "posting" / f"{record().id}.json"
    path.write_text('{"version": 1, "id": "other"}')
    assert records.all() == []
    with pytest.raises(StateError, match="cannot be understood"):
        records.get(record().id)
    assert path.exists()


def test_a_file_that_was_renamed_is_no_other_branch(tmp_path: Path) -> None:
    records = PostingFolder(tmp_path)
    records.put(record())
    folder = tmp_path / "posting"
    (folder / f"{record().id}.json").rename(folder / f"{record(9).id}.json")
    assert records.all() == []
