# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the user's own profiles are, and whether they are the same as before.

Apart from ``profiles``: that they did not change is asked before each list, and reads no profile.
"""

from __future__ import annotations

import os
from pathlib import Path


def user_folder() -> Path:
    """``$XDG_CONFIG_HOME/mkit/profiles``."""
    config = os.environ.get("XDG_CONFIG_HOME")
    base = Path(config) if config and Path(config).is_absolute() else Path.home() / ".config"
    return base / "mkit" / "profiles"


def profiles_mark() -> str:
    """Changes with each file in that folder; empty where there is none.

    Raises OSError where one cannot be read.
    """
    try:
        names = sorted(one for one in os.listdir(user_folder()) if one.endswith(".toml"))
    except (FileNotFoundError, NotADirectoryError):
        return ""
    found = [(user_folder() / name).stat() for name in names]
    return " ".join(
        f"{name!a}:{one.st_size}:{one.st_mtime_ns}" for name, one in zip(names, found, strict=True)
    )
