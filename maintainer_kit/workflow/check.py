# SPDX-License-Identifier: GPL-2.0-or-later
"""``mkit check``: from mails, commits, drafts and topics to a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from maintainer_kit.checks.context import Need
from maintainer_kit.checks.engine import Asked, Context, ask_rules, asked_rules
from maintainer_kit.checks.patch import Origin, Patch, Role
from maintainer_kit.checks.profile import Profile
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.checks.report import Checked, Report, Unchecked
from maintainer_kit.checks.rule import Rule
from maintainer_kit.checks.series import Series
from maintainer_kit.lazy.dataclass import dataclass, field

if TYPE_CHECKING:  # a hook has no time for what it does not need
    from maintainer_kit.workflow.records import BrokenMail, SourceMail
    from maintainer_kit.workflow.stores import Stores

MOST_TOGETHER = 200
"""Commits of a range that are looked at as one series; of a longer one each is looked at alone."""
_MOST_BYTES = 64 << 20
_LARGE = "is larger than 64 MiB: no reviewer reads that"


@dataclass(frozen=True)
class Judge:
    """Rules with all that they are asked by."""

    rules: Sequence[Rule]
    profile: Profile
    context: Context
    background: Callable[[Series], Series] = lambda series: series
    """Adds what the index knows of a series: its earlier revision, other pending ones."""

    def check(self, series: Series) -> Checked:
        """Ask all rules about one series."""
        known = self.background(series)
        found = ask_rules(known, self._asked, self.profile.name, self.context)
        return Checked(known, tuple(found))

    @cached_property
    def _asked(self) -> tuple[Asked, ...]:
        return asked_rules(self.rules, self.profile)

    def missing(self, checked: Iterable[Checked]) -> frozenset[Need]:
        """What rules that are on need, and no series had."""
        needs = {need for one in self._asked for need in one.rule.needs}
        had = {need for one in checked for need in needs if self.context.has(need, one.series)}
        return frozenset(needs - had)


@dataclass(slots=True)
class Collected:
    """What was read, before anything is asked about it."""

    series: list[Series] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)

    def add(self, other: Collected) -> None:
        self.series += other.series
        self.unchecked += other.unchecked


FirstLine = Callable[["SourceMail"], int]
"""The line of its file on which a mail begins, from 1."""


def collect_mails(mails: Iterable[SourceMail | BrokenMail], first_line: FirstLine) -> Collected:
    """Read mails and patch files, and put together what is posted together.

    Mails that only answer others that are there are passed over.
    """
    # A hook that reads one message needs nothing of how mails are read and make a series.
    from maintainer_kit.checks.posting import collect_postings
    from maintainer_kit.checks.reading import patch_of_mail
    from maintainer_kit.workflow.records import BrokenMail

    found = Collected()
    patches: list[Patch] = []
    for one in mails:
        if isinstance(one, BrokenMail):
            found.unchecked.append(Unchecked(_place(one.path, one.offset), one.reason))
        elif len(one.raw) > _MOST_BYTES:
            found.unchecked.append(Unchecked(_place(one.path, one.offset), _LARGE))
        else:
            patches.append(patch_of_mail(one.raw, one.path, first_line(one)))
    found.series = collect_postings(patches)
    return found


def _place(path: str, offset: int) -> str:
    return f"{path} (byte {offset})" if offset else path


def commit_series(records: Iterator[CommitRecord], count: int) -> Iterator[Series]:
    """A range of commits as one series, or, when it is long, each alone: memory stays flat."""
    patches = map(patch_of_commit, records)
    if count <= MOST_TOGETHER:
        found = tuple(patches)
        if found:
            yield Series(found, is_range=True)
        return
    for one in patches:
        yield Series((one,), is_range=True)


def lightened(checked: Checked) -> Checked:
    """Without the texts of patches that nothing was said about: of a long range thousands are kept
    until the report is made."""
    spoken = {one.at for one in checked.findings}
    if spoken or checked.series.cover or checked.series.others:
        return checked
    from dataclasses import replace  # slow to import for a hook

    patches = (replace(one, body=(), notes=(), diff_text="") for one in checked.series.patches)
    return Checked(replace(checked.series, patches=tuple(patches)), ())


def make_report(
    judged: Sequence[tuple[Judge, Checked]],
    unchecked: Sequence[Unchecked] = (),
    reasons: Iterable[str] = (),
) -> Report:
    """Put together what was found; ``reasons`` say why it is these profiles."""
    names = (judge.profile.name for judge, _ in judged)
    by_judge: dict[int, tuple[Judge, list[Checked]]] = {}
    for judge, checked in judged:
        by_judge.setdefault(id(judge), (judge, []))[1].append(checked)
    missing = (judge.missing(all_of_it) for judge, all_of_it in by_judge.values())
    return Report(
        checked=tuple(checked for _, checked in judged),
        unchecked=tuple(unchecked),
        profile=", ".join(dict.fromkeys(names)),
        profile_reason="; ".join(dict.fromkeys(reasons)),
        missing=frozenset.intersection(*missing) if judged else frozenset(),
    )


def is_current(stores: Stores) -> bool:
    """Whether what the catalogue holds was read by this mkit, for this reader: else it may not even
    be understood, and the next sync makes it anew."""
    position = stores.catalogue.position()
    return position is not None and position.reader == stores.reader_mark


def lists_of(series: Iterable[Series]) -> tuple[str, ...]:
    """Addresses that mails of these series were sent to, by which a profile is chosen."""
    found: dict[str, None] = {}
    for one in series:
        for patch in one.all:
            if patch.origin in (Origin.MAIL, Origin.FILE):
                found.update(dict.fromkeys(person.key for person in (*patch.to, *patch.cc)))
    return tuple(found)


def has_patch(series: Iterable[Series]) -> bool:
    """Whether there is anything to check."""
    return any(one.role is not Role.OTHER for each in series for one in each.all)
