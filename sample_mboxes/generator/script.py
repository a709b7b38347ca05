# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the scripts: text files whose `%%` lines open a section, with the section's text below."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path


class ScriptError(Exception):
    """The script asks for what cannot be; the text says where."""


@dataclass(frozen=True)
class Section:
    """One `%% verb word word key=value` line and what follows it."""

    verb: str
    words: tuple[str, ...]
    options: dict[str, str]
    lines: tuple[str, ...]
    where: str
    """File and line, for messages."""

    def need(self, key: str) -> str:
        """The option's value; `ScriptError` where it is missing."""
        try:
            return self.options[key]
        except KeyError:
            raise ScriptError(f"{self.where}: {self.verb} needs {key}=") from None

    def get(self, key: str, default: str = "") -> str:
        """The option's value, or the default."""
        return self.options.get(key, default)

    @property
    def text(self) -> str:
        """The lines as one text, ending in a newline unless empty."""
        return "".join(f"{line}\n" for line in self.lines)


def read_script(path: Path) -> list[Section]:
    """All sections of a file, in order."""
    sections: list[Section] = []
    opened: tuple[str, str] | None = None
    lines: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.startswith("%% "):
            lines.append(line)
            continue
        if opened is not None:
            sections.append(_section(*opened, lines))
        opened, lines = (line[3:], f"{path.name}:{number}"), []
    if opened is not None:
        sections.append(_section(*opened, lines))
    return sections


def _section(head: str, where: str, lines: list[str]) -> Section:
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    try:
        verb, *rest = shlex.split(head)
    except ValueError as error:
        raise ScriptError(f"{where}: {error}") from error
    words = tuple(item for item in rest if "=" not in item)
    options = dict(item.split("=", 1) for item in rest if "=" in item)
    return Section(verb, words, options, tuple(lines), where)
