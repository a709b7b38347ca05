# SPDX-License-Identifier: GPL-2.0-or-later
"""What patch files were made on: the branch that is checked out mostly holds them already, and they
do not apply to themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import commit_id
from maintainer_kit.workflow.sending import made_from

_ENOUGH = 1 << 20
_MOST_FILES = 1000


def made_on(git: Git, raws: Iterable[bytes]) -> str:
    """The parent of the commit from which git format-patch made the first file with a diff; empty
    where the file does not say, or nobody here knows that commit."""
    made = next((made_from(one) for one in raws if b"\ndiff --git " in one), "")
    return commit_id(git, f"{made}^1") if made else ""


def file_heads(words: Iterable[str]) -> Iterator[bytes]:
    """How those of some words begin that name patch files of git format-patch."""
    for word in list(words)[:_MOST_FILES]:
        try:
            with Path(word).open("rb") as file:
                head = file.read(_ENOUGH)
        except (OSError, ValueError):
            continue
        if made_from(head):
            yield head
