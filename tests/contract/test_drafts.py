# SPDX-License-Identifier: GPL-2.0-or-later
"""The port Drafts, in memory, in a folder, and as a scratch over another one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from maintainer_kit.adapters.kept.drafts import DraftFolder
from maintainer_kit.errors import Busy, StateError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.reply.draft import Draft, Note, Stage, id_of
from maintainer_kit.workflow.replying.ports import Drafts
from maintainer_kit.workflow.replying.scratch import ScratchDrafts
from tests.memory.drafts import MemoryDrafts


def draft(answers: str = "a@x", text: str = "Hm \ud800\u2028\x00.") -> Draft:
    return Draft(
        id=id_of(answers),
        answers=answers,
        message_id="r@x",
        to=(Person("Ада", "ada@x"),),
        cc=(Person("", "list@x"),),
        subject="Re: x",
        parents=("root@x", answers),
        created=5,
        changed=6,
        text=text,
        trailers=("Acked-by: R <r@x>",),
        notes=(Note(3, "Why?\nHow?"),),
        written="> a\n",
        stage=Stage.SENDING,
        raw="From: x\n\nHm.\n",
    )


@pytest.fixture(params=["memory", "folder", "scratch"])
def drafts(request: pytest.FixtureRequest, tmp_path: Path) -> Drafts:
    if request.param == "folder":
        return DraftFolder(tmp_path)
    kept = MemoryDrafts()
    return kept if request.param == "memory" else ScratchDrafts(kept)


def test_what_was_put_is_there(drafts: Drafts) -> None:
    one, other = draft(), draft("b@x", "")
    assert (drafts.all(), drafts.get(one.id)) == ([], None)
    drafts.put(one)
    drafts.put(other)
    assert drafts.get(one.id) == one
    assert sorted(drafts.all(), key=str) == sorted([one, other], key=str)
    drafts.put(replace(one, text="Other."))
    assert drafts.get(one.id) == replace(one, text="Other.")
    drafts.remove(one.id)
    drafts.remove(one.id)
    assert drafts.all() == [other]


def test_one_process_sends_at_a_time(drafts: Drafts, tmp_path: Path) -> None:
    with drafts.changing(), drafts.sending() as mine, drafts.sending() as again:
        assert (mine, again) == (True, False)
    with drafts.sending() as mine:
        assert mine


def test_a_scratch_changes_nothing_of_what_is_below() -> None:
    kept = MemoryDrafts()
    kept.put(draft())
    scratch = ScratchDrafts(kept)
    scratch.put(draft("b@x"))
    scratch.remove(draft().id)
    assert scratch.all() == [draft("b@x")]
    assert kept.all() == [draft()]


def test_files_that_are_no_drafts_are_named_and_passed_over(tmp_path: Path) -> None:
    folder = DraftFolder(tmp_path)
    folder.put(draft())
    (folder.folder / "notes.txt").write_text("x")
    (folder.folder / "ffffffffffff.json").write_text("{")
    (folder.folder / "000000000000.json").write_bytes(
        (folder.folder / f"{draft().id}.json").read_bytes()
    )
    assert folder.all() == [draft()]
    assert [one.name for one in folder.broken()] == ["000000000000.json", "ffffffffffff.json"]
    with pytest.raises(StateError, match="cannot be understood"):
        folder.get("ffffffffffff")


def test_a_change_that_does_not_end_keeps_others_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maintainer_kit.adapters.kept.drafts._WAIT", 0.0)
    with (
        DraftFolder(tmp_path).changing(),
        pytest.raises(Busy),
        DraftFolder(tmp_path).changing(),
    ):
        pass
