# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages of commits mended in their own bytes."""

from __future__ import annotations

import pytest

from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.mending import CannotMend
from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.model.mail.person import NOBODY
from maintainer_kit.render.commit_text import CommitDraft

RECORD = CommitRecord("9" * 40, ("8" * 40,), NOBODY, NOBODY, 0, "", "")


def draft(message: bytes, encoding: str = "") -> CommitDraft:
    return CommitDraft(message, RECORD, encoding)


def test_other_lines_stay_as_they_are() -> None:
    message = b"\n\ntitle \nin two\n \n\nbody \xff\t\nteh\n\n\n"
    edits = [Edit(Part.BODY, 1, 1, ("the",)), Edit(Part.SUBJECT, 0, 1, ("title",))]

    after = draft(message).edited(edits)

    assert after.content == b"\n\ntitle\n \n\nbody \xff\t\nthe\n\n\n"
    assert after.patch.title_line == "title"


@pytest.mark.parametrize("message", [b"title", b"title\n", b"title\n\n"])
def test_a_body_is_put_below_an_empty_line(message: bytes) -> None:
    after = draft(message).edited([Edit(Part.BODY, 0, 0, ("Why.",))])

    assert after.content.rstrip(b"\n") == b"title\n\nWhy."
    assert after.patch.body == ("Why.",)


def test_a_body_that_goes_leaves_the_title() -> None:
    after = draft(b"title\n\nChange-Id: I1\n").edited([Edit(Part.BODY, 0, 1, ())])

    assert after.content == b"title\n"


def test_the_encoding_of_the_commit_is_kept() -> None:
    one = draft("title\n\nteh caf\u00e9\n".encode("latin-1"), "ISO-8859-1")
    assert one.patch.body == ("teh caf\u00e9",)

    after = one.edited([Edit(Part.BODY, 0, 1, ("the caf\u00e9",))])

    assert after.content == "title\n\nthe caf\u00e9\n".encode("latin-1")
    with pytest.raises(CannotMend):
        one.edited([Edit(Part.BODY, 0, 1, ("\u4e2d",))])


def test_the_diff_is_not_changed() -> None:
    with pytest.raises(CannotMend, match="amend"):
        draft(b"title\n").edited([Edit(Part.DIFF, 0, 1, ())])
    with pytest.raises(CannotMend):
        draft(b"title\n").resaved()
