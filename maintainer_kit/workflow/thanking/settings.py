# SPDX-License-Identifier: GPL-2.0-or-later
"""What the settings say of thanks: on which lists they are drafted, what trees are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from maintainer_kit.errors import ConfigError
from maintainer_kit.workflow.list_settings import is_of_list

DRAFT, SILENT = "draft", "silent"
_FIELD = "{commit}"


class Named(NamedTuple):
    """What a repository is called."""

    repository: str
    """Its path, as it was written."""
    name: str
    url: str


def is_silent(lines: Sequence[str], lists: Collection[str]) -> bool:
    """Whether topics of these lists, in the form of a List-Id, are passed over: a line about a list
    counts before one about all. Raises ConfigError."""
    said = [_read(line) for line in lines]
    for name, word in said:
        if name and any(is_of_list(one, name) for one in lists):
            return word == SILENT
    return next((word == SILENT for name, word in reversed(said) if not name), False)


def _read(line: str) -> tuple[str, str]:
    words = line.lower().split()
    if not 1 <= len(words) <= 2 or words[-1] not in (DRAFT, SILENT):
        raise ConfigError(
            f"mkit.thanks is {line!r}, which is neither {DRAFT} nor {SILENT}",
            f"git config --global mkit.thanks {DRAFT}, or 'LIST {SILENT}'",
        )
    return (words[0].strip("<>").replace("@", ".") if len(words) > 1 else ""), words[-1]


def read_names(lines: Sequence[str]) -> list[Named]:
    """Lines REPOSITORY NAME [URL], where only the path may hold spaces. Raises ConfigError."""
    return [_named(line) for line in lines]


def _named(line: str) -> Named:
    rest, _, last = line.strip().rpartition(" ")
    url = last if _FIELD in last else ""
    if not url:
        rest = line
    path, _, name = rest.strip().rpartition(" ")
    if not path.strip() or not name:
        raise ConfigError(
            f"mkit.treeName is {line!r}, which is not REPOSITORY NAME [URL]",
            f"git config --global --add mkit.treeName '~/linux mm https://x.example/{_FIELD}'",
        )
    return Named(path.strip(), name, url)
