# SPDX-License-Identifier: GPL-2.0-or-later
"""The user's repository, as applying asks it: implements the port ``Source``."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.adapters.git.applying.blob_bases import holding
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.publish import BRANCHES, checked_out
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.errors import Refused
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.applying.ports import Candidate, OldFile


class ApplySource:
    """Asked by one git process a question."""

    def __init__(self, git: Git) -> None:
        self.git = git

    @property
    def place(self) -> str:
        return str(self.git.path)

    def commit(self, name: str) -> str:
        return commit_id(self.git, name)

    def branch(self, name: str) -> tuple[str, str | None]:
        short = name.removeprefix(BRANCHES)
        ref = f"{BRANCHES}{short}"
        if short.startswith("-") or short == "HEAD" or self.git.run("check-ref-format", ref).code:
            raise Refused(f"{visible_line(short)} cannot be the name of a branch", "--to BRANCH")
        place = checked_out(self.git).get(ref)
        if place:
            words = f"{visible_line(short)} is checked out in {visible_line(place)}"
            raise Refused(words, "name another branch, or check out another there")
        return ref, self.commit(ref) or None

    def holding(self, files: Sequence[OldFile], refs: Sequence[str]) -> Sequence[Candidate]:
        return holding(self.git, files, refs)
