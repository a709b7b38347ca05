# SPDX-License-Identifier: GPL-2.0-or-later
"""Backports that are under way: a folder each in ``backporting/`` of the home."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.kept.job_folder import JobFolder, Kind, path_of
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.backporting.job import Job, dump, load

KIND = Kind(
    room="backporting",
    state="job.json",
    digits=12,
    load=load,
    dump=dump,
    noun="backport",
    busy=("another mkit works at this backport", "wait for it"),
    trouble="; the backport is as it was before",
)


def folder_for(home: Path, place: str, branch: str) -> JobFolder[Job]:
    """``place`` is the git directory of the repository, ``branch`` a full name."""
    return JobFolder(KIND, path_of(KIND, home, f"{place}\0{branch}"))


def begin(folder: JobFolder[Job]) -> None:
    """Make room; what a crash left before a job was kept is removed. Raises Refused where one is
    under way."""
    if (job := folder.read()) is not None:
        branch = visible_line(job.branch.removeprefix("refs/heads/"))
        words = f"a backport to {branch} is under way in {visible_line(str(folder.tree))}"
        raise Refused(words, f"mkit backport --continue, --skip or --abort, --to {branch}")
    folder.begin()
