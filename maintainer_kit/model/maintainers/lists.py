# SPDX-License-Identifier: GPL-2.0-or-later
"""The mailing lists that a MAINTAINERS file names, without reading all else in it."""

from __future__ import annotations


def list_addresses(text: str) -> frozenset[str]:
    """Those of its ``L:`` lines, in the form of a List-Id."""
    lines = (line[2:] for line in text.splitlines() if line.startswith("L:"))
    words = (word.strip("<>,;()").lower() for line in lines for word in line.split())
    return frozenset(word.replace("@", ".") for word in words if "@" in word)
