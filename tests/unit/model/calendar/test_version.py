# SPDX-License-Identifier: GPL-2.0-or-later
"""Which tags are versions, and which of several series of names counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.calendar.version import Tag, read_version, versions_of
from tests.unit.model.calendar.tags import at

NOW = at("2026-11-21")


@pytest.mark.parametrize(
    ("name", "prefix", "numbers", "candidate", "base"),
    [
        ("v6.18", "v", (6, 18), None, "v6.18"),
        ("v6.19-rc4", "v", (6, 19), 4, "v6.19"),
        ("v6.12.58", "v", (6, 12, 58), None, "v6.12.58"),
        ("v2.53.0-rc0", "v", (2, 53, 0), 0, "v2.53.0"),
        ("v2024.01-rc2", "v", (2024, 1), 2, "v2024.01"),
        ("1.8", "", (1, 8), None, "1.8"),
        ("20220429", "", (20220429,), None, "20220429"),
        ("release-1.2RC3", "release-", (1, 2), 3, "release-1.2"),
        ("mesa_22.3.1", "mesa_", (22, 3, 1), None, "mesa_22.3.1"),
        ("lib/v0.9", "lib/v", (0, 9), None, "lib/v0.9"),
        ("v255~rc1", "v", (255,), 1, "v255"),
    ],
)
def test_versions(
    name: str, prefix: str, numbers: tuple[int, ...], candidate: int | None, base: str
) -> None:
    found = read_version(Tag(name, 1))
    assert found is not None
    assert (found.prefix, found.numbers, found.candidate) == (prefix, numbers, candidate)
    assert found.base == base


@pytest.mark.parametrize(
    "name",
    [
        *("", "latest", "v", "rc1", "-rc1", "v6.1-dirty", "debian/1.2-3", "v6.1.", "v.6.1"),
        *("v6.1-rc", "v6.1-rc1234", "v123456789.1", "v1.2.3.4.5", "v" * 200 + "1", "v٣.1"),
        *("\u202ev6.1", "a b 1.2", "v6..1"),
    ],
)
def test_no_versions(name: str) -> None:
    assert read_version(Tag(name, 1)) is None


@pytest.mark.parametrize(
    ("name", "is_fix"),
    [("v6.18", False), ("v2.53.0", False), ("v2.53.0-rc1", False), ("v6.1.1", True), ("5", False)],
)
def test_fixes(name: str, is_fix: bool) -> None:
    found = read_version(Tag(name, 1))
    assert found is not None and found.is_fix is is_fix


def names(*tags: Tag) -> list[str]:
    return [one.tag.name for one in versions_of(tags, NOW)]


def test_the_series_with_candidates_counts() -> None:
    days = [Tag(f"next-202611{day:02}", NOW - day) for day in range(1, 20)]
    assert names(*days, Tag("v6.18", NOW - 9), Tag("v6.19-rc1", NOW - 5)) == ["v6.18", "v6.19-rc1"]


def test_v_counts_before_other_prefixes_and_the_longest_before_others() -> None:
    others = [Tag(f"lib-1.{one}", NOW - one) for one in range(5)]
    assert names(*others, Tag("v2.0", NOW - 9)) == ["v2.0"]
    assert names(*others, Tag("tool-9.0", NOW - 1)) == [f"lib-1.{one}" for one in (4, 3, 2, 1, 0)]


def test_a_series_that_ended_long_ago_does_not_count() -> None:
    old = [Tag("release-0.9-rc1", at("2009-01-01")), Tag("release-0.9", at("2009-02-01"))]
    assert names(*old, Tag("v1.0", at("2026-01-01"))) == ["v1.0"]


def test_dates_that_cannot_be() -> None:
    assert names(Tag("v1.0", 0), Tag("v1.1", -5), Tag("v1.2", NOW + 1)) == []
    assert names() == []


@given(st.text(max_size=120))
def test_any_name(name: str) -> None:
    found = read_version(Tag(name, 1))
    assert found is None or (name.startswith(found.base) and found.base.startswith(found.prefix))
