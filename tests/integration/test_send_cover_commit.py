# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``b4 prep`` keeps, and what somebody else may have written there."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.adapters.git.posting.cover_commit import b4_description, split_cover
from maintainer_kit.workflow.posting.branch import Tracked

MARK = "--- b4-submit-tracking ---"
KEPT = {
    "series": {
        "revision": 3,
        "change-id": "20260101-x-1",
        "prefixes": ["net"],
        "history": {"v1": ["a@x"], "v2": ["b@x", "c@x"]},
    }
}
TRACKED = Tracked("20260101-x-1", 3, ("net",), ("a@x", "b@x", "c@x"))


def test_a_commit_that_is_a_letter() -> None:
    kept = json.dumps(KEPT, indent=2)
    text = f"title\n\n# a comment\n>#define X\ntext\n\n{MARK}\n# internal\n{kept}\n"
    assert split_cover(text) == ("title\n\n#define X\ntext", TRACKED)
    assert split_cover("title\n\ntext\n") is None


def test_a_description() -> None:
    assert b4_description("title\n\n# no\ntext\n", json.dumps(KEPT)) == ("title\n\ntext", TRACKED)
    assert b4_description("title\n\n# one\n", "") == ("title\n\n# one", Tracked())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["series", "revision", "change-id", "prefixes", "history"]), inner
        )
    ),
    max_leaves=8,
)


@given(JSON.map(json.dumps) | st.text())
def test_anything_may_stand_there(kept: str) -> None:
    found = split_cover(f"title\n{MARK}\n{kept}")
    assert found is not None
    tracked = found[1]
    assert 0 <= tracked.revision < 100
    assert tracked.change_id.isprintable()
    assert all(isinstance(one, str) for one in (*tracked.prefixes, *tracked.posted))


def test_deep_json_is_none() -> None:
    assert split_cover(f"title\n{MARK}\n" + '{"series":' * 100_000) == ("title", Tracked())
