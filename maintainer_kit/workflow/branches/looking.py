# SPDX-License-Identifier: GPL-2.0-or-later
"""The branches of one repository, looked at together: its history is walked once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice, zip_longest

from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.workflow.branches.branch import Beside, Branch, Head, Holder, Result
from maintainer_kit.workflow.branches.counting import Counted, count_apart
from maintainer_kit.workflow.branches.followed import Followed, mainline_of
from maintainer_kit.workflow.branches.patches import Patches, known_patches
from maintainer_kit.workflow.branches.ports import Repository
from maintainer_kit.workflow.stores import Stores

_MOST_READ = 10_000
"""Commits of a repository that are read."""


class Looking:
    """Some branches of a repository. Raises RepositoryError whenever git is asked."""

    def __init__(
        self,
        stores: Stores,
        repository: Repository,
        heads: Sequence[Head],
        followed: Sequence[Followed],
    ) -> None:
        self._stores = stores
        self._repository = repository
        self._heads = heads
        self._followed = followed
        self._mainline = mainline_of(followed)
        self._roles = {one.ref: one.role for one in followed}

    def branch(self, head: Head) -> Branch:
        """All of it but what tests say, and what it wants."""
        own = self._own[head.tip]
        return Branch(
            repository=self._repository.path,
            head=head,
            role=self._roles.get(head.ref, ""),
            upstream=self._beside(head, head.upstream),
            push=self._beside(head, head.push) if head.push != head.upstream else None,
            mainline=self._nearest(head),
            merged=tuple(self._holders(head)),
            commits=len(own),
            is_cut=self._is_cut(head.tip),
            parts=self._patches.parts(own),
            untold=sum(not self._patches.is_told(one) for one in own),
            landed=sum(self._patches.has_landed(one) for one in own),
        )

    def mails_of(self, head: Head) -> set[str]:
        """The mails that its own commits may have come from."""
        mails = self._patches.mails
        return set(chain.from_iterable(mails.get(one, ()) for one in self._own[head.tip]))

    def has_own(self, head: Head) -> bool:
        """Whether it has anything that no mainline has."""
        return bool(self._own[head.tip])

    @cached_property
    def _counted(self) -> Counted:
        shared = [one.tip for one in self._mainline]
        # Without a mainline nothing is a branch's own.
        own = [one.tip for one in self._heads] if shared else ()
        return count_apart(self._pairs(), self._repository.history, shared, own)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        tips = self._repository.refs().tips
        for head in self._heads:
            for one in self._followed:
                yield head.tip, one.tip
            for ref in (head.upstream, head.push):
                if ref in tips:
                    yield head.tip, tips[ref]

    @cached_property
    def _own(self) -> Mapping[str, Sequence[str]]:
        """By tip of a branch what is in no mainline, merges left out, the newest first."""
        order = {one.commit: at for at, one in enumerate(self._commits)}
        return {
            tip: sorted(order.keys() & self._counted.kept_of(tip), key=order.__getitem__)
            for tip in {head.tip for head in self._heads}
        }

    @cached_property
    def _wanted(self) -> Mapping[str, None]:
        """Own commits of all branches, as many as are read, in the order in which that is done."""
        kept = (self._counted.kept_of(tip) for tip in {head.tip: None for head in self._heads})
        # In turn, so that a branch with very many leaves room for the others.
        in_turn = (one for one in chain.from_iterable(zip_longest(*kept)) if one)
        return dict.fromkeys(islice(dict.fromkeys(in_turn), _MOST_READ))

    def _is_cut(self, tip: str) -> bool:
        read = sum(one in self._wanted for one in self._counted.kept_of(tip))
        return bool(self._mainline) and self._counted.alone(tip) > read

    @cached_property
    def _commits(self) -> Sequence[CommitRecord]:
        return self._repository.commits(self._wanted)

    @cached_property
    def _patches(self) -> Patches:
        return known_patches(self._stores, self._commits)

    def _beside(self, head: Head, ref: str) -> Beside | None:
        if not ref:
            return None
        tip = self._repository.refs().tips.get(ref)
        return self._apart(head, ref, tip) if tip else Beside(ref, is_gone=True)

    def _apart(self, head: Head, ref: str, tip: str) -> Beside:
        found = self._counted.distance(head.tip, tip)
        return Beside(ref, found.ahead, found.behind, role=self._roles.get(ref, ""))

    def _nearest(self, head: Head) -> Beside | None:
        if any(one.ref == head.ref for one in self._mainline):
            return None
        apart = [self._apart(head, one.ref, one.tip) for one in self._mainline]
        # Of several that are as near, what others see too.
        return min(
            apart,
            key=lambda one: (one.ahead, one.behind, not one.ref.startswith("refs/remotes/")),
            default=None,
        )

    def _holders(self, head: Head) -> Iterator[Holder]:
        for one in self._followed:
            if one.ref != head.ref and not self._apart(head, one.ref, one.tip).ahead:
                yield Holder(one.ref, one.role)


def results_of(
    head: Head, ran: Sequence[Result], mailed: Mapping[str, Collection[Result]]
) -> tuple[Result, ...]:
    """What is said of a branch: by tests that ran here, then by mails of its tip and its tree."""
    found = chain(ran, mailed.get(head.tip, ()), mailed.get(head.tree, ()))
    return tuple(dict.fromkeys(found))
