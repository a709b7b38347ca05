# SPDX-License-Identifier: GPL-2.0-or-later
"""What of a patch is other than it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from maintainer_kit.checks.patch import Patch
from maintainer_kit.workflow.comparing.shape import FileShape, shape_of

# No line of a hunk begins so.
_PLACES = re.compile(r"^(?:index |similarity |@@ -).*$", re.MULTILINE)


def bare_diff(patch: Patch) -> str:
    """A diff without what says where its hunks stand, and on what they were made: equal ones do
    the same. That of a mail has its signature."""
    return _PLACES.sub("", patch.diff_text)


def changed_parts(old: Patch, new: Patch) -> tuple[str, ...]:
    """Of author, title, message, trailers, code and context those that differ; context where the
    same lines are changed in other surroundings, perhaps at another place."""
    return tuple(_differing(old, new))


def _differing(old: Patch, new: Patch) -> Iterator[str]:
    if _author(old) != _author(new):
        yield "author"
    if old.title != new.title:
        yield "title"
    if _bare(old.prose) != _bare(new.prose):
        yield "message"
    if _trailers(old) != _trailers(new):
        yield "trailers"
    if bare_diff(old) == bare_diff(new):
        return
    before, after = shape_of(old.diff_text).files, shape_of(new.diff_text).files
    if list(map(_code, before)) != list(map(_code, after)):
        yield "code"
    elif list(map(_context, before)) != list(map(_context, after)):
        yield "context"


def _author(patch: Patch) -> tuple[str, str]:
    return patch.author.name, patch.author.address.lower()


def _bare(lines: Sequence[str]) -> list[str]:
    """Lines as git keeps them: no blanks at their ends, no blank lines around."""
    return "\n".join(line.rstrip() for line in lines).strip("\n").split("\n")


def _trailers(patch: Patch) -> list[str]:
    return [line.strip() for line in patch.body[patch.prose_end :] if line.strip()]


def _code(file: FileShape) -> tuple[object, ...]:
    """All but the context."""
    signed = [line for hunk in file.hunks for line in hunk.lines if line[0] in "+-"]
    return (file.path, file.old_path, file.change, file.modes, file.binary, signed)


def _context(file: FileShape) -> tuple[object, ...]:
    return tuple(hunk.lines for hunk in file.hunks)


def shares_file(old: Patch, new: Patch) -> bool:
    """Whether two patches touch a file in common; so do patches that touch none."""
    mine, theirs = _paths(old), _paths(new)
    return not mine.isdisjoint(theirs) or mine == theirs


def likeness(old: Patch, new: Patch) -> float:
    """The part of the changed lines that two patches have in common, 0 to 1."""
    mine, theirs = _changes(old), _changes(new)
    both = (mine & theirs).total()
    return round(both / max(1, mine.total() + theirs.total() - both), 4)


def _paths(patch: Patch) -> set[str]:
    files = shape_of(patch.diff_text).files
    return {path for file in files for path in (file.path, file.old_path)}


def _changes(patch: Patch) -> Counter[tuple[str, str]]:
    return Counter(
        (file.path, line)
        for file in shape_of(patch.diff_text).files
        for hunk in file.hunks
        for line in hunk.lines
        if line[0] in "+-"
    )
