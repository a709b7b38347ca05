# SPDX-License-Identifier: GPL-2.0-or-later
"""gzip that does not pack."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.server.stored import stored


@given(st.lists(st.binary()))
def test_everybody_has_it_back(parts: list[bytes]) -> None:
    found = stored(parts)
    assert gzip.decompress(found) == b"".join(parts)
    reader = zlib.decompressobj(31)
    assert reader.decompress(found) == b"".join(parts)
    assert reader.eof and not reader.unused_data


@pytest.mark.parametrize("size", [0, 1, 65534, 65535, 65536, 131070, 131071, 1 << 20])
def test_blocks_have_a_largest_size(size: int) -> None:
    text = bytes(at % 251 for at in range(size))
    assert gzip.decompress(stored([text, b"end"])) == text + b"end"
