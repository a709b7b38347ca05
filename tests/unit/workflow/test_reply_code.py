# SPDX-License-Identifier: GPL-2.0-or-later
"""Review by editing, over stores and a work tree in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from maintainer_kit.errors import Refused
from maintainer_kit.workflow.applying.ports import Candidate, OldFile
from maintainer_kit.workflow.replying.code import (
    Changes,
    Code,
    Laid,
    lay_out,
    read_code,
    take_changes,
)
from maintainer_kit.workflow.replying.desk import Desk
from maintainer_kit.workflow.replying.drafting import comment, draft_of, say
from maintainer_kit.workflow.replying.suggesting import by_patch, suggest, suggested
from tests.build import edit, part_id, patch, posting
from tests.memory.desk import SETTINGS
from tests.memory.desk import Desk as Stores
from tests.memory.drafts import reply_desk

COVER, ONE, TWO = (part_id("foo", number) for number in range(3))
TIP, OLD = "1" * 40, "2" * 40
MINE = edit("fs/foo/2.c", old="two_2", new="mine")


def desk(*raws: bytes) -> Desk:
    found = Stores(replace(SETTINGS, name=("Robin Maintainer",)))
    found.deliver(*posting("foo", 2), *raws)
    found.sync()
    return reply_desk(found.stores)


@dataclass
class Tree:
    """Implements the port ``CodeTree``: patches apply to some commits."""

    fits: dict[str, int]
    """By base how many patches apply."""
    trouble: str = ""
    kept: Laid | None = None
    suggested: str = ""
    tried: list[str] = field(default_factory=list)
    place: str = "/tree"

    def laid(self) -> Laid | None:
        return self.kept

    def apply(self, commit: str, diffs: Sequence[bytes]) -> tuple[Sequence[str], str]:
        self.tried.append(commit)
        count = min(self.fits.get(commit, 0), len(diffs))
        return [f"{at:040}" for at in range(count)], "" if count == len(diffs) else "a.c:1 is not"

    def lay_out(self, laid: Laid, suggested: str) -> str:
        self.suggested = suggested
        self.kept = None if self.trouble else laid
        return self.trouble

    def files(self, paths: Sequence[str]) -> list[str]:
        return list(paths)

    def changes(self) -> Changes:
        return Changes({}, ())

    def drop(self) -> None:
        self.kept = None


class Repository:
    """Implements the port ``Source``."""

    place = "/repository"

    def commit(self, name: str) -> str:
        return {"HEAD": TIP, "old": OLD}.get(name, "")

    def branch(self, name: str) -> tuple[str, str | None]:
        raise AssertionError("no branch is asked for")

    def holding(self, files: Sequence[OldFile], refs: Sequence[str]) -> Sequence[Candidate]:
        return [Candidate(OLD, "HEAD", len(files), 3)]


def laid_out(found: Desk, code: Code, tree: Tree, onto: str = "") -> str:
    return lay_out(found, code, tree, Repository(), ("HEAD",), lambda one: b"", onto)


def test_a_series_and_one_patch_of_it() -> None:
    found = desk()
    series = read_code(found.stores, COVER)
    assert (series.message_ids, series.named) == ((ONE, TWO), "")
    assert series.paths == ["fs/foo/1.c", "fs/foo/2.c"]
    for one in (read_code(found.stores, TWO), read_code(found.stores, COVER, 2)):
        assert (one.message_ids, one.named, one.paths) == ((ONE, TWO), TWO, ["fs/foo/2.c"])
    first = read_code(found.stores, COVER, 1)
    assert first.message_ids == (ONE,)


def test_what_may_not_be_applied_is_refused() -> None:
    evil = patch("[PATCH] x", edit("../x"), message_id="evil@made.example")
    with pytest.raises(Refused, match="leads out of the tree"):
        read_code(desk(evil).stores, "evil@made.example")


def test_the_first_base_on_which_all_applies() -> None:
    found = desk()
    code = read_code(found.stores, COVER)
    tree = Tree({TIP: 2})
    said = laid_out(found, code, tree)
    assert tree.tried == [OLD, TIP]
    assert said.startswith(f"applied to {TIP[:12]}")
    assert tree.kept == Laid((ONE, TWO), (f"{0:040}", f"{1:040}"), said.removeprefix("applied to "))
    assert laid_out(found, code, tree) == "goes on with what lies in /tree"
    with pytest.raises(Refused, match="changes of yours lie in"):
        laid_out(found, code, tree, onto="old")


def test_where_it_applies_nowhere() -> None:
    found = desk()
    with pytest.raises(Refused, match="patch 2 of 2 does not apply to 111111111111: a") as said:
        laid_out(found, read_code(found.stores, COVER), Tree({TIP: 1}))
    assert "--onto REV" in str(said.value.hint)
    with pytest.raises(Refused, match="patch 1 of 2 does not apply to 222222222222"):
        laid_out(found, read_code(found.stores, COVER), Tree({}), onto="old")


def test_an_earlier_suggestion_is_where_one_goes_on() -> None:
    found = desk()
    suggest(found, TWO, MINE)
    code = read_code(found.stores, COVER)
    tree = Tree({OLD: 2})
    laid_out(found, code, tree)
    assert "+\tmine();" in tree.suggested
    unfit = Tree({OLD: 2}, trouble="a.c:3 is not as the patch expects it")
    with pytest.raises(Refused, match="what you suggested before does not apply"):
        laid_out(found, code, unfit)
    assert unfit.kept is None


def test_one_patch_leaves_the_replies_to_others_alone() -> None:
    found = desk()
    suggest(found, ONE, edit("fs/foo/1.c", old="two_1", new="mine"))
    code = read_code(found.stores, TWO)
    tree = Tree({OLD: 2})
    laid_out(found, code, tree)
    assert tree.suggested == ""
    take_changes(found, code, Changes({}, ()))
    assert "+\tmine();" in suggested(found, ONE)


def test_changes_go_to_the_patches_that_they_are_about() -> None:
    found = desk()
    code = read_code(found.stores, COVER)
    one = edit("fs/foo/1.c", old="two_1", new="mine")
    other = edit("Makefile")
    made = take_changes(found, code, Changes({"fs/foo/1.c": one, "Makefile": other}, ()))
    assert [draft.answers for draft in made] == [ONE, TWO]
    # What is suggested no more goes, and the reply with it.
    again = take_changes(found, code, Changes({"fs/foo/1.c": one}, ()))
    assert [draft.answers for draft in again] == [ONE]
    assert suggested(found, TWO) == ""
    assert found.drafts.get(made[1].id) is None
    alone = take_changes(found, read_code(found.stores, TWO), Changes({"fs/foo/1.c": one}, ()))
    assert [draft.answers for draft in alone] == [TWO]


def test_a_suggestion_stands_below_what_is_said_and_takes_the_place_of_the_last() -> None:
    found = desk()
    line = next(one.line for one in suggest(found, TWO, MINE).notes)
    comment(found, TWO, line, "Why?")
    say(found, TWO, "Hello.")
    draft = suggest(found, TWO, MINE)
    assert draft.notes[0].text.startswith("Why?\n\n~~~ suggested change\n")
    draft = suggest(found, TWO, MINE.replace("mine", "better"))
    assert "mine" not in draft.notes[0].text
    assert suggest(found, TWO, "").notes[0].text == "Why?"
    assert draft_of(found, TWO).text == "Hello."


def test_a_suggestion_that_came_out_of_an_editor_is_replaced_too() -> None:
    found = desk()
    draft = suggest(found, TWO, MINE)
    written = f"> +\ttwo_2();\n\nHm.\n\n{draft.notes[0].text}\n"
    found.drafts.put(replace(draft, notes=(), written=written))
    assert "+\tmine();" in suggested(found, TWO)
    again = suggest(found, TWO, MINE.replace("mine", "better"))
    assert "Hm." in again.written and "mine" not in again.written
    assert "+\tbetter();" in suggested(found, TWO)


def test_what_is_too_long_is_no_suggestion() -> None:
    with pytest.raises(Refused, match="more than 3000 lines"):
        suggest(desk(), TWO, "+\n" * 4000)


def test_files_of_no_patch_are_the_last_ones() -> None:
    assert by_patch({"a": "1", "b": "2", "c": "3"}, {"a": "x", "b": "y"}, "y") == {
        "x": "1",
        "y": "23",
    }
