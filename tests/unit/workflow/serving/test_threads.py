# SPDX-License-Identifier: GPL-2.0-or-later
"""Threads, as mails come and go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.workflow.serving.threads import Threads

IDS = "abcdefgh"
Parents = dict[str, tuple[str, ...]]


def threads(parents: Parents) -> Threads:
    found = Threads()
    for one, above in parents.items():
        found.add(one, above)
    return found


def sets(found: Threads) -> set[frozenset[str]]:
    return {frozenset(found.of(one)) for one in IDS if found.of(one)}


def connected(parents: Parents) -> set[frozenset[str]]:
    """The same by joining whatever two mails share, until nothing changes."""
    groups = [({one, *above}, {one}) for one, above in parents.items()]
    while True:
        for one in groups:
            other = next((each for each in groups if each is not one and each[0] & one[0]), None)
            if other is not None:
                groups.remove(other)
                one[0].update(other[0])
                one[1].update(other[1])
                break
        else:
            return {frozenset(members) for _, members in groups}


def test_a_mail_that_is_not_here_connects_others() -> None:
    found = threads({"b": ("a",), "c": ("a",), "d": ()})
    assert sets(found) == {frozenset("bc"), frozenset("d")}
    assert found.of("a") == () and found.key("a") is None
    assert found.key("b") == found.key("c") != found.key("d")


def test_what_a_mail_alone_connected_falls_apart() -> None:
    found = threads({"a": (), "b": (), "c": ("b", "a"), "d": ("a",)})
    assert sets(found) == {frozenset("abcd")}
    found.remove(["c"])
    assert sets(found) == {frozenset("ad"), frozenset("b")}
    found.add("c", ())
    assert sets(found) == {frozenset("ad"), frozenset("b"), frozenset("c")}


def test_a_mail_that_is_here_stays_as_it_is() -> None:
    found = threads({"a": (), "b": ()})
    found.add("b", ("a",))
    assert sets(found) == {frozenset("a"), frozenset("b")}


_parents = st.dictionaries(
    st.sampled_from(IDS), st.lists(st.sampled_from(IDS), max_size=3, unique=True).map(tuple)
)


@given(_parents, st.lists(st.sampled_from(IDS), unique=True), _parents)
def test_it_is_all_one_how_they_came_to_be(first: Parents, gone: list[str], more: Parents) -> None:
    found = threads(first)
    found.remove(gone)
    left = {one: above for one, above in first.items() if one not in gone}
    assert sets(found) == connected(left)
    for one, above in more.items():
        found.add(one, above)
    assert sets(found) == connected({**more, **left})
