# SPDX-License-Identifier: GPL-2.0-or-later
"""Results as lines of JSON, ours and those of others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.lazy.dataclass import replace
from maintainer_kit.model.testing.configuration import Configuration
from maintainer_kit.model.testing.result import (
    Diagnostic,
    Key,
    Outcome,
    Result,
    TestOutcome,
    key_of,
)
from maintainer_kit.model.testing.result_codec import dump_result, for_notes, load_result

KEY = Key("a" * 40, "build", "make -s")
RESULT = Result(
    outcome=Outcome.FAIL,
    code=2,
    seconds=1.25,
    when=1_700_000_000,
    by="Robin <robin@lumen.example>",
    commit="b" * 40,
    time_limit=60,
    memory_limit=4 << 30,
    whole=False,
    is_cut=True,
    diagnostics=(
        (Diagnostic("error", "a.c", "broken", ""), 1),
        (Diagnostic("warning", "b.c", "old", "-Wold"), 3),
    ),
    tests=(("one", TestOutcome.PASS), ("two", TestOutcome.FAIL), ("z", TestOutcome.SKIP)),
)


def test_what_is_written_is_read_again() -> None:
    line = dump_result(KEY, RESULT)
    assert "\n" not in line
    assert load_result(line) == (KEY, RESULT)
    assert load_result(line.encode()) == (KEY, RESULT)
    killed = replace(RESULT, code=None, outcome=Outcome.TIMEOUT)
    assert load_result(dump_result(KEY, killed)) == (KEY, killed)


def changed(**fields: Any) -> str:
    return json.dumps(json.loads(dump_result(KEY, RESULT)) | fields)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        changed(version=2),
        changed(outcome="splendid"),
        changed(code="2"),
        changed(code=True),
        changed(code=1e300),
        changed(seconds=float("nan")),
        changed(seconds=10**400),
        changed(when=None),
        changed(limits=[]),
        changed(limits={}),
        changed(limits=[1]),
        changed(said=[["a"]]),
        changed(said=7),
        changed(said=[["error", "a", "b", "c", "d"]]),
        changed(tests=[]),
        changed(tests={"pass": 3}),
        changed(tests={"pass": {"a": 1}}),
        changed(tests={"pass": [None]}),
        changed(tree=3),
        changed(by=None),
    ],
)
def test_what_others_write_is_no_result_unless_it_is_one(line: str) -> None:
    assert load_result(line) is None


def test_texts_and_lists_of_others_are_bounded() -> None:
    tests = {"pass": [str(at) for at in range(30_000)], "fail": ["x" * 5000]}
    said = [["error", "p" * 5000, "m", "", 1]] * 30_000
    found = load_result(changed(tests=tests, said=said))
    assert found is not None
    assert len(found[1].tests) == 20_000
    assert len(found[1].diagnostics) == 20_000
    assert max(len(one.path) for one, _ in found[1].diagnostics) == 1000


def test_notes_keep_what_failed() -> None:
    tests = [(f"t{at:05}", TestOutcome.PASS) for at in range(5000)]
    tests += [(f"u{at:05}", TestOutcome.FAIL) for at in range(10)]
    small = for_notes(replace(RESULT, tests=tuple(tests), is_cut=False))
    assert len(small.tests) == 2000
    assert len(small.named(TestOutcome.FAIL)) == 10
    assert small.is_cut
    assert small.tests == tuple(sorted(small.tests))
    assert for_notes(replace(RESULT, is_cut=False)) == replace(RESULT, is_cut=False)


def test_a_key_is_tree_configuration_and_command_and_nothing_else() -> None:
    one = Configuration("a", "make", seconds=5, memory=7, on_each=False)
    assert key_of("t", one) == key_of("t", Configuration("a", "make"))
    keys = [Key("t", "a", "make"), Key("t", "b", "make"), Key("u", "a", "make"), Key("t", "a", "m")]
    assert len({one.digest for one in keys}) == 4


def test_what_hit_a_bound_holds_for_no_wider_one() -> None:
    late = replace(RESULT, outcome=Outcome.TIMEOUT, time_limit=60)
    assert late.holds_for(Configuration("a", "x", seconds=60))
    assert not late.holds_for(Configuration("a", "x", seconds=61))
    big = replace(RESULT, outcome=Outcome.MEMORY, memory_limit=100)
    assert big.holds_for(Configuration("a", "x", memory=100))
    assert not big.holds_for(Configuration("a", "x", memory=101))
    assert not big.holds_for(Configuration("a", "x"))
    assert RESULT.holds_for(Configuration("a", "x", seconds=99999))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.sampled_from(sorted(json.loads(dump_result(KEY, RESULT)))), _JSON)
def test_any_field_may_hold_anything(name: str, value: object) -> None:
    found = load_result(changed(**{name: value}))
    assert found is None or load_result(dump_result(*found)) is not None
