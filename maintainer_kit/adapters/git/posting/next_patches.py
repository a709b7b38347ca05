# SPDX-License-Identifier: GPL-2.0-or-later
"""Single commits as ``git format-patch`` writes them, under a subject's prefix of ours."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.adapters.git.borrowed import Borrowed, fit, identity
from maintainer_kit.adapters.git.checking.own_commits import RAW
from maintainer_kit.adapters.git.log import read_commits
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import Range
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.reading_commit import patch_of_commit
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import visible_line


def read_patches(git: Git, tip: str, since: str) -> Iterator[Patch]:
    """Commits of a branch with their diffs, the oldest first, but for merges; by full ids."""
    for one in read_commits(git, Range(tip, since, no_merges=True)):
        yield patch_of_commit(one)


def format_commit(borrowed: Borrowed, commit: str, prefix: str, sender: Person) -> bytes:
    """The patch file of one commit; ``prefix`` stands in brackets before its title."""
    name = fit(visible_line(sender.name))
    argv = ("--stdout", "-1", "--no-numbered", "--always", "--no-notes")
    done = borrowed.run(
        "format-patch", *argv, f"--subject-prefix={prefix}",
        f"--from={name} <{sender.address}>", commit, "--",
        env={**identity(sender.name, sender.address), **RAW},
    )  # fmt: skip
    if done.code:
        raise borrowed.git.failure("format-patch", done.stderr)
    return done.stdout
