# SPDX-License-Identifier: GPL-2.0-or-later
"""The power goes out at each call of a port in turn; the next sync brings the right end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from maintainer_kit.model.decision.event import EventKind, Origin, decide
from maintainer_kit.workflow.decide import redo, set_archived, set_state, undo
from maintainer_kit.workflow.importing import import_mail
from maintainer_kit.workflow.ports import SourceMail
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.storing import rebuild
from maintainer_kit.workflow.sync import SyncReport, sync
from tests.build import DAY, mail, part_id, posting, reply
from tests.memory.desk import Desk
from tests.memory.fuse import Crash, Fuse

Prepare = Callable[[Desk], None]
Act = Callable[[Stores], object]
BOTH = [part_id("foo", 1), part_id("foo", 2)]


def series(desk: Desk) -> None:
    """A synced series."""
    desk.deliver(*posting("foo", 2))
    desk.sync()


def decided(desk: Desk) -> None:
    """A synced series with a decision."""
    series(desk)
    set_state(desk.stores, "under-review", BOTH, Origin.CLI)


def undone(desk: Desk) -> None:
    """A decision that was taken back."""
    decided(desk)
    undo(desk.stores, Origin.CLI)


def rerolled(desk: Desk) -> None:
    """A decision, then a new revision that nobody has looked at."""
    decided(desk)
    desk.deliver(*posting("foo", 2, revision=2, minutes=DAY), reply(BOTH[0], "Why not?"))


def tagged(desk: Desk) -> None:
    """Another client has changed tags."""
    decided(desk)
    desk.tag(BOTH[0], add=["mkit/accepted"])
    desk.tag(BOTH[1], remove=["mkit/under-review"])


def vanished(desk: Desk) -> None:
    """A patch is gone, another mail has come."""
    decided(desk)
    desk.index.remove(BOTH[1])
    desk.deliver(mail("[BUG] oops", message_id="b@x"), mail("talk", message_id="t@x"))


def made_anew(desk: Desk) -> None:
    """notmuch's database was deleted and made anew."""
    decided(desk)
    raws = list(desk.folder.files.values())
    desk.index.entries.clear()
    desk.index.uuid, desk.index.lastmod = "second", 0
    desk.deliver(*raws)


def delivered(desk: Desk) -> None:
    """A series that nobody has synced yet."""
    desk.deliver(*posting("foo", 2))


def nothing(desk: Desk) -> None:
    """An empty desk."""


def import_all(stores: Stores) -> object:
    """Two revisions and a report, one of them twice."""
    raws = [*posting("foo", 2), *posting("foo", 2, revision=2, minutes=DAY), mail("[BUG] oops")]
    raws.append(raws[0])
    return import_mail(stores, [SourceMail("a", at, raw) for at, raw in enumerate(raws)])


CASES: dict[str, tuple[Prepare, Act]] = {
    "first sync": (delivered, sync),
    "sync of a reroll": (rerolled, sync),
    "sync of foreign tags": (tagged, sync),
    "sync of vanished mail": (vanished, sync),
    "sync of a new database": (made_anew, sync),
    "rebuild": (rerolled, rebuild),
    "import": (nothing, import_all),
    "import into history": (decided, import_all),
    "state": (series, lambda stores: set_state(stores, "accepted", BOTH, Origin.CLI)),
    "state on a state": (decided, lambda stores: set_state(stores, "accepted", BOTH, Origin.CLI)),
    "archive": (decided, lambda stores: set_archived(stores, True, BOTH, Origin.CLI)),
    "undo": (decided, lambda stores: undo(stores, Origin.CLI)),
    "redo": (undone, lambda stores: redo(stores, Origin.CLI)),
}
DECISIONS = {"state", "state on a state", "archive", "undo", "redo"}


def outcome(desk: Desk) -> dict[str, Any]:
    """All that a user can tell apart: topics, tags, what holds."""
    held = decide(desk.journal.read().groups)
    return {
        "topics": desk.export(),
        "tags": {one: sorted(desk.tags(one)) for one in sorted(desk.index.message_ids())},
        "archived": [row.standing.archived for row in desk.rows()],
        "decisions": {
            f"{one} {kind}": decision.value
            for (one, kind), decision in sorted(held.items())
            if decision.value not in ("new", "no") or kind is EventKind.ARCHIVE
        },
    }


def undisturbed(prepare: Prepare, act: Act) -> tuple[dict[str, Any], dict[str, Any], int]:
    """Outcome without and with the action, and how many calls it makes."""
    desk = Desk()
    prepare(desk)
    fuse = Fuse()
    act(fuse.guard(desk.stores))
    desk.sync()
    before = Desk()
    prepare(before)
    before.sync()
    return outcome(before), outcome(desk), len(fuse.calls)


@pytest.mark.parametrize("case", CASES)
def test_a_crash_at_each_call(case: str) -> None:
    prepare, act = CASES[case]
    before, after, calls = undisturbed(prepare, act)
    assert calls > 5
    for at in range(1, calls + 1):
        desk = Desk()
        prepare(desk)
        fuse = Fuse(at)
        with pytest.raises(Crash):
            act(fuse.guard(desk.stores))
        where = f"{case}: call {at} of {calls}, {fuse.calls[-1]}"
        if case.startswith("import"):
            act(desk.stores)
        else:
            sync(desk.stores)
        found = outcome(desk)
        allowed = (before, after) if case in DECISIONS else (after,)
        assert found in allowed, where
        assert desk.sync() == SyncReport(), where
        view = desk.journal.read()
        assert {group.id for group in view.groups} == view.written(desk.index.uuid), where


@pytest.mark.parametrize("case", sorted(DECISIONS))
def test_what_is_in_the_journal_holds(case: str) -> None:
    """Once the event is written, the decision is taken; before that, nothing was decided."""
    prepare, act = CASES[case]
    before, after, calls = undisturbed(prepare, act)
    for at in range(1, calls + 1):
        desk = Desk()
        prepare(desk)
        written = len(desk.journal.read().groups)
        with pytest.raises(Crash):
            act(Fuse(at).guard(desk.stores))
        is_taken = len(desk.journal.read().groups) > written
        desk.sync()
        assert outcome(desk) == (after if is_taken else before)


@pytest.mark.parametrize("case", ["sync of a reroll", "sync of foreign tags", "import"])
def test_a_crash_on_the_way_back_from_a_crash(case: str) -> None:
    prepare, act = CASES[case]
    _, after, calls = undisturbed(prepare, act)
    for first in range(2, calls, 11):
        for second in range(1, calls, 9):
            desk = Desk()
            prepare(desk)
            for at in (first, second):
                try:
                    act(Fuse(at).guard(desk.stores))
                except Crash:
                    continue
            act(desk.stores)
            desk.sync()
            assert outcome(desk) == after, f"{case}: {first}, then {second}"
