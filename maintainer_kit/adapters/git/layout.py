# SPDX-License-Identifier: GPL-2.0-or-later
"""What sort of repository it is and where it keeps its things: one process."""

from __future__ import annotations

import os
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.lazy.dataclass import dataclass

_QUESTIONS = (
    "--is-shallow-repository",
    "--absolute-git-dir",
    "--git-path",
    "objects",
    # Last, as git stops there in a bare repository.
    "--show-toplevel",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A repository on disk."""

    is_shallow: bool
    folder: Path
    """The git directory; of a linked work tree its own."""
    objects: Path
    top: Path | None
    """The top of the work tree; None in a bare repository."""


def read_layout(git: Git) -> Layout:
    """Raises RepositoryError where there is no repository."""
    result = git.run("rev-parse", *_QUESTIONS)
    lines = result.stdout.decode("utf-8", "surrogateescape").split("\n")[:-1]
    if len(lines) < 3 or (result.code and "work tree" not in result.stderr):
        raise git.failure("rev-parse", result.stderr)
    objects = Path(os.path.abspath((git.path or Path()) / lines[2]))
    top = Path(lines[3]) if len(lines) > 3 else None
    return Layout(lines[0] == "true", Path(lines[1]), objects, top)
