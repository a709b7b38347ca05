# SPDX-License-Identifier: GPL-2.0-or-later
"""What it takes for a new or renamed file to survive a power cut (fsync(2), "Description")."""

from __future__ import annotations

import os
from pathlib import Path


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable: fsync of a file does not cover its name."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
