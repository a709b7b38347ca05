# SPDX-License-Identifier: GPL-2.0-or-later
"""Lists, by List-Id and by address."""

from __future__ import annotations

import time

import pytest

from maintainer_kit.model.mail.lists import list_from_address, list_from_id


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Pebble <pebblefs.Lists.lumen.example>", "pebblefs.lists.lumen.example"),
        ("<linux-mm.kvack.org>", "linux-mm.kvack.org"),
        ("linux-mm.kvack.org", "linux-mm.kvack.org"),
        ("a description only", None),
        ("", None),
        ("foo.x.example <", None),
        ("foo.x.example>", None),
        ("<no spaces.x.example>", None),
        ("<>", None),
        (".example", None),
        ("a < b <c.x.example> \n", "c.x.example"),
    ],
)
def test_from_id(value: str, name: str | None) -> None:
    assert list_from_id(value) == name


@pytest.mark.parametrize("unit", ["a.", "<a", "<", "> ", " "])
def test_what_is_nearly_a_list_takes_no_time(unit: str) -> None:
    start = time.perf_counter()
    assert list_from_id(unit * 40_000 + "<") is None
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("pebblefs@lists.lumen.example", "pebblefs.lists.lumen.example"),
        ("NetDev@vger.kernel.org", "netdev.vger.kernel.org"),
        ("linux-erofs@lists.ozlabs.org", "linux-erofs.lists.ozlabs.org"),
        ("linux-kernel@elsewhere.example", "linux-kernel.elsewhere.example"),
        ("qemu-devel@nongnu.org", "qemu-devel.nongnu.org"),
        ("ada@quarry.example", None),
        ("no-address", None),
        ("@lists.lumen.example", None),
    ],
)
def test_from_address(address: str, name: str | None) -> None:
    assert list_from_address(address) == name
