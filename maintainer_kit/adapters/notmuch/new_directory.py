# SPDX-License-Identifier: GPL-2.0-or-later
"""Make a directory that survives a power cut."""

from __future__ import annotations

from pathlib import Path

from maintainer_kit.adapters.durable import sync_directory


def make_directory(path: Path) -> None:
    """Make a directory for its owner alone, and what is missing above it. Raises OSError."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
    except FileNotFoundError:
        if path.parent == path:
            raise
        make_directory(path.parent)
        make_directory(path)
    else:
        sync_directory(path.parent)
