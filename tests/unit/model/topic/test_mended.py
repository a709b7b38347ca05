# SPDX-License-Identifier: GPL-2.0-or-later
"""Links between postings that a person made."""

from __future__ import annotations

from maintainer_kit.model.topic.collecting import collect_series
from maintainer_kit.model.topic.mended import NOTHING_MENDED, Mended
from maintainer_kit.model.topic.series import Series
from tests.build import part_id, posting, read


def series() -> Series:
    (found,) = collect_series([read(raw) for raw in posting("foo", 2)])
    return found


def test_nothing_was_decided() -> None:
    assert NOTHING_MENDED.joined_to(series()) == ""


def test_any_mail_of_the_posting_tells() -> None:
    for number in range(3):
        mended = Mended(joined={part_id("foo", number): "older@x", "other@x": "no@x"})
        assert mended.joined_to(series()) == "older@x"


def test_a_link_that_was_taken_back_is_none() -> None:
    mended = Mended(joined={part_id("foo", 0): "", part_id("foo", 1): "older@x"})
    assert mended.joined_to(series()) == "older@x"
