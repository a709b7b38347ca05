# SPDX-License-Identifier: GPL-2.0-or-later
"""The commit that patches are put upon: what the user says, where the branch is, what the series
says of itself, what its diffs show; each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.errors import Refused
from maintainer_kit.lazy.dataclass import dataclass
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.model.topic.series import Series
from maintainer_kit.workflow.applying.ports import Candidate, OldFile, Source

_MOST = 4


@dataclass(frozen=True, slots=True)
class Base:
    """A commit, and why it."""

    commit: str
    why: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is known of where patches belong."""

    onto: str
    """What the user named; empty for nothing."""
    old: str | None
    """Where the branch is."""
    series: Series
    """The posting of the first patch."""
    files: Sequence[OldFile]
    refs: Sequence[str]
    """Refs of the repository that patches land in, the likeliest first."""


def find_bases(source: Source, asked: Question) -> list[Base]:
    """The commits to try, the likeliest first; at least one. Raises Refused."""
    if asked.old is not None:
        if asked.onto and source.commit(asked.onto) != asked.old:
            raise Refused(
                "the branch is there already, and is only moved forward from its tip",
                "name a new branch, or leave out --onto",
            )
        return [Base(asked.old, "the tip of the branch")]
    if asked.onto:
        found = source.commit(asked.onto)
        if not found:
            raise Refused(f"{visible_line(asked.onto)} is no commit here", "--onto REV")
        return [Base(found, f"{visible_line(asked.onto)}, as you said")]
    named = _named(source, asked.series)
    fitting = [_fitting(one, asked) for one in source.holding(asked.files, asked.refs)]
    whole = [base for base, is_whole in fitting if is_whole]
    part = [base for base, is_whole in fitting if not is_whole]
    # Upon a base-commit with prerequisites the series does not stand: these come between.
    first = [*whole, *named] if asked.series.prerequisites else [*named, *whole]
    found_bases = [*first, *part, *_last(source, asked.refs)]
    distinct = list({one.commit: one for one in reversed(found_bases)}.values())[::-1]
    if not distinct:
        raise Refused("nothing says upon which commit it belongs", "--onto REV")
    return distinct[:_MOST]


def _named(source: Source, series: Series) -> list[Base]:
    name = series.base_commit
    found = source.commit(name) if name else ""
    return [Base(found, "base-commit of the series")] if found else []


def _fitting(one: Candidate, asked: Question) -> tuple[Base, bool]:
    count = len(asked.files)
    is_whole = one.fitting == count
    fit = "its files" if is_whole else f"{one.fitting} of {count_of(count, 'file')}"
    where = "the tip of" if not one.behind else f"{one.behind} changes of them below"
    ref = visible_line(one.ref)
    why = f"has {fit} as the diffs expect them ({where} {ref})"
    return Base(one.commit, why), is_whole


def _last(source: Source, refs: Sequence[str]) -> list[Base]:
    for ref in refs:
        found = source.commit(ref)
        if found:
            return [Base(found, f"{visible_line(ref)}: nothing says where it belongs")]
    return []
