# SPDX-License-Identifier: GPL-2.0-or-later
"""Follow-ups quote what they answer: `>> A .. B` stands for the parent's lines from A to B."""

from __future__ import annotations

from sample_mboxes.generator import headers
from sample_mboxes.generator.script import ScriptError
from sample_mboxes.generator.story import Draft


def quote(text: str, parent: Draft | None, parent_text: str, where: str) -> str:
    """The text with true quotes, the first below an attribution line; `\\>` is a plain `>`."""
    out: list[str] = []
    said = False
    for line in text.split("\n"):
        if line.startswith("\\>"):
            out.append(line[1:])
            continue
        if not line.startswith(">> "):
            out.append(line)
            continue
        if parent is None:
            raise ScriptError(f"{where}: quotes, but answers nothing")
        if not said:
            out.append(f"On {headers.date(parent.date)}, {parent.sender.name} wrote:")
            said = True
        out += [_prefix(line) for line in _between(line[3:], parent_text.split("\n"), where)]
    return "\n".join(out)


def _prefix(line: str) -> str:
    return f">{line}" if line.startswith(">") else f"> {line}".rstrip(" ")


def _between(wanted: str, lines: list[str], where: str) -> list[str]:
    start, _, end = wanted.partition(" .. ")
    first = next((at for at, line in enumerate(lines) if start in line), None)
    if first is None:
        raise ScriptError(f"{where}: parent has no line with {start!r}")
    if not end:
        return [lines[first]]
    for at in range(first, len(lines)):
        if end in lines[at] and (at > first or lines[at].index(end) > lines[at].index(start)):
            return lines[first : at + 1]
    raise ScriptError(f"{where}: parent has no line with {end!r} below {start!r}")
