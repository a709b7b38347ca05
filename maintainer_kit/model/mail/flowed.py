# SPDX-License-Identifier: GPL-2.0-or-later
"""format=flowed text (RFC 3676) back to the lines that were written."""

from __future__ import annotations


def unflow(text: str, *, join: bool, delete_space: bool = False) -> str:
    """Undo space-stuffing, and with ``join`` the soft line breaks too.

    ``join`` makes prose whole again, but glues diff lines that merely end in a space:
    callers try both on a patch and keep the one that parses.
    """
    # As blocks, not line by line: most flowed text has few soft breaks, or none.
    whole = f"\n{text}\n"
    if "\r" in whole:
        whole = whole.replace("\r\n", "\n")
    whole = whole.replace("\n ", "\n")[1:-1]
    if not join or " \n" not in f"{whole}\n":
        return whole
    return _join(whole, " " * (not delete_space))


def _join(text: str, kept: str) -> str:
    """Join the lines that end in a space, save quotes and the line above a signature."""
    pieces = f"{text}\n".split(" \n")
    joined: list[str] = []
    for piece in pieces[:-1]:
        line = piece[piece.rfind("\n") + 1 :]
        is_hard = line == "--" or line.startswith(">")
        joined += (piece, " \n" if is_hard else kept)
    joined.append(pieces[-1])
    return "".join(joined).removesuffix("\n")
