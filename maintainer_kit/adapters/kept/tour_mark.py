# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the reader was shown around: a file of the home that holds nothing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

NAME = "toured"


class TourMark:
    """The mark of one home."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME

    def is_set(self) -> bool:
        """Where nothing can be found out nobody is shown around twice."""
        try:
            return self._path.exists()
        except OSError:
            return True

    def set(self) -> None:
        """Remember it; a home that cannot be written to has worse troubles, which are told."""
        with suppress(OSError):
            self._path.touch(mode=0o600)
