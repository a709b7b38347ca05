# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody asks to be pulled, as it is found, held against what the mail says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading_commit import CommitRecord, patch_of_commit
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.workflow.audit import Audit, Verdict
from maintainer_kit.workflow.pull_request.asked import Asked
from maintainer_kit.workflow.pull_request.audit import audit_sign_offs, audit_signature
from maintainer_kit.workflow.pull_request.facts import MergeTry, Signature
from maintainer_kit.workflow.pull_request.stat import Changed, differences
from maintainer_kit.workflow.pull_request.tags import Tag

_PREFIX = re.compile(r"^\[PATCH[^\]]{0,100}\] {0,4}")
_MOST = 20
_MANY = 20
"""Files below which losing half of them is nothing to speak of."""


@dataclass(frozen=True, slots=True)
class Target:
    """The branch to pull into."""

    name: str
    commit: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is there."""

    target: Target
    tip: str
    tag: Tag | None
    signature: Signature
    base: str
    """What the mail says that it stands on; empty where that is not here, or is not said."""
    stands_on_base: bool
    target_has_base: bool
    is_merged: bool
    """The target has all of it."""
    brings: int
    """Commits that the target lacks."""
    commits: Sequence[CommitRecord]
    """Since the base that the mail names, the oldest first, without their diffs."""
    changed: tuple[Sequence[Changed], ...]
    """What it changes, by each of the ways in which people tell it."""
    tried: MergeTry
    files_before: int
    files_after: int

    @property
    def empties(self) -> bool:
        """Whether nothing would be left."""
        return self.tried.is_clean and not self.files_after and bool(self.files_before)

    @property
    def patches(self) -> list[Patch]:
        return [patch_of_commit(one) for one in self.commits if len(one.parents) < 2]


def audit_arrived(asked: Asked, arrived: Arrived, people: People) -> tuple[Audit, ...]:
    """All that is looked over, in the order in which it is told."""
    return (
        _audit_tip(asked, arrived),
        _audit_name(asked, arrived),
        audit_signature(arrived.tag.name if arrived.tag else "", arrived.signature),
        _audit_base(asked, arrived),
        _audit_commits(asked, arrived),
        _audit_stat(asked, arrived),
        _audit_merge(arrived),
        audit_sign_offs(arrived.patches, people),
    )


def _audit_tip(asked: Asked, arrived: Arrived) -> Audit:
    shown = arrived.tip[:12]
    if not asked.tip:
        return Audit("tip", Verdict.UNKNOWN, f"{shown}; the mail does not say which it is")
    if arrived.tip.startswith(asked.tip):
        return Audit("tip", Verdict.GOOD, f"{shown}, as the mail says")
    words = f"{asked.name} is at {shown} now, the mail says {asked.tip[:12]}"
    return Audit("tip", Verdict.FAILED, visible_line(words))


def _audit_name(asked: Asked, arrived: Arrived) -> Audit:
    """A tag that was signed under one name must not be offered under another."""
    tag = arrived.tag
    if tag is None:
        if asked.is_tag:
            return Audit("tag", Verdict.TOLD, "a tag without an object of its own: nobody made it")
        return Audit("tag", Verdict.TOLD, "a branch")
    if asked.name and tag.name != asked.name:
        words = f"it calls itself {tag.name}, the mail asks for {asked.name}"
        return Audit("tag", Verdict.FAILED, visible_line(words)[:300])
    tagger = visible_line(tag.tagger)[:200] or "nobody"
    return Audit("tag", Verdict.GOOD, f"{visible_line(tag.name)[:100]}, made by {tagger}")


def _audit_base(asked: Asked, arrived: Arrived) -> Audit:
    target, count = arrived.target.name, count_of(arrived.brings, "commit")
    if arrived.is_merged:
        return Audit("base", Verdict.TOLD, f"{target} has all of it")
    if not asked.base:
        return Audit("base", Verdict.UNKNOWN, f"the mail names none; it brings {count}")
    if not arrived.base:
        return Audit("base", Verdict.FAILED, f"{asked.base[:12]} is not here; it brings {count}")
    if not arrived.stands_on_base:
        return Audit("base", Verdict.FAILED, f"it does not stand on {asked.base[:12]}")
    if not arrived.target_has_base:
        words = f"{target} lacks {asked.base[:12]}, so that it brings {count}"
        return Audit("base", Verdict.FAILED, words)
    return Audit("base", Verdict.GOOD, f"stands on {asked.base[:12]}, and brings {count}")


def _audit_commits(asked: Asked, arrived: Arrived) -> Audit:
    if not asked.titles:
        return Audit("commits", Verdict.UNKNOWN, "the mail does not list any")
    told = Counter(map(_plain, asked.titles))
    real = Counter(_plain(_title(one)) for one in arrived.commits)
    missing = [f"not there: {one}" for one in told - real]
    more = [f"not in the mail: {one}" for one in real - told]
    if not missing and not more:
        return Audit(
            "commits", Verdict.GOOD, f"{count_of(len(arrived.commits), 'commit')}, as listed"
        )
    return _differs("commits", "the list of commits is another", [*more, *missing])


def _audit_stat(asked: Asked, arrived: Arrived) -> Audit:
    if asked.stat.total is None:
        return Audit("diffstat", Verdict.UNKNOWN, "the mail has none")
    found = [differences(asked.stat, one) for one in arrived.changed]
    if not all(found):
        return Audit("diffstat", Verdict.GOOD, f"{asked.stat.total}, as the mail says")
    return _differs("diffstat", "the diffstat is another", found[0])


def _audit_merge(arrived: Arrived) -> Audit:
    name, tried = arrived.target.name, arrived.tried
    if not tried.is_clean:
        words = f"merging into {name} leaves {count_of(len(tried.conflicts), 'file')} in conflict"
        return _differs("merge", words, tried.conflicts)
    if arrived.empties:
        return Audit("merge", Verdict.FAILED, f"merging into {name} would leave no file at all")
    if arrived.files_before > _MANY and arrived.files_after * 2 < arrived.files_before:
        words = f"of {arrived.files_before} files the merge would leave {arrived.files_after}"
        return Audit("merge", Verdict.FAILED, words)
    return Audit("merge", Verdict.GOOD, f"merges into {name}")


def _differs(name: str, words: str, details: Sequence[str]) -> Audit:
    shown = [visible_line(one)[:300] for one in details[:_MOST]]
    if len(details) > _MOST:
        shown.append(f"... and {len(details) - _MOST} more")
    return Audit(name, Verdict.FAILED, words, tuple(shown))


def _title(one: CommitRecord) -> str:
    return patch_of_commit(one).title_line


def _plain(title: str) -> str:
    """Mailers fold blanks, and git shortlog drops what people put before a title."""
    return " ".join(_PREFIX.sub("", title, count=1).split())[:300]
