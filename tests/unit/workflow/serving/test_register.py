# SPDX-License-Identifier: GPL-2.0-or-later
"""What may be shown of all mails, and how it is found."""

from __future__ import annotations

from maintainer_kit.workflow.serving.register import Entry, Register

ONE, TWO = "one.lists.example", "two.lists.example"


def entry(
    message_id: str, *parents: str, date: int = 0, lists: tuple[str, ...] = (ONE,), patch: str = ""
) -> Entry:
    return Entry(message_id, date, parents, lists, patch or None, (f"/mail/{message_id}",))


def register(*entries: Entry, hidden: str = "", secret: str = "") -> Register:
    found = Register()
    change(found, *entries, hidden=hidden, secret=secret)
    return found


def change(
    found: Register, *entries: Entry, gone: str = "", hidden: str = "", secret: str = ""
) -> None:
    found.change(entries, gone, frozenset(hidden), frozenset([secret] if secret else []))


def ids(entries: list[Entry]) -> str:
    return "".join(one.message_id for one in entries)


def test_a_thread_is_sorted_by_date() -> None:
    found = register(entry("c", "b", "a", date=2), entry("a", date=3), entry("b", "a", date=2))
    assert ids(found.thread("a")) == ids(found.thread("c")) == "bca"
    assert found.thread("x") == []


def test_what_is_hidden_is_nowhere() -> None:
    found = register(entry("a"), entry("b", "a"), entry("c", "b"), hidden="b")
    assert found.one("b") is None
    assert found.thread("b") == [] and found.thread_key("b") is None
    assert ids(found.thread("a")) == "ac"
    assert ids(found.shown("abc")) == "ac"
    assert ids(found.newest(9)) == "ca"
    change(found, hidden="c")
    assert ids(found.thread("a")) == "ab"


def test_a_list_has_its_own_mail_only() -> None:
    found = register(entry("a"), entry("b", "a", lists=(TWO,)), entry("c", "b", lists=(ONE, TWO)))
    assert ids(found.thread("a", ONE)) == "ac"
    assert found.thread("b", ONE) == [] and found.one("b", ONE) is None
    assert ids(found.newest(1, TWO)) == "c"
    assert found.lists() == {ONE: 2, TWO: 2}
    assert found.of_list("one") == found.of_list(ONE) == {"a", "c"}


def test_a_name_means_a_list_when_it_means_one_only() -> None:
    found = register(entry("a", lists=(ONE, "one.other.example", "two", TWO)))
    assert found.list_named(ONE) == ONE
    assert found.list_named("one") is None
    assert found.list_named("two") == "two"
    assert found.list_named("lists") is None


def test_of_a_secret_list_nobody_knows() -> None:
    found = register(entry("a", lists=(ONE, TWO)), secret=TWO)
    assert found.lists() == {ONE: 1}
    assert found.list_named(TWO) is None and found.list_named("two") is None


def test_a_mail_becomes_another_one() -> None:
    found = register(entry("a"), entry("b", "a", patch="p"), entry("c", "b"))
    change(found, entry("b", lists=(TWO,), patch="q"))
    assert ids(found.thread("a")) == "a" and ids(found.thread("c")) == "bc"
    assert found.lists() == {ONE: 2, TWO: 1}
    assert found.with_patch_id("p") == set() and found.with_patch_id("q") == {"b"}


def test_mails_go() -> None:
    found = register(entry("a"), entry("b", "a", lists=(TWO,), patch="p"), entry("c", "b"))
    change(found, gone="bx")
    assert found.message_ids() == {"a", "c"} and len(found) == 2
    assert found.lists() == {ONE: 2} and found.with_patch_id("p") == set()
    assert ids(found.thread("a")) == "a" and ids(found.thread("c")) == "c"
    change(found, entry("b", "a"))
    assert ids(found.thread("c")) == "abc"
