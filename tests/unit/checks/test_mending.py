# SPDX-License-Identifier: GPL-2.0-or-later
"""Fixes put together: several at once, in each other's way, without an end, doing harm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from maintainer_kit.checks.example import GOOD
from maintainer_kit.checks.finding import WHOLE, Edit, Finding, Fix, Part, Place, Severity
from maintainer_kit.checks.mending import CannotMend, Left, NotInPlace, mend, mend_drafts
from maintainer_kit.checks.patch import Patch
from tests.unit.checks.bench import read_example

Say = Callable[[Patch], Sequence[Finding]]


def finding(rule: str, *edits: Edit, at: int = 0, resave: bool = False) -> Finding:
    fix = Fix("mend it", edits, resave)
    place = Place(None, None, "")
    return Finding(rule, Severity.ERROR, "bad", WHOLE, place, None, None, "", fix, at=at)


def patch(*body: str) -> Patch:
    return read_example(GOOD.with_(body="\n".join(body)))


def swap(rule: str, old: str, new: str) -> Say:
    """A rule that wants a word replaced in each line of the body."""

    def find(one: Patch) -> list[Finding]:
        return [
            finding(rule, Edit(Part.BODY, at, 1, (line.replace(old, new, 1),)))
            for at, line in enumerate(one.body)
            if old in line
        ]

    return find


def both(*rules: Say) -> Say:
    return lambda one: [each for rule in rules for each in rule(one)]


def test_two_fixes_in_one_line_are_made_one_after_the_other() -> None:
    done = mend(patch("teh recieved"), both(swap("a", "teh", "the"), swap("b", "recie", "recei")))

    assert done.patch.body[0] == "the received"
    assert done.rules == ("a", "b")
    assert done.left == ()


def test_one_fix_may_make_room_for_another() -> None:
    done = mend(patch("one"), both(swap("a", "one", "two"), swap("b", "two", "three")))

    assert done.patch.body[0] == "three"


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    done = mend(patch("one"), both(swap("a", "one", "two"), swap("b", "two", "one")))

    assert done.patch.body[0] == "two"
    assert done.rules == ("a",)
    assert done.left == (Left("b", "another fix would undo it"),)


def test_a_fix_without_an_end_is_not_made_and_the_others_are() -> None:
    done = mend(patch("a teh"), both(swap("grow", "a", "aa"), swap("spell", "teh", "the")))

    assert done.patch.body[0] == "a the"
    assert done.rules == ("spell",)
    assert done.left == (Left("grow", "mending it never comes to an end"),)


def test_no_fix_signs_in_somebody_s_name() -> None:
    def find(one: Patch) -> list[Finding]:
        lines = ("Reviewed-by: Bo Reviewer <bo@shale.example>",)
        return [] if lines[0] in one.body else [finding("a", Edit(Part.BODY, 0, 0, lines))]

    before = patch("Why.")
    done = mend(before, find)

    assert done.patch.body == before.body
    assert done.left == (Left("a", "it would sign in somebody's name"),)


def test_a_fix_of_the_text_that_changes_nothing_is_not_made() -> None:
    done = mend(patch("one"), swap("a", "one", "one"))

    assert done.rules == ()
    assert [one.rule for one in done.left] == ["a"]


@dataclass(frozen=True)
class Wrapped:
    """A draft that has to be saved anew before anything in it can be mended."""

    patch: Patch
    is_wrapped: bool = True
    can_save: bool = True
    tried: list[str] = field(default_factory=list, compare=False)

    @property
    def content(self) -> tuple[object, ...]:
        return self.patch.body, self.patch.title_line, self.is_wrapped

    def edited(self, edits: Sequence[Edit]) -> Wrapped:
        if self.is_wrapped:
            raise NotInPlace("its text is encoded")
        done = mend(self.patch, lambda one: [finding("x", *edits)] if one is self.patch else [])
        return Wrapped(done.patch, False)

    def resaved(self) -> Wrapped:
        if not self.can_save:
            raise CannotMend("nobody knows what charset it is in")
        return Wrapped(self.patch, False)


def test_what_is_not_in_place_is_saved_anew_first() -> None:
    rule = swap("a", "teh", "the")
    [done] = mend_drafts([Wrapped(patch("teh"))], lambda patches: rule(patches[0]))

    assert done.patch.body[0] == "the"
    assert not done.draft.is_wrapped
    assert done.rules == ("a",)


def test_what_cannot_be_saved_anew_is_left() -> None:
    rule = swap("a", "teh", "the")
    draft = Wrapped(patch("teh"), can_save=False)
    [done] = mend_drafts([draft], lambda patches: rule(patches[0]))

    assert done.draft == draft
    assert done.left == (Left("a", "its text is encoded"),)


def test_saving_anew_that_does_not_help_is_taken_back() -> None:
    draft = Wrapped(patch("one"))
    [done] = mend_drafts([draft], lambda patches: [finding("long", resave=True)])

    assert done.draft == draft
    assert done.rules == ()
    assert done.left == (Left("long", "saving it as plain text does not mend it"),)


def test_saving_anew_that_helps_one_of_two_rules_stays() -> None:
    first = patch("one")
    seen: list[Patch] = []

    def find(patches: Sequence[Patch]) -> list[Finding]:
        seen.append(patches[0])
        found = [finding("long", resave=True)]
        return [*found, finding("coded", resave=True)] if len(seen) == 1 else found

    [done] = mend_drafts([Wrapped(first)], find)

    assert not done.draft.is_wrapped
    assert done.rules == ("coded",)
    assert [one.rule for one in done.left] == ["long"]


def test_each_patch_of_a_series_is_mended_by_its_own_findings() -> None:
    drafts = [Wrapped(patch("teh"), False), Wrapped(patch("good"), False)]

    def find(patches: Sequence[Patch]) -> list[Finding]:
        return [
            finding("a", Edit(Part.BODY, 0, 1, ("the",)), at=at)
            for at, one in enumerate(patches)
            if one.body[0] == "teh"
        ]

    first, second = mend_drafts(drafts, find)

    assert (first.patch.body[0], first.rules) == ("the", ("a",))
    assert (second.draft, second.rules) == (drafts[1], ())
