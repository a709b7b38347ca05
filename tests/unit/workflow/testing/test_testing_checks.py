# SPDX-License-Identifier: GPL-2.0-or-later
"""Results as checks of patches: whose fault it is, which mails are meant, what rows say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from maintainer_kit.matching.commit import commit_print
from maintainer_kit.matching.prints import CommitPrint
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.message.check import Outcome
from maintainer_kit.model.queue.landed import Landing, Place
from maintainer_kit.model.testing.result import Outcome as Ended
from maintainer_kit.model.testing.result import Result
from maintainer_kit.workflow.reading import detail_now
from maintainer_kit.workflow.testing.checks import mails_of, patch_checks, record_checks
from maintainer_kit.workflow.testing.run import keys_of
from tests.build import DAY, part_id, posting
from tests.memory.desk import Desk
from tests.unit.workflow.testing.test_testing_run import BUILD, Command, run, span

COUNT = 4
IDS = [part_id("foo", number) for number in range(1, COUNT + 1)]


@pytest.fixture
def desk() -> Desk:
    found = Desk()
    found.deliver(*posting("foo", COUNT))
    found.sync()
    return found


def named(commits: Sequence[str]) -> Iterator[CommitPrint]:
    """Commits that name their mails; the base is nobody's."""
    for one in commits:
        message = f"foo: step\n\nMessage-ID: <{part_id('foo', int(one[1:]))}>\n"
        yield commit_print(one, Person("Ada", "ada@quarry.example"), 0, message, b"")


def outcomes(desk: Desk, command: Command) -> list[Outcome]:
    _, report = run(span(COUNT), {BUILD: command})
    found = patch_checks(desk.stores, report, named)
    assert [one.message_id for one in found] == IDS
    assert {one.check.context for one in found} == {"mkit test/build"}
    assert [one.check.about for one in found] == [f"c{at}" for at in range(1, COUNT + 1)]
    record_checks(desk.stores, found)
    return [one.check.outcome for one in found]


GOOD, WARNS, FAILS = Outcome.SUCCESS, Outcome.WARNING, Outcome.FAIL


def test_a_patch_fails_for_what_began_with_it(desk: Desk) -> None:
    assert outcomes(desk, lambda at: (int(at >= 2), "")) == [GOOD, FAILS, WARNS, WARNS]
    assert outcomes(desk, lambda at: (int(at == 2), "")) == [GOOD, FAILS, GOOD, GOOD]


def test_what_the_base_has_too_is_no_fault(desk: Desk) -> None:
    assert outcomes(desk, lambda _: (1, "")) == [GOOD] * COUNT


def test_a_new_warning_and_what_cannot_be_tested(desk: Desk) -> None:
    def command(at: int) -> tuple[int, str]:
        return (125 if at == 3 else 0), "a.c:1:1: warning: old\n" * (at >= 2)

    assert outcomes(desk, command) == [GOOD, WARNS, WARNS, GOOD]


def test_rows_count_them_and_the_newest_speaks(desk: Desk) -> None:
    outcomes(desk, lambda at: (int(at >= 2), ""))
    row = desk.row(IDS[0])
    assert dict(row.checks) == {"success": 1, "fail": 1, "warning": 2}
    tested = detail_now(desk.stores, row).tested
    assert [one.outcome for one in tested[IDS[1]]] == [FAILS]
    outcomes(desk, lambda _: (0, ""))
    assert dict(desk.row(IDS[0]).checks) == {"success": COUNT}


def test_what_is_known_already_changes_nothing(desk: Desk) -> None:
    _, report = run(span(COUNT), {BUILD: lambda _: (0, "")})
    found = patch_checks(desk.stores, report, named)
    assert record_checks(desk.stores, found) == COUNT
    assert record_checks(desk.stores, found) == 0
    assert record_checks(desk.stores, []) == 0


def test_what_others_say_is_not_kept(desk: Desk) -> None:
    theirs = dict.fromkeys(keys_of(span(COUNT), [BUILD]), Result(Ended.SUCCESS, 0))
    _, report = run(span(COUNT), {BUILD: lambda _: (0, "")}, believed=theirs)
    found = patch_checks(desk.stores, report, named)
    assert [one.is_believed for one in found] == [True] * COUNT
    assert record_checks(desk.stores, found) == 0
    assert dict(desk.row(IDS[0]).checks) == {}


def test_a_new_revision_has_none_yet(desk: Desk) -> None:
    outcomes(desk, lambda _: (1, ""))
    desk.deliver(*posting("foo", COUNT, revision=2, minutes=DAY))
    desk.sync()
    assert dict(desk.row(IDS[0]).checks) == {}


def test_of_several_commits_of_one_mail_the_worst_speaks(desk: Desk) -> None:
    def all_of_one(commits: Sequence[str]) -> Iterator[CommitPrint]:
        message = f"foo: step\n\nMessage-ID: <{IDS[0]}>\n"
        for one in commits:
            yield commit_print(one, Person("Ada", "ada@quarry.example"), 0, message, b"")

    _, report = run(span(COUNT), {BUILD: lambda at: (int(at == 2), "")})
    record_checks(desk.stores, patch_checks(desk.stores, report, all_of_one))
    assert dict(desk.row(IDS[0]).checks) == {"fail": 1}


def test_landings_tell_without_a_look_at_the_commits(desk: Desk) -> None:
    place = Place("next", "refs/heads/next", "/r.git", "c1", 7)
    sure = Landing(IDS[0], "c1", "patch-id", 1.0, True, "", (place,))
    perhaps = Landing(IDS[1], "c2", "similar", 0.5, False, "", (place,))
    with desk.stores.catalogue.transaction():
        desk.stores.catalogue.put_landings({IDS[0]: [sure], IDS[1]: [perhaps]})
    asked: list[str] = []

    def prints(commits: Sequence[str]) -> Iterator[CommitPrint]:
        asked.extend(commits)
        return iter(())

    assert mails_of(desk.stores, ["c1", "c2"], prints) == {"c1": [IDS[0]]}
    assert asked == ["c2"]


def test_without_mail_nobody_is_asked() -> None:
    def never(commits: Sequence[str]) -> Iterator[CommitPrint]:
        raise AssertionError(commits)

    assert mails_of(Desk().stores, ["c1"], never) == {}
