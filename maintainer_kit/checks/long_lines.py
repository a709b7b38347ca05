# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of prose that are too long, and how they are wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from maintainer_kit.checks.columns import TAB, columns, fill
from maintainer_kit.checks.finding import Edit, Part
from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.prose import Kind, is_wordy, kinds_of, list_margin, prose_lines
from maintainer_kit.lazy.pattern import lazy_pattern

# A word that must not come to stand at the head of a line: it would be taken for something else.
_SPEAKS = lazy_pattern(r"[-#>*+|=@%$\[(`\\]|\w{1,2}[.)]|[\w-]{1,30}:|(?:diff|From|commit)\b")
# checkpatch, too, wants the number and the title of a commit in one line.
_NAMES_COMMIT = lazy_pattern(r"\W{0,4}(?:in |since |by )?commit [0-9a-f]{7,64} \(", re.IGNORECASE)
_MOST = 4000
"""Of a line, how much is looked at."""


def long_lines(patch: Patch, limit: int) -> Iterator[tuple[int, int]]:
    """Index and columns of each line of prose that takes more columns than ``limit`` and could be
    broken."""
    # Only tabs and wide characters make a line longer than it has letters.
    is_plain = patch.text.isascii() and "\t" not in patch.text
    least = limit if is_plain else limit // TAB
    if max(map(len, patch.body), default=0) <= least:
        return
    for at, line in prose_lines(patch):
        size = columns(line[:_MOST]) if len(line) > least else 0
        if size > limit and _can_break(line[:_MOST], limit):
            yield at, size


def _can_break(line: str, limit: int) -> bool:
    """Whether it is of words, none of which is what makes it long."""
    if (
        _NAMES_COMMIT.match(line)
        or "://" in line
        or "   " in line.strip()
        or line.count("|") > 1
        or not is_wordy(line)
    ):
        return False
    longest = max(map(len, line.split()), default=0)
    return longest <= limit // 2 and len(line) - longest > limit // 2


def rewrapped(patch: Patch, long: Sequence[int], limit: int) -> tuple[Edit, ...]:
    """Edits that wrap each paragraph from its first long line on; none where a wrapped line could
    be misread."""
    kinds = kinds_of(patch)
    edits: list[Edit] = []
    done = -1
    for at in long:
        if at <= done:
            continue
        end = _end(patch, kinds, at)
        edit = _wrap(patch.body[at:end], at, limit)
        if edit is None:
            return ()
        edits.append(edit)
        done = end - 1
    return tuple(edits)


def _end(patch: Patch, kinds: Sequence[Kind], at: int) -> int:
    """Behind the last line of the paragraph or list item, as far as it is indented alike."""
    margin = list_margin(patch.body[at]) or _indent(patch.body[at])
    end = at + 1
    while (
        end < patch.prose_end
        and kinds[end] is Kind.PROSE
        and not list_margin(patch.body[end])
        and _indent(patch.body[end]) == margin
    ):
        end += 1
    return end


def _wrap(lines: Sequence[str], at: int, limit: int) -> Edit | None:
    margin = list_margin(lines[0]) or _indent(lines[0])
    head, text = lines[0][:margin], " ".join([lines[0][margin:], *lines[1:]])
    wrapped = fill(text.split(), limit, head, " " * margin)
    if any(_SPEAKS.match(line.lstrip()) for line in wrapped[1:]):
        return None
    return Edit(Part.BODY, at, len(lines), tuple(wrapped))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
