# SPDX-License-Identifier: GPL-2.0-or-later
"""How conflicts were solved, as git-rerere(1) keeps it: once for all that mkit does."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed

NAME = "rr-cache"
"""In the home; it may be a link to a folder that others share."""


def share_solutions(own: Borrowed, home: Path) -> None:
    """What rerere learns in one repository of ours all others know."""
    link = own.folder / NAME
    if not link.is_symlink():
        shared = home / NAME
        shared.mkdir(mode=0o700, exist_ok=True)
        link.symlink_to(shared, target_is_directory=True)
