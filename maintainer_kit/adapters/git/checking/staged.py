# SPDX-License-Identifier: GPL-2.0-or-later
"""The names of the files that a commit in the making touches."""

from __future__ import annotations

import os

from maintainer_kit.adapters.git.process import Git


def staged_paths(git: Git) -> tuple[str, ...]:
    """Paths from the top of the work tree; the new names of moved files."""
    said = git.output("diff", "--cached", "--name-only", "-z", "--no-ext-diff", "--")
    return tuple(os.fsdecode(one) for one in said.split(b"\0") if one)
