# SPDX-License-Identifier: GPL-2.0-or-later
"""KTAP and TAP as KUnit, kselftest and others print them."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.testing.ktap import Tests, read_ktap
from maintainer_kit.model.testing.result import TestOutcome

PASS, FAIL, SKIP = TestOutcome.PASS, TestOutcome.FAIL, TestOutcome.SKIP


def read(text: str) -> Tests:
    return read_ktap(text.splitlines())


def test_plain_tap() -> None:
    found = read(
        "TAP version 13\n1..4\nok 1 - one\nnot ok 2 two # said why\nok 3 # SKIP none\nok\n"
    )
    assert found.outcomes == {"one": PASS, "two # said why": FAIL, "test 3": SKIP, "test 4": PASS}
    assert (found.lacking, found.has_bailed) == (0, False)


def test_kunit_with_time_stamps() -> None:
    text = """\
[    0.060000] KTAP version 1
[    0.060000] 1..1
[    0.060000]     KTAP version 1
[    0.060000]     # Subtest: pebble
[    0.060000]     1..2
[    0.070000]     # pebble_grows: initializing
[    0.070000]     ok 1 pebble_grows
[    0.070000]     # pebble_sinks: EXPECTATION FAILED at lib/pebble.c:9
[    0.070000]     not ok 2 pebble_sinks
[    0.080000] # pebble: pass:1 fail:1 skip:0 total:2
[    0.080000] not ok 1 pebble
"""
    assert read(text).outcomes == {"pebble/pebble_grows": PASS, "pebble/pebble_sinks": FAIL}


def test_kselftest() -> None:
    text = """\
TAP version 13
1..2
# selftests: timers: posix
# TAP version 13
# 1..2
# ok 1 sets
# not ok 2 fires
not ok 1 selftests: timers: posix # exit=1
# selftests: timers: raw
ok 2 selftests: timers: raw # SKIP
"""
    assert read(text).outcomes == {
        "selftests: timers: posix # exit=1/sets": PASS,
        "selftests: timers: posix # exit=1/fires": FAIL,
        "selftests: timers: raw": SKIP,
    }


def test_a_test_that_failed_by_itself() -> None:
    text = "1..1\n    ok 1 part\nnot ok 1 whole\n"
    assert read(text).outcomes == {"whole": FAIL, "whole/part": PASS}


def test_what_was_announced_and_never_came() -> None:
    text = "KTAP version 1\n1..3\n    # Subtest: in\n    1..5\n    ok 1 a\n    ok 2 b\nok 1 in\n"
    assert read(text).lacking == 3 + 2
    crashed = "KTAP version 1\n1..1\n    # Subtest: in\n    1..2\n    ok 1 a\nOops: 0002\n"
    found = read(crashed)
    assert found.outcomes == {"in/a": PASS}
    assert found.lacking == 1 + 1
    assert read("1..2\nok 1 a\nBail out! no disk\n").has_bailed


def test_todo_is_no_failure_and_a_timeout_is() -> None:
    text = "1..3\nnot ok 1 a # TODO later\nnot ok 2 b # TIMEOUT 45 seconds\nok 3 c \\# SKIP\n"
    assert read(text).outcomes == {"a": SKIP, "b": FAIL, "c \\# SKIP": PASS}


def test_programs_say_ok_too() -> None:
    assert not read("ok 1 this is prose\nnot ok\nBail out! of here\n").outcomes
    assert not read("1..2\nokay then\nnot okay\n").outcomes


def test_the_worse_of_two_of_one_name_counts() -> None:
    assert read("1..2\nnot ok 1 a\nok 2 a\n").outcomes == {"a": FAIL}


def test_bounds() -> None:
    deep = "1..1\n" + "".join(f"{'  ' * at}ok 1 d{at}\n" for at in range(60))
    assert read(deep).outcomes
    many = "1..30000\n" + "".join(f"ok {at} t{at}\n" for at in range(30_000))
    found = read(many)
    assert len(found.outcomes) == 20_000
    assert found.is_cut
    start = time.process_time()
    read_ktap(["1..9", *["ok 1 " + " #" * 50_000, "not ok" + " " * 100_000] * 50])
    assert time.process_time() - start < 5


_LINE = st.sampled_from(
    ["ok 1 a", "not ok 2 b", "1..2", "TAP version 13", "# Subtest: s", "Bail out!", "ok", "x"]
)


@given(st.lists(st.tuples(st.integers(0, 4), _LINE), max_size=40))
def test_whatever_is_printed(lines: list[tuple[int, str]]) -> None:
    found = read_ktap([" " * 2 * depth + line for depth, line in lines])
    told = sum(line.startswith(("ok", "not ok")) for _, line in lines)
    assert len(found.outcomes) <= told
    assert found.lacking >= 0
