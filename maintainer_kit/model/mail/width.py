# SPDX-License-Identifier: GPL-2.0-or-later
"""How many cells of a terminal a character takes."""

from __future__ import annotations

import unicodedata


def char_width(char: str) -> int:
    """0 for what is combined with its neighbours, 2 for wide characters (Unicode TR 11), else 1."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
