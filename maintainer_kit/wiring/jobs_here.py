# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of the jobs that are under way is meant: that of the repository where the user is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from maintainer_kit.adapters.git.applying.blob_bases import place_of
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.publish import BRANCHES, short_name
from maintainer_kit.adapters.kept.job_folder import JobFolder, Kind, refuse_unclear, under_way
from maintainer_kit.errors import Refused, RepositoryError
from maintainer_kit.model.mail.text import visible_line


class Job(Protocol):
    """What jobs of all kinds say."""

    @property
    def repository(self) -> str: ...

    @property
    def branch(self) -> str:
        """A full name."""


T = TypeVar("T", bound=Job)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said where it is not clear which is meant."""

    none: tuple[str, str]
    """Where nothing is under way: words and a hint."""
    several: str
    """Before the names of those that are."""


def find_job(
    kind: Kind[T], home: Path, branch: str, repository: Path | None, words: Words
) -> tuple[JobFolder[T], T]:
    """The one that is under way; of several the one to a branch, in the repository that is named
    or where the user is. Raises Refused, StateError where one cannot be understood."""
    found = under_way(kind, home)
    if branch:
        ref = BRANCHES + short_name(branch)
        found = [one for one in found if one[1].branch == ref]
    chosen = _of_repository(found, repository)
    if not chosen:
        refuse_unclear(kind, home)
        raise Refused(*words.none)
    if len(chosen) > 1:
        names = (f"{short_name(one.branch)} in {one.repository}" for _, one in chosen)
        told = ", ".join(sorted(map(visible_line, names)))
        raise Refused(f"{words.several} {told}", "name one: --to BRANCH --repo DIR")
    return chosen[0]


def _of_repository(
    found: Sequence[tuple[JobFolder[T], T]], named: Path | None
) -> Sequence[tuple[JobFolder[T], T]]:
    """Those of the repository that is named. Where none is, and there are several: those of the
    one where the user is, else all. Raises RepositoryError where what is named is none."""
    if named is not None:
        place = place_of(Git(named.absolute()))
        return [one for one in found if _place(one[1].repository) == place]
    if len(found) < 2 or (here := _place(os.curdir)) is None:
        return found
    return [one for one in found if _place(one[1].repository) == here] or found


def _place(repository: str) -> Path | None:
    """None where it is gone."""
    try:
        return place_of(Git(Path(os.path.abspath(repository))))
    except RepositoryError:
        return None
