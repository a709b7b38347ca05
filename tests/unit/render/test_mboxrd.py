# SPDX-License-Identifier: GPL-2.0-or-later
"""One mail's part of an mbox: what it holds can be had back."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.adapters.mail.mbox import split_mbox
from maintainer_kit.render.mboxrd import mboxrd

_HEAD = b"Subject: x\n\n"


def test_lines_like_a_separator_are_quoted_once_more() -> None:
    found = mboxrd(_HEAD + b"From a\n>From b\n>>From c\n From d\nxFrom e\n> From f\nFrom: g\n")
    assert found.endswith(
        b"\n>From a\n>>From b\n>>>From c\n From d\nxFrom e\n> From f\nFrom: g\n\n"
    )
    assert mboxrd(b"From a\n").endswith(b"\n>From a\n\n")
    assert mboxrd(b">From a").endswith(b"\n>>From a\n\n")


_pieces = st.sampled_from([b"From ", b">", b"\n", b"F", b"rom ", b"x", b" "])


@given(st.lists(_pieces).map(b"".join))
def test_what_is_quoted_can_be_had_back(body: bytes) -> None:
    """By the rule for every line, whatever stands in it."""
    separator, _, found = mboxrd(_HEAD + body).partition(b"\n")
    assert separator.startswith(b"From ")
    assert re.sub(rb"^>(>*From )", rb"\1", found, flags=re.MULTILINE).startswith(_HEAD + body)
    assert not re.search(rb"^From ", found, flags=re.MULTILINE)


def test_our_own_reader_has_it_back() -> None:
    raws = [_HEAD + b"From a\n>From b\n", _HEAD + b"\nFrom c\n"]
    assert [one.raw for one in split_mbox(b"".join(map(mboxrd, raws)))] == raws
