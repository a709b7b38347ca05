# SPDX-License-Identifier: GPL-2.0-or-later
"""A list as JSON: its text, put together of parts, and the same as objects."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from maintainer_kit.model.queue.line import Line, line_of
from maintainer_kit.model.queue.making import make_row
from maintainer_kit.model.queue.verdict import Turn
from maintainer_kit.render.envelope import dumps, envelope
from maintainer_kit.render.json_lines import line_json, list_json_text
from maintainer_kit.render.json_topics import list_json
from tests.build import ME, mail, posting, topic

TEXT = st.text(max_size=8) | st.sampled_from(['"\\', "\x1b\x7f\x85", "\u202e\u5929", "100%s", "{}"])
NUMBER = st.integers(0, 9)
COUNTS = st.lists(st.tuples(TEXT, NUMBER), max_size=3).map(tuple)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SECONDS = st.integers(0, 2**33)
LINES = st.builds(
    Line,
    *[TEXT] * 6,
    TEXTS,
    *[NUMBER] * 4,
    TEXT,
    COUNTS,
    st.sampled_from([one.value for one in Turn]),
    TEXT,
    SECONDS,
    COUNTS,
    st.lists(st.tuples(st.sampled_from(["success", "fail"]), NUMBER), max_size=2).map(tuple),
    TEXTS,
    st.none() | st.just((("error", 1), ("warning", 0), ("info", 2))),
    NUMBER,
    st.booleans(),
    TEXTS,
    SECONDS,
    *[TEXT] * 5,
    st.booleans(),
    TEXT,
    st.sampled_from(["", "yes", "until:2026-12-01T00:00:00Z"]),
    TEXTS,
)


@settings(max_examples=200)
@given(st.lists(LINES, max_size=4))
def test_the_text_is_that_of_the_objects(lines: list[Line]) -> None:
    text = "".join(list_json_text(lines))
    assert text == dumps(envelope(topics=[line_json(line) for line in lines]))
    assert [one["subject"] for one in json.loads(text)["topics"]] == [one.subject for one in lines]


def test_of_rows() -> None:
    rows = [
        make_row(topic(*posting("foo", 2)), ME, {}),
        make_row(topic(mail("[BUG] \u5929\u202e\x7f oops", message_id="bug@x")), ME, {}),
    ]
    for count in (0, 1, 2, 100, 101, 250):
        some = (rows * 125)[:count]
        pieces = list_json_text([line_of(row) for row in some])
        assert "".join(pieces) == dumps(list_json(some))


def test_each_field_of_a_line_has_its_place() -> None:
    row = make_row(topic(*posting("foo", 2)), ME, {})
    named = {"reason": "turn_reason"}
    fields = [named.get(one, one) for one in Line._fields]
    told = list(line_json(line_of(row)))
    assert [one for one in told if one in fields] == fields
    assert set(told) - set(fields) == {"checked"}
