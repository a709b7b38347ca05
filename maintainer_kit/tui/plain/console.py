# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the linear mode tells and asks; lines only, never a place on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Left(Exception):
    """There is nobody any more who could answer: the end of the input."""


class Console(Protocol):
    """A person who reads lines and types some."""

    def tell(self, line: str) -> None:
        """Say one line, which is safe for a terminal."""

    def ask(self, prompt: str, words: Sequence[str] = ()) -> str:
        """One line that was typed; ``words`` may be completed. Raises Left at the end."""
