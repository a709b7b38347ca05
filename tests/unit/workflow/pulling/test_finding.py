# SPDX-License-Identifier: GPL-2.0-or-later
"""Queries that public-inbox understands without positions of words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.workflow.pulling.complete import likely_ids, missing
from maintainer_kit.workflow.pulling.finding import all_of, any_of, dated, received, words_of
from maintainer_kit.workflow.pulling.follow import query_of
from maintainer_kit.workflow.pulling.posting import posting_of
from tests.build import part_id, patch, posting, read, reply, topic


def test_words_are_joined_and_never_quoted() -> None:
    assert words_of("s", "erofs: fix a leak, fix it") == (
        "s:erofs AND s:fix AND s:a AND s:leak AND s:it"
    )
    assert words_of("f", "Ada.Author@quarry.example") == (
        "f:ada AND f:author AND f:quarry AND f:example"
    )
    assert words_of("b", "") == words_of("b", '"():/.-_ ') == ""


@given(st.text(max_size=300))
def test_a_subject_cannot_become_a_query(text: str) -> None:
    for part in words_of("s", text).split(" AND "):
        assert part == "" or (part.startswith("s:") and part[2:].isalnum())


def test_what_is_joined() -> None:
    assert all_of("a", "", "b OR c") == "(a) AND (b OR c)"
    assert any_of(["a", "", "b"]) == "(a) OR (b)"
    assert dated("a OR b", None, None) == "a OR b"
    assert dated("a OR b", 0, None) == "(a OR b) AND dt:19700101000000.."
    assert received(0) == "rt:100000000.."
    assert received(1770000000, 1770000001) == "rt:1770000000..1770000001"
    assert dated("a", None, 86400) == "(a) AND dt:..19700102000000"


def test_a_topic_is_searched_for_by_change_id_and_title() -> None:
    found = query_of(topic(*posting("foo", 1, tail="\nchange-id: 20260107-foo-eec87d1f\n")))
    assert "b:20260107 AND b:foo AND b:eec87d1f" in found
    assert "s:foo AND s:make AND s:it AND s:better" in found
    assert "f:ada AND f:quarry AND f:example" in found


def test_what_a_missing_patch_is_called() -> None:
    def one(number: int, message_id: str) -> bytes:
        return patch(f"[PATCH {number}/3] foo", message_id=message_id, parents=["c@made.example"])

    git = topic(one(1, "20260108.28580-1-ada@h.example"), one(3, "20260108.28580-3-ada@h.example"))
    series = git.revisions[-1].series
    assert missing(series) == [2]
    assert likely_ids(series, 2) == ["20260108.28580-2-ada@h.example"]
    b4 = topic(
        one(1, "20260107-foo-v2-1-eec8@h.example"), one(3, "20260107-foo-v2-3-eec8@h.example")
    )
    assert likely_ids(b4.revisions[-1].series, 2) == ["20260107-foo-v2-2-eec8@h.example"]
    odd = topic(one(1, 'x"-1-y@h.example'), one(3, "OR-3-z)@h.example"))
    assert likely_ids(odd.revisions[-1].series, 2) == []


def test_the_posting_of_a_thread() -> None:
    old = posting("foo", 2)
    new = posting("foo", 2, revision=2, parents=[part_id("foo", 0)], minutes=2000)
    answer = reply(part_id("foo", 1), "No.\n", message_id="a@made.example")
    deeper = reply("a@made.example", "Yes.\n", message_id="b@made.example")
    messages = {one.message_id: one for one in map(read, [*old, *new, answer, deeper])}
    first = {part_id("foo", number) for number in range(3)}
    for message_id in (part_id("foo", 0), part_id("foo", 2), "b@made.example"):
        assert set(posting_of(messages, message_id)) == first
    second = {part_id("foo", number, 2) for number in range(3)}
    assert set(posting_of(messages, part_id("foo", 1, 2))) == second
    assert posting_of(messages, "elsewhere@made.example") == ()
