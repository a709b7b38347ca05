# SPDX-License-Identifier: GPL-2.0-or-later
"""format=flowed text (RFC 3676) back to the lines that were written."""

from __future__ import annotations


def unflow(text: str, *, join: bool, delete_space: bool = False) -> str:
    """Undo space-stuffing, and with ``join`` the soft line breaks too.

    ``join`` makes prose whole again, but glues diff lines that merely end in a space:
    callers try both on a patch and keep the one that parses.
    """
    lines: list[str] = []
    open_line = ""
    for line in text.split("\n"):
        line = line.removesuffix("\r")
        if line.startswith(" "):
            line = line[1:]
        soft = join and line.endswith(" ") and line != "-- " and not line.startswith(">")
        if soft:
            open_line += line[:-1] if delete_space else line
            continue
        lines.append(open_line + line)
        open_line = ""
    if open_line:
        lines.append(open_line)
    return "\n".join(lines)
