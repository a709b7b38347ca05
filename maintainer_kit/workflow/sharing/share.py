# SPDX-License-Identifier: GPL-2.0-or-later
"""``share``: one person's decisions on several machines, as the union of their journals.

Ours are committed first, so that nothing waits for the network; then others' are taken over, and
ours published. Each step can be the last one: the next run finds out from journal and exchange what
is still to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.decision.event import Group, decide, undone_groups
from maintainer_kit.workflow.sharing.conflicts import Conflict, Placed, find_conflicts, settled
from maintainer_kit.workflow.sharing.ports import Exchange, JournalLines
from maintainer_kit.workflow.sharing.union import Arrived, Oddity, Union
from maintainer_kit.workflow.stores import Stores
from maintainer_kit.workflow.sync import sync

_TRIES = 5
IsShared = Callable[[Group], bool]


@dataclass(slots=True)
class ShareReport:
    """What sharing did."""

    machine: str
    """Our name."""
    formerly: str = ""
    """Our name till now, where somebody else turned out to have it too."""
    published: int = 0
    """Groups of ours that went to the other end."""
    waiting: int = 0
    """Groups of ours that are committed and could not be published."""
    confidential: int = 0
    """Groups of ours that stay here."""
    received: dict[str, int] = field(default_factory=dict)
    """Groups that came in, by machine; under our name those that our journal had lost."""
    conflicts: list[Conflict] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    failure: RepositoryError | None = None
    """Why the other end was not reached."""


def share(
    stores: Stores, journal: JournalLines, exchange: Exchange, is_shared: IsShared
) -> ShareReport:
    """Publish our decisions, take over those of others, and let tags and rows tell all of them.

    ``is_shared`` says of a group with events whether others may see it. An other end that cannot
    be reached is reported, not raised: ours are committed then.
    """
    sync(stores)
    run = _Sharing(stores.clock(), journal, exchange, is_shared)
    run.commit()
    try:
        run.meet()
    except RepositoryError as error:
        run.report.failure = error
    if run.report.received:
        sync(stores)
    return run.done()


class _Sharing:
    """One run."""

    def __init__(
        self, now: int, journal: JournalLines, exchange: Exchange, is_shared: IsShared
    ) -> None:
        self._now = now
        self._journal = journal
        self._exchange = exchange
        self._is_shared = is_shared
        self._union = Union(journal.lines())
        self._kept: list[Placed] = []
        self._there = exchange.published()
        self.report = ShareReport(exchange.machine)

    def commit(self) -> None:
        """Commit what was decided here since the last time."""
        new = self._union.beside([self._exchange.own(), *self._exchange.others()])
        allowed = []
        self._kept.clear()
        for line in new:
            target = self._union.target(line)
            if target and self._is_shared(target):
                allowed.append(line.raw)
            elif line.group:
                self._kept.append(Placed(line.group))
        self.report.confidential = len(new) - len(allowed)
        if allowed:
            self._exchange.commit(allowed)

    def meet(self) -> None:
        """Take over what others have published, and publish ours."""
        for _ in range(_TRIES):
            self._exchange.fetch()
            if self._exchange.is_taken():
                self._rename()
            self._there = self._exchange.published()
            self._take_over()
            if self._exchange.push():
                return
        raise RepositoryError("others publish all the time", "mkit share again, in a while")

    def done(self) -> ShareReport:
        """The report, once all is done that can be."""
        report, there = self.report, self._exchange.published()
        report.published = max(0, there - self._there)
        report.waiting = len(self._exchange.own().lines) - there
        if report.conflicts:
            report.conflicts = settled(report.conflicts, decide(self._union.groups))
        return report

    def _rename(self) -> None:
        self.report.formerly = self.report.formerly or self.report.machine
        self._exchange.rename()
        self.report.machine = self._exchange.machine
        self.commit()

    def _take_over(self) -> None:
        """One append for all that our journal has not."""
        ours = self._exchange.own()
        mine = [
            Placed(one.group, at) for at, one in self._union.lines_of(ours) if one and one.group
        ]
        arrived = [self._union.take(one, self._now) for one in (ours, *self._exchange.others())]
        self._journal.append_all([line.raw for one in arrived for line in one.fresh.values()])
        self._exchange.accept()
        self._tell(mine, arrived)

    def _tell(self, mine: Sequence[Placed], arrived: Sequence[Arrived]) -> None:
        report = self.report
        known = dict.fromkeys(report.oddities)
        report.oddities = list(known | dict.fromkeys(o for one in arrived for o in one.oddities))
        came = [one for one in arrived if one.fresh]
        undone = undone_groups(self._union.groups) if came else frozenset()
        for one in came:
            machine = one.shared.machine
            report.received[machine] = report.received.get(machine, 0) + len(one.fresh)
            if machine == report.machine:
                continue
            ours, names = [*mine, *self._kept], (report.machine, machine)
            report.conflicts += find_conflicts(ours, one.placed, one.shared.seen, names, undone)
