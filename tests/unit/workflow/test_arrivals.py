# SPDX-License-Identifier: GPL-2.0-or-later
"""Series are checked once, when they have come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from maintainer_kit.checks.catalogue import find_rule
from maintainer_kit.checks.engine import NO_CONTEXT
from maintainer_kit.checks.finding import Finding
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series
from maintainer_kit.errors import ConfigError, MkitError
from maintainer_kit.model.decision.event import Origin
from maintainer_kit.workflow import arrivals
from maintainer_kit.workflow.arrivals import Examiner, check_arrivals, topic_findings
from maintainer_kit.workflow.check import Judge
from maintainer_kit.workflow.decide import set_state
from maintainer_kit.workflow.project import topic_of
from maintainer_kit.workflow.storing import rebuild
from tests.build import DAY, edit, mail, part_id, patch, posting, reply
from tests.memory.desk import Desk

_RULES = ("subject-full-stop", "signoff-missing")
_BAD = "[PATCH] pebble: make it better."
_GOOD_MAIL = patch(
    "[PATCH] wick: look at the length first", edit("drivers/wick.c"), message_id="good@x"
)


class Clerk:
    """A desk with two rules, which notes what it was asked to check."""

    def __init__(self, *raws: bytes) -> None:
        self.asked: list[list[str | None]] = []
        self.desk = Desk()
        self.use("1")
        self.receive(*raws)

    def use(self, mark: str) -> None:
        """Other rules, or another profile, from now on."""
        self.desk.stores = replace(self.desk.stores, examiner=Examiner(mark, self._judge))

    def _judge(self, series: Series) -> Judge:
        self.asked.append([one.message_id for one in series.all])
        return Judge([_rule(name) for name in _RULES], Profile("plain", "", {}), NO_CONTEXT)

    def receive(self, *raws: bytes) -> None:
        self.desk.deliver(*raws)
        self.desk.sync()

    def check(self) -> int:
        return check_arrivals(self.desk.stores)

    def found(self, *message_ids: str) -> dict[str, list[str]]:
        held = self.desk.catalogue.findings(message_ids)
        return {one: [finding.rule for finding in several] for one, several in held.items()}

    def counts(self, message_id: str) -> dict[str, int] | None:
        found = self.desk.row(message_id).findings
        return None if found is None else dict(found)

    def told(self, message_id: str) -> dict[str, Sequence[Finding]] | None:
        """What somebody is told who looks at the topic of that mail."""
        stores = self.desk.stores
        found = topic_findings(stores, topic_of(stores.catalogue, self.desk.row(message_id)))
        return None if found is None else dict(found)


def _rule(name: str) -> Rule:
    found = find_rule(name)
    assert found is not None
    return found


def test_a_series_is_checked_once() -> None:
    clerk = Clerk(patch(_BAD, message_id="bad@x"), _GOOD_MAIL)
    assert clerk.counts("bad@x") is None
    assert clerk.check() == 2
    assert clerk.found("bad@x", "good@x") == {"bad@x": ["subject-full-stop"], "good@x": []}
    assert clerk.counts("bad@x") == {"error": 0, "warning": 1, "info": 0}
    assert clerk.counts("good@x") == {"error": 0, "warning": 0, "info": 0}
    assert clerk.check() == 0
    clerk.receive(reply("bad@x", "Why?", message_id="why@x"))
    assert clerk.check() == 0, "a reply changes nothing in what is checked"
    assert clerk.counts("bad@x") == {"error": 0, "warning": 1, "info": 0}
    assert len(clerk.asked) == 2


def test_a_cover_letter_is_a_part_of_it() -> None:
    clerk = Clerk(*posting("foo", 2))
    clerk.check()
    assert clerk.asked == [[part_id("foo", number) for number in range(3)]]
    assert clerk.found(*(part_id("foo", n) for n in range(3))).keys() == {
        part_id("foo", number) for number in range(3)
    }


def test_a_patch_that_comes_late() -> None:
    first, *rest = posting("foo", 2, cover=False)
    clerk = Clerk(first)
    clerk.check()
    clerk.receive(*rest)
    assert clerk.counts(part_id("foo", 1)) is None, "half of it was checked"
    assert clerk.check() == 1
    assert clerk.counts(part_id("foo", 1)) is not None


def test_only_the_newest_posting_counts() -> None:
    old = [one.replace(b"step 1", b"step 1.") for one in posting("foo", 1, cover=False)]
    clerk = Clerk(*old)
    clerk.check()
    assert clerk.counts(part_id("foo", 1)) == {"error": 0, "warning": 1, "info": 0}
    clerk.receive(*posting("foo", 1, cover=False, revision=2, minutes=DAY))
    assert clerk.counts(part_id("foo", 1)) is None
    clerk.check()
    assert clerk.asked[-1] == [part_id("foo", 1, 2)]
    assert clerk.counts(part_id("foo", 1)) == {"error": 0, "warning": 0, "info": 0}


def test_other_rules_are_asked_anew() -> None:
    clerk = Clerk(_GOOD_MAIL)
    clerk.check()
    clerk.use("2")
    assert clerk.check() == 1
    assert clerk.check() == 0


def test_what_is_closed_or_no_series_is_left_until_somebody_looks() -> None:
    clerk = Clerk(patch(_BAD, message_id="bad@x"), mail("[BUG] oops", "It ends.", message_id="b@x"))
    set_state(clerk.desk.stores, "accepted", ["bad@x"], Origin.CLI)
    assert clerk.check() == 0
    told = clerk.told("bad@x")
    assert told is not None and [one.rule for one in told["bad@x"]] == ["subject-full-stop"]
    assert clerk.counts("bad@x") == {"error": 0, "warning": 1, "info": 0}
    assert clerk.told("b@x") is None


def test_nobody_checks() -> None:
    clerk = Clerk(_GOOD_MAIL)
    clerk.desk.stores = replace(clerk.desk.stores, examiner=None)
    assert clerk.check() == 0
    assert clerk.told("good@x") is None


def test_old_mail_of_a_big_import_is_not_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "NEWEST", 2)
    raws = [
        patch(f"[PATCH] pebble: number {at}", message_id=f"{at}@x", minutes=at * DAY)
        for at in range(5)
    ]
    clerk = Clerk(*raws)
    assert clerk.check() == 2
    assert sorted(clerk.asked) == [["3@x"], ["4@x"]]
    assert clerk.check() == 0, "those before them are not looked at the next time either"


class _Stop:
    """Stops after so many series, as Escape or a signal does."""

    def __init__(self, after: int) -> None:
        self.after = after

    def advance(self, done: int, total: int | None = None) -> None:
        if done >= self.after:
            raise MkitError("stopped")


def test_what_was_done_when_it_is_stopped_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "_BATCH", 2)
    raws = [patch(f"[PATCH] pebble: number {at}", message_id=f"{at}@x") for at in range(5)]
    clerk = Clerk(*raws)
    with pytest.raises(MkitError):
        check_arrivals(clerk.desk.stores, _Stop(after=2))
    assert len(clerk.found(*(f"{at}@x" for at in range(5)))) == 2
    assert clerk.check() == 3
    assert len(clerk.asked) == 5


def test_files_that_are_gone_are_not_asked_about_for_ever() -> None:
    clerk = Clerk(_GOOD_MAIL)
    clerk.desk.folder.files.clear()
    clerk.check()
    assert clerk.found("good@x") == {"good@x": []}
    assert clerk.check() == 0


def test_a_mail_without_a_message_id() -> None:
    raw = patch(_BAD, message_id="none@x").replace(b"Message-ID: <none@x>\n", b"")
    clerk = Clerk(raw)
    clerk.check()
    (row,) = clerk.desk.rows()
    assert row.findings is not None and dict(row.findings)["warning"] == 1


def test_a_bug_of_ours_stops_nothing_else() -> None:
    clerk = Clerk(_GOOD_MAIL, patch(_BAD, message_id="bad@x", minutes=DAY))
    right = clerk.desk.stores.examiner
    assert right is not None

    def judge(series: Series) -> Judge:
        if series.all[0].message_id == "bad@x":
            raise ZeroDivisionError("oops")
        return right.judge(series)

    clerk.desk.stores = replace(clerk.desk.stores, examiner=Examiner("1", judge))
    assert clerk.check() == 2
    assert clerk.found("bad@x", "good@x") == {"bad@x": ["rule-broken"], "good@x": []}


def test_a_wrong_setting_is_told() -> None:
    clerk = Clerk(_GOOD_MAIL)

    def judge(series: Series) -> Judge:
        raise ConfigError("no such profile")

    clerk.desk.stores = replace(clerk.desk.stores, examiner=Examiner("1", judge))
    with pytest.raises(ConfigError):
        clerk.check()
    assert clerk.found("good@x") == {}


def test_export_is_the_same_whether_it_was_checked_or_not() -> None:
    clerk = Clerk(patch(_BAD, message_id="bad@x"), *posting("foo", 2))
    before = clerk.desk.export()
    clerk.check()
    assert clerk.desk.export() == before
    rebuild(clerk.desk.stores)
    assert clerk.counts("bad@x") is None
    assert clerk.desk.export() == before
