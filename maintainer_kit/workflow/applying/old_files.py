# SPDX-License-Identifier: GPL-2.0-or-later
"""The files that a series starts from, by what its diffs say of them: git writes the blob of each
into its ``index`` line."""

from __future__ import annotations

from collections.abc import Iterable

from maintainer_kit.checks.patch import Patch
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.patch.outline import outline_of
from maintainer_kit.workflow.applying.ports import OldFile

_INDEX = lazy_pattern(r"index ([0-9a-f]{4,64})\.\.[0-9a-f]{4,64}(?: |$)")
_MOST = 200
"""Files that a base is told by."""
NONE = ""
"""The blob of a file that is not to be there."""


Known = dict[int, list[tuple[OldFile, str]]]
"""Of patches that live as long, by their identity."""


def old_files(patches: Iterable[Patch], known: Known | None = None) -> list[OldFile]:
    """Each path once, as the first patch that changes it found it.

    Who asks for the beginnings of a long series gives one ``known`` for all.
    """
    known = {} if known is None else known
    found: dict[str, OldFile] = {}
    made: set[str] = set()
    for patch in patches:
        if id(patch) not in known:
            known[id(patch)] = list(_files(patch))
        for one, path in known[id(patch)]:
            if one.path not in made:
                found.setdefault(one.path, one)
            made.add(path)
        if len(found) >= _MOST:
            break
    return list(found.values())[:_MOST]


def _files(patch: Patch) -> Iterable[tuple[OldFile, str]]:
    """Of each file with an ``index`` line what it was, and its path after the patch."""
    outline = outline_of(patch.diff_text) if patch.diff_text else None
    for file in outline.files if outline else ():
        assert outline is not None
        lines = outline.lines.lines[file.start : file.body]
        blob = next((one[1] for line in lines if (one := _INDEX.match(line))), None)
        if blob is None or not file.path:
            continue
        is_new = not blob.strip("0")
        yield OldFile(file.old_path or file.path, NONE if is_new else blob), file.path
