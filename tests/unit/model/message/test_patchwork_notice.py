# SPDX-License-Identifier: GPL-2.0-or-later
"""Notices of Patchwork servers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.message.patchwork_notice import is_notice, noticed_states
from tests.build import mail, read

NOTICE = """Hello,

The following patches (submitted by you) have been updated in Patchwork:

 * pebble: [1/2] pebble: step 1
     - http://patchwork.example/project/pebble/patch/s-v1-1@made.example/
     - for: Pebbles
    was: New
    now: Changes Requested

 * pebble: [2/2] pebble: step 2
     - http://patchwork.example/patch/1192884/
     - for: Pebbles
    was: New
    now: Rejected

This email is a notification only - you do not need to respond.
"""
SUBJECT = "[pebble] Patch notification: 2 patches updated"
PATCHWORK = "Patchwork <patchwork@patchwork.example>"


def test_what_it_says_of_patches_that_it_names_by_message_id() -> None:
    assert list(noticed_states(NOTICE)) == [("s-v1-1@made.example", "Changes Requested")]


def test_a_reply_to_a_notice_is_none() -> None:
    assert is_notice(read(mail(SUBJECT, NOTICE, sender=PATCHWORK)))
    assert not is_notice(read(mail(SUBJECT, NOTICE, sender=PATCHWORK, parents=["a@x"])))
    assert not is_notice(read(mail(SUBJECT, NOTICE)))
    assert not is_notice(read(mail("Re: pebble", NOTICE, sender=PATCHWORK)))


def test_a_quoted_one_says_nothing() -> None:
    quoted = "".join(f"> {line}\n" for line in NOTICE.splitlines())
    assert list(noticed_states(quoted)) == []


@given(st.lists(st.sampled_from([*NOTICE.splitlines(), "now: ", "- http://", "\x00"]), max_size=30))
def test_any_order_of_lines_is_read(lines: list[str]) -> None:
    for message_id, words in noticed_states("\n".join(lines)):
        assert message_id == "s-v1-1@made.example"
        assert words in ("Changes Requested", "Rejected")
