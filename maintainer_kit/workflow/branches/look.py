# SPDX-License-Identifier: GPL-2.0-or-later
"""``branches``: look at all local branches of all repositories, the most urgent first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from maintainer_kit.errors import RepositoryError
from maintainer_kit.lazy.dataclass import dataclass, field, replace
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.branches.accepted import Accepted, Paths, accepted
from maintainer_kit.workflow.branches.branch import Branch, Head, Holder
from maintainer_kit.workflow.branches.followed import Followed, followed_refs
from maintainer_kit.workflow.branches.looking import Looking, results_of
from maintainer_kit.workflow.branches.ports import Repository, Results, no_results
from maintainer_kit.workflow.branches.ran import ran_results
from maintainer_kit.workflow.branches.told import told_results
from maintainer_kit.workflow.branches.wants import wants_of
from maintainer_kit.workflow.landing.follow import Wanted
from maintainer_kit.workflow.landing.lists import NotLanded
from maintainer_kit.workflow.stores import Stores


@dataclass(frozen=True, slots=True)
class Place:
    """A repository, with the refs of it that settings name."""

    repository: Repository
    refs: Sequence[Wanted] = ()
    """Empty: its own main branches, as mainline."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in one repository."""

    path: str
    count: int
    """Of all its branches, whether they were asked about or not."""
    refs: tuple[Holder, ...]
    """Which of its refs stand for what."""


@dataclass(slots=True)
class Report:
    """All branches that were asked about."""

    branches: list[Branch] = field(default_factory=list)
    """The most urgent first, then the one that was touched last."""
    repositories: list[Looked] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What could not be read, a line each."""


def look_at_branches(
    stores: Stores,
    places: Sequence[Place],
    absolute: Paths,
    words: Collection[str] = (),
    results: Results = no_results,
) -> Report:
    """Of those whose names hold all the words, in any case. A repository that cannot be read is
    told, and the others are looked at."""
    report = Report()
    look = _Look(stores, accepted(stores), absolute, [one.lower() for one in words], results)
    for place in places:
        try:
            look.at(place, report)
        except RepositoryError as error:
            report.problems.append(visible_line(f"{place.repository.path}: {error.message}"))
    report.branches.sort(key=lambda one: (one.rank, -one.head.date, one.repository, one.head.name))
    return report


@dataclass(frozen=True, slots=True)
class _Look:
    """How all repositories are looked at."""

    stores: Stores
    waiting: Sequence[NotLanded]
    absolute: Paths
    words: Sequence[str]
    results: Results

    def at(self, place: Place, report: Report) -> None:
        """Add what is found in one. Raises RepositoryError."""
        repository = place.repository
        refs = repository.refs()
        followed = followed_refs(repository, place.refs, report.problems)
        heads = [one for one in refs.heads if all(word in one.name.lower() for word in self.words)]
        if heads:
            report.branches += list(self._branches(repository, heads, followed))
        named = tuple(Holder(one.ref, one.role) for one in followed)
        report.repositories.append(Looked(repository.path, len(refs.heads), named))

    def _branches(
        self, repository: Repository, heads: Sequence[Head], followed: Sequence[Followed]
    ) -> Iterator[Branch]:
        looking = Looking(self.stores, repository, heads, followed)
        mine = [one for one in heads if looking.has_own(one)]
        ran = {one.ref: ran_results(self.results(repository.path, one)) for one in mine}
        ids = {each for one in mine for each in (one.tip, one.tree)}
        mailed = told_results(self.stores, ids) if ids else {}
        waiting = Accepted(self.stores, self.waiting, repository, followed, self.absolute)
        for head in heads:
            found = replace(
                looking.branch(head),
                results=results_of(head, ran.get(head.ref, ()), mailed),
                missing=waiting.lacking(head.ref, partial(looking.mails_of, head)),
            )
            yield replace(found, wants=wants_of(found))
