# SPDX-License-Identifier: GPL-2.0-or-later
"""What git tells a pre-push hook (githooks(5)), and what pre-commit makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MOST_COMMITS = 500
"""Commits of one push that are checked, the newest; nobody reads the findings of more."""
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Pushed:
    """One reference that is to be changed."""

    name: str
    """Its name here, as the user named it."""
    local: str
    """The object that it shall be there, by its id or by a name that it has here."""
    remote: str
    """The object that it is there, known here or not; empty or zeros when it is not there yet."""


def pushed_refs(text: str) -> Iterator[Pushed]:
    """Lines of standard input, ``local-ref id remote-ref id``; those that delete are left out."""
    for line in text.splitlines():
        fields = line.split()
        if len(fields) != 4:
            continue
        name, local, _, remote = fields
        if _is_id(local) and _is_id(remote) and local.strip("0"):
            yield Pushed(name, local, remote)


def pushed_by_pre_commit(variables: Mapping[str, str]) -> tuple[Pushed, ...]:
    """What pre-commit.com tells in the environment instead, one reference at a time.

    Of a branch that shares no commit with the remote it tells the name alone.
    """
    name = variables.get("PRE_COMMIT_LOCAL_BRANCH", "")
    local = variables.get("PRE_COMMIT_TO_REF") or name
    there = variables.get("PRE_COMMIT_FROM_REF", "")
    return (Pushed(name or "HEAD", local, there),) if local else ()


def _is_id(text: str) -> bool:
    return 40 <= len(text) <= 64 and _HEX.issuperset(text)
