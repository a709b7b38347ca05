# SPDX-License-Identifier: GPL-2.0-or-later
"""All mailing lists, with what mail and settings say of each; and how one is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maintainer_kit.config import Settings
from maintainer_kit.errors import ConfigError
from maintainer_kit.render.lists_text import lists_json, lists_text
from maintainer_kit.workflow.list_settings import list_profiles, list_trees, list_word, said_of
from maintainer_kit.workflow.lists import ListFacts, all_lists
from maintainer_kit.workflow.query import evaluate
from tests.build import patch, posting
from tests.memory.desk import SETTINGS, Desk

PEBBLE, HINGE = "pebblefs.lists.lumen.example", "hinge.lists.shale.example"
FULL = replace(
    SETTINGS,
    list=("pebblefs@lists.lumen.example", "absent@lists.lumen.example"),
    confidential=("hinge@lists.shale.example",),
    archive=("hinge https://lists.example.org/door/", "lost https://lists.example.org/lost/"),
    list_tree=("pebblefs ~/src/pebble",),
    list_profile=("hinge.lists.shale.example git", "pebblefs@lists.lumen.example netdev"),
)


NOW = 1_770_000_000


def desk(settings: Settings = FULL) -> Desk:
    made = Desk(settings)
    made.deliver(
        *posting("foo", 2),
        patch("[PATCH] oil it", to="hinge@lists.shale.example, pebblefs@lists.lumen.example"),
        patch("[PATCH] mend it", to="hinge@lists.shale.example"),
    )
    made.sync()
    return made


def shown(settings: Settings = FULL) -> list[ListFacts]:
    return all_lists(desk(settings).stores, lambda name: f"rules of {name.partition('.')[0]}")


def test_mine_come_first_and_each_once() -> None:
    found = {one.count.name: one for one in shown()}
    assert list(found) == [PEBBLE, "absent.lists.lumen.example", HINGE, "lost"]
    assert [one.count.topics for one in found.values()] == [2, 0, 2, 0]
    assert [one.is_mine for one in found.values()] == [True, True, False, False]
    hinge = found[HINGE]
    assert (hinge.is_confidential, hinge.archive) == (True, "https://lists.example.org/door")
    assert (hinge.profile, hinge.tree) == ("rules of hinge", "")
    assert found[PEBBLE].tree == "~/src/pebble"


def test_as_text_and_as_json() -> None:
    head, first, *rest = lists_text(shown(), NOW)
    titles = ["list", "open", "topics", "last", "half", "a", "year", "profile", "besides"]
    assert head.split() == titles
    assert first.endswith("rules of pebblefs yours, tree ~/src/pebble")
    assert len(rest) == 3
    assert rest[1].endswith("confidential, archive https://lists.example.org/door")
    told = lists_json(shown(), NOW)["lists"]
    assert told[3] == {
        "name": "lost",
        "topics": 0,
        "open": 0,
        "updated": None,
        "activity": [0] * 13,
        "maintained": False,
        "confidential": False,
        "profile": "rules of lost",
        "archive": "https://lists.example.org/lost",
        "tree": None,
    }
    (nothing,) = lists_text([], 0)
    assert "mkit.list" in nothing


@pytest.mark.parametrize(("plain", "drawn"), [(False, "\u2588\u00b7\u2584"), (True, "@.+")])
def test_how_much_was_written(plain: bool, drawn: str) -> None:
    weeks = 14 * 86_400
    dates = {HINGE: [NOW, NOW - 2 * weeks - 1, NOW - 2 * weeks - 2, NOW - 99 * weeks]}
    lines = list(lists_text(shown(), NOW, dates, plain=plain))
    (line,) = [one for one in lines if one.startswith("hinge")]
    assert f"{drawn} rules of hinge" in line
    told = {one["name"]: one["activity"] for one in lists_json(shown(), NOW, dates)["lists"]}
    assert told[HINGE] == [0] * 10 + [2, 0, 1]
    assert told[PEBBLE] == [0] * 13


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Hinge@Lists.Shale.Example", HINGE),
        (f"<{HINGE}>", HINGE),
        ("hinge", "hinge"),
        ("https://lists.example.org/door/", "hinge"),
        ("https://lore.example.org/linux-mm", "linux-mm"),
    ],
)
def test_what_a_list_is_called(word: str, name: str) -> None:
    assert list_word(FULL, word) == name


def test_a_query_by_the_archive_of_a_list() -> None:
    stores = desk().stores
    by_archive = evaluate(stores, 'list:"https://lists.example.org/door/"')
    assert by_archive == evaluate(stores, "list:hinge")
    assert by_archive is not None
    assert len(by_archive) == 2


def test_what_is_said_of_a_list() -> None:
    profiles = list_profiles(FULL)
    assert said_of(profiles, [PEBBLE]) == (PEBBLE, "netdev")
    assert said_of(profiles, [PEBBLE, HINGE]) == (HINGE, "git")
    assert said_of(profiles, ["pebblefs-devel.lists.lumen.example"]) is None
    assert said_of(list_trees(FULL), [PEBBLE]) == ("pebblefs", "~/src/pebble")


@pytest.mark.parametrize("line", ["", "hinge", " hinge  "])
def test_half_a_line(line: str) -> None:
    with pytest.raises(ConfigError, match="LIST and VALUE"):
        list_profiles(replace(SETTINGS, list_profile=(line,)))
