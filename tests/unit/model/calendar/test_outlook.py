# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tags of a project say of the weeks to come."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintainer_kit.model.calendar.outlook import Phase, outlook_of
from maintainer_kit.model.calendar.version import Tag
from tests.unit.model.calendar.tags import DAY, at, kernel, named

# v6.13 on 2025-01-19, then releases on 03-23, 05-25, 08-03 (rc8), 10-05, 12-07.
LINUX = kernel({"v6.14": 7, "v6.15": 7, "v6.16": 8, "v6.17": 7, "v6.18": 7})
GIT = named(
    v2_50_0="2025-06-16", v2_50_1="2025-07-08",
    v2_51_0__rc0="2025-07-30", v2_51_0__rc1="2025-08-06", v2_51_0__rc2="2025-08-12",
    v2_51_0="2025-08-18", v2_51_1="2025-10-15",
    v2_52_0__rc0="2025-10-27", v2_52_0__rc1="2025-11-03", v2_52_0__rc2="2025-11-10",
    v2_52_0="2025-11-17",
)  # fmt: skip


def words(tags: list[Tag], day: str) -> str:
    found = outlook_of(tags, at(day, 22))
    return found.words(at(day, 22)) if found else ""


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2025-12-07", "merge window open since v6.18 on Sunday, until about 2025-12-21"),
        ("2025-12-20", "merge window open since v6.18 on 2025-12-07, until about 2025-12-21"),
        (
            "2025-12-26",
            "merge window open since v6.18 on 2025-12-07; rc1 was expected about 2025-12-21",
        ),
        ("2026-02-20", "v6.18 was released on 2025-12-07"),
    ],
)
def test_after_a_release_of_linux(day: str, says: str) -> None:
    assert words(LINUX, day) == says


@pytest.mark.parametrize(
    ("number", "day", "says"),
    [
        (1, "2025-12-22", "v6.19-rc1 was tagged on Sunday; v6.19 is expected about"),
        (4, "2026-01-12", "v6.19-rc4 was tagged on Sunday; v6.19 is expected about"),
        (4, "2026-01-17", "v6.19-rc4 was tagged on 2026-01-11; v6.19 is expected about"),
    ],
)
def test_between_candidates_of_linux(number: int, day: str, says: str) -> None:
    started = at("2025-12-21")
    tags = [Tag(f"v6.19-rc{n}", started + (n - 1) * 7 * DAY) for n in range(1, number + 1)]
    assert words(LINUX + tags, day) == f"{says} 2026-02-08 to 2026-02-15"


@pytest.mark.parametrize(
    ("last", "span"),
    [(7, "2026-02-08 to 2026-02-15"), (8, "2026-02-15"), (9, "2026-02-22")],
)
def test_the_last_candidates_of_linux(last: int, span: str) -> None:
    started = at("2025-12-21")
    tags = [Tag(f"v6.19-rc{n}", started + (n - 1) * 7 * DAY) for n in range(1, last + 1)]
    found = outlook_of(LINUX + tags, tags[-1].date + 60)
    assert found is not None and found.phase is Phase.CANDIDATES
    assert found.words(tags[-1].date).endswith(f"v6.19 is expected about {span}")


def test_a_clone_with_few_tags_of_linux() -> None:
    tags = [Tag(f"v6.19-rc{n}", at("2025-12-21") + (n - 1) * 7 * DAY) for n in range(1, 5)]
    assert words(tags, "2026-01-12").endswith("expected about 2026-02-08 to 2026-02-15")
    after = [*tags, Tag("v6.19", at("2026-02-08"))]
    assert words(after, "2026-02-09").endswith("until about 2026-02-22")
    assert words(tags[:2], "2025-12-29") == "v6.19-rc2 was tagged on Sunday"


def test_stable_releases_and_other_tags_change_nothing() -> None:
    stable = [Tag(f"v6.18.{n}", at("2025-12-08") + n * DAY) for n in range(1, 20)]
    candidates = [Tag("v6.12.70-rc1", at("2025-12-09")), Tag("next-20251209", at("2025-12-09"))]
    assert words(LINUX + stable + candidates, "2025-12-10") == words(LINUX, "2025-12-10")


def test_a_new_major_number() -> None:
    tags = [*LINUX, Tag("v7.0-rc1", at("2025-12-21"))]
    assert words(tags, "2025-12-22") == (
        "v7.0-rc1 was tagged on Sunday; v7.0 is expected about 2026-02-08 to 2026-02-15"
    )


