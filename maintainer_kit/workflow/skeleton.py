# SPDX-License-Identifier: GPL-2.0-or-later
"""What a commit message should say, as comments for an empty one; and which messages are let be."""

from __future__ import annotations

from collections.abc import Sequence

from maintainer_kit.checks.area import usual_area
from maintainer_kit.checks.reading_commit import split_message

HISTORY = 20
"""Commits to the same files whose titles are asked for the area."""
_IN_THE_MAKING = ("fixup! ", "squash! ", "amend! ")
_QUESTIONS = (
    "What is broken or missing, and who meets it when:",
    "What comes of it (a crash, wrong data, a slow path):",
    "What this changes, and why that mends it:",
    "How it was tried:",
)


def is_let_be(title: str) -> bool:
    """Whether nobody will read this message as it is: one that a rebase will fold into another, or
    none at all."""
    return not title or title.startswith(_IN_THE_MAKING)


def title_of(text: str) -> str:
    """The title of a cleaned message."""
    return split_message(text)[0]


def is_empty(text: str) -> bool:
    """Whether a cleaned message holds nothing but what git commit -s puts there."""
    lines = [line for line in text.split("\n") if line.strip()]
    return all(line.lower().startswith("signed-off-by: ") for line in lines)


def skeleton(titles: Sequence[str], comment: str) -> list[str]:
    """Lines of a comment that ask what a reader will; ``titles`` are of commits to these files."""
    area, _ = usual_area(titles)
    first = "area: what it does, as a command, in up to 75 characters"
    if area:
        agreeing = sum(one.startswith(f"{area}:") for one in titles)
        first = f"{area}: what it does, as a command, in up to 75 characters"
        first += f"\n  ({agreeing} of the last {len(titles)} commits to these files say {area}:)"
    asked = "\n\n".join((first, *_QUESTIONS))
    return [f"{comment} {line}".rstrip() for line in asked.split("\n")]


def with_skeleton(raw: str, lines: Sequence[str], comment: str) -> str:
    """The file that git hands to the editor, with the skeleton above git's own comments."""
    given = raw.split("\n")
    at = next((n for n, line in enumerate(given) if line.startswith(comment)), len(given))
    above = given[:at] if any(given[:at]) else [""]
    while len(above) > 1 and not above[-1]:
        above.pop()
    blank = [""] if any(above) else []
    return "\n".join([*above, *blank, *lines, comment, *given[at:]])
