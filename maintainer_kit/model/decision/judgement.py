# SPDX-License-Identifier: GPL-2.0-or-later
"""What somebody said of a patch and of commits that it may be: the value of a ``landing``."""

from __future__ import annotations

import re

from maintainer_kit.model.decision.event import NO, YES

_LINE = re.compile(f"({YES}|{NO}):([0-9a-f]{{40}}|[0-9a-f]{{64}})")


def judgement(commit: str, is_it: bool) -> str:
    """The value of an event: whether the patch is this commit, named by its whole id."""
    return f"{YES if is_it else NO}:{commit}"


def read_judgements(value: str) -> dict[str, bool]:
    """By commit what holds of it, after judgements that have added up; of several about one commit
    the last. What is none, as another's journal may hold it, is passed over."""
    found: dict[str, bool] = {}
    for line in value.split("\n"):
        if one := _LINE.fullmatch(line):
            found[one[2]] = one[1] == YES
    return found


def held_judgement(value: str, about: str) -> str:
    """Of what has added up that which holds of the commit that another value is about; empty where
    nothing does."""
    named = _LINE.fullmatch(about)
    known = read_judgements(value) if named else {}
    return judgement(named[2], known[named[2]]) if named and named[2] in known else ""