def test_git() -> None:
    assert words(GIT, "2025-11-18") == (
        "v2.52.0 was released on Monday; rc0 is expected about 2025-12-31"
    )
    tags = [*GIT, Tag("v2.53.0-rc0", at("2026-01-15"))]
    found = outlook_of(tags, at("2026-01-16"))
    assert found is not None and (found.phase, found.expected) == (Phase.CANDIDATES, "v2.53.0")
    assert words(tags, "2026-01-16") == (
        "v2.53.0-rc0 was tagged on Thursday; v2.53.0 is expected about 2026-02-04"
    )
    assert words([*GIT, Tag("v2.52.1", at("2025-11-19"))], "2025-11-20") == words(GIT, "2025-11-20")


def test_a_project_without_candidates() -> None:
    tags = named(v1_4="2024-12-01", v1_5="2025-01-01", v1_6="2025-03-02", v1_7="2025-05-01")
    assert words(tags, "2025-05-20") == (
        "v1.7 was released on 2025-05-01; the next release is expected about"
        " 2025-06-01 to 2025-06-30"
    )
    assert words(tags, "2025-07-10").endswith("was expected about 2025-06-01 to 2025-06-30")
    assert words(tags, "2026-01-01") == "v1.7 was released on 2025-05-01"


@pytest.mark.parametrize(
    ("tags", "says"),
    [
        (named(v1_0="2025-07-01"), "v1.0 was released on 2025-07-01"),
        (named(v1_0="2025-07-01", v1_1="2025-07-05"), "v1.1 was released on 2025-07-05"),
        (named(v1_0__rc1="2025-07-01"), "v1.0-rc1 was tagged on 2025-07-01"),
        (named(v1_0__rc1="2025-07-01", v1_0="2025-07-05"), "v1.0 was released on 2025-07-05"),
        (named(v1_0_1__rc1="2025-07-01"), "v1.0.1-rc1 was tagged on 2025-07-01"),
    ],
)
def test_where_little_is_known_little_is_said(tags: list[Tag], says: str) -> None:
    assert words(tags, "2025-07-15") == says


def test_no_versions_no_word() -> None:
    assert outlook_of([], at("2025-01-01")) is None
    assert outlook_of([Tag("nightly", at("2024-01-01"))], at("2025-01-01")) is None


def test_a_project_that_gave_candidates_up() -> None:
    tags = named(
        v1_0__rc1="2024-01-01", v1_0="2024-02-01", v1_1="2024-04-01", v1_2="2024-06-01",
        v1_3="2024-08-01",
    )  # fmt: skip
    assert "the next release is expected" in words(tags, "2024-08-20")


def test_spans_that_no_calendar_holds() -> None:
    tags = [Tag("v1.0-rc900", 1), Tag("v1.0", 1 + 20_000 * DAY - 9)]
    tags += [Tag("v1.1-rc900", 20_000 * DAY), Tag("v1.1", 20_001 * DAY)]
    found = outlook_of([*tags, Tag("v1.2-rc1", 20_002 * DAY)], 20_003 * DAY)
    assert found is not None and not found.earliest
    assert found.words(20_003 * DAY).startswith("v1.2-rc1 was tagged on ")


_NAMES = st.builds(
    "{}{}.{}{}{}".format,
    st.sampled_from(["v", "", "next-"]),
    st.integers(0, 7),
    st.integers(0, 3),
    st.sampled_from(["", ".0", ".1"]),
    st.sampled_from(["", "-rc0", "-rc1", "-rc2", "-rc7", "-rc999"]),
)
_TAGS = st.lists(st.builds(Tag, _NAMES, st.integers(-DAY, 200 * 365 * DAY)), max_size=30)


@given(_TAGS, st.integers(0, 200 * 365 * DAY), st.randoms(use_true_random=False))
def test_any_tags_in_any_order(tags: list[Tag], now: int, dice: random.Random) -> None:
    found = outlook_of(tags, now)
    shuffled = tags.copy()
    dice.shuffle(shuffled)
    assert outlook_of(shuffled, now) == found
    if found:
        assert found.tag in tags and found.tag.date <= now
        assert found.earliest <= found.latest
        assert bool(found.earliest) == bool(found.expected)
        assert "\n" not in found.words(now)
