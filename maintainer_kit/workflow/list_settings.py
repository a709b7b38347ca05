# SPDX-License-Identifier: GPL-2.0-or-later
"""What settings say of single mailing lists: lines LIST VALUE, where LIST is an address, a List-Id,
or how that begins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from maintainer_kit.errors import ConfigError

if TYPE_CHECKING:  # see position.py
    from maintainer_kit.config import Settings

PROFILE, TREE = "mkit.listProfile", "mkit.listTree"
_EXAMPLES = {
    PROFILE: f"git config --global --add {PROFILE} 'linux-erofs kernel'",
    TREE: f"git config --global --add {TREE} 'linux-erofs ~/src/linux'",
}
Pairs = tuple[tuple[str, str], ...]
"""Lists, in the form of a List-Id or how that begins, each with what is said of it."""


def list_profiles(settings: Settings) -> Pairs:
    """Rules that mail of a list is checked by. Raises ConfigError, as does the next."""
    return _pairs(PROFILE, settings.list_profile)


def list_trees(settings: Settings) -> Pairs:
    """Repositories in which the patches of a list are collected."""
    return _pairs(TREE, settings.list_tree)


def said_of(pairs: Pairs, names: Collection[str]) -> tuple[str, str] | None:
    """The first line about any of some lists; ``names`` in the form of a List-Id."""
    found = (pair for pair in pairs if any(is_of_list(name, pair[0]) for name in names))
    return next(found, None)


def list_word(settings: Settings, value: str) -> str:
    """What somebody calls a list, in the form of a List-Id or how that begins: its address, its
    List-Id, its name, or the address of its archive."""
    value = value.lower()
    if "://" not in value:
        return value.replace("@", ".").strip("<>")
    from maintainer_kit.workflow.pulling.places import list_archives

    place = value.rstrip("/")
    names = {address.lower(): name for name, address in list_archives(settings).items()}
    return names.get(place) or place.rpartition("/")[2]


def is_of_list(name: str, asked: str) -> bool:
    """Whether a List-Id is the one that is asked about, or begins so, up to a dot."""
    return name == asked or name.startswith(f"{asked}.")


def _pairs(key: str, lines: Sequence[str]) -> Pairs:
    found = []
    for line in lines:
        name, _, value = line.strip().partition(" ")
        if not name or not value.strip():
            raise ConfigError(f"{key} is {line!r}, which says no LIST and VALUE", _EXAMPLES[key])
        found.append((name.lower().strip("<>").replace("@", "."), value.strip()))
    return tuple(found)
