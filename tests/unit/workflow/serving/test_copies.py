# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of several copies of a mail an archive has."""

from __future__ import annotations

from itertools import permutations

from maintainer_kit.workflow.serving.copies import first_copy, received_at
from tests.build import mail


def copy(name: str, received: str) -> bytes:
    headers = {"Received": f"by x; Mon, 01 Jan 2024 {received} +0000"}
    if name:
        headers["List-Id"] = f"<{name}>"
    return mail("x", "text\n", message_id="a@x", headers=headers)


def test_the_copy_of_the_list_else_the_first_of_any() -> None:
    direct = copy("", "00:00:01")
    late, early = copy("one.lists.example", "00:00:09"), copy("two.lists.example", "00:00:05")
    unknown = mail("x", "text\n", message_id="a@x")
    for raws in permutations([direct, late, early, unknown]):
        assert first_copy(raws) == early
        assert first_copy(raws, "one.lists.example") == late
        assert first_copy(raws, "other.lists.example") == early
    for raws in permutations([direct, unknown]):
        assert first_copy(raws) == direct


def test_when_a_mail_came_is_told_by_its_topmost_readable_received() -> None:
    folded = "from a\n\tby b; Mon, 01 Jan 2024 00:00:00 +0000"
    raw = mail("x", "Received: z; Mon, 01 Jan 2001 00:00:00 +0000\n", headers={"Received": folded})
    assert received_at(raw) == 1704067200
    assert received_at(b"Received: nonsense\n" + raw) == 1704067200
    assert received_at(mail("x", "Received: z; Mon, 01 Jan 2001 00:00:00 +0000\n")) is None
    assert received_at(b"") is None


def test_received_may_be_written_in_any_case() -> None:
    for name in ("RECEIVED", "received", "rEceived"):
        raw = mail("x", "text\n", headers={name: "by b; Mon, 01 Jan 2024 00:00:00 +0000"})
        assert received_at(raw) == 1704067200
    named = "X-Received"
    raw = mail("x", "text\n", headers={named: "by b; Mon, 01 Jan 2024 00:00:00 +0000"})
    assert received_at(raw) is None
