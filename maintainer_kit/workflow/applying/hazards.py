# SPDX-License-Identifier: GPL-2.0-or-later
"""Patches that are not applied whatever git would say: whose paths lead out of the tree or into a
repository's own folder, or of which nobody knows the author or the diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maintainer_kit.checks.patch import Patch
from maintainer_kit.errors import Refused
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import has_controls, visible_line

# What some file systems take for .git (git's own verify_path knows more, and is asked later).
_GIT_FOLDER = lazy_pattern(r"(?i)\.git[ .]*(?::.*)?|git~\d+")
_IGNORED = lazy_pattern(r"[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_MODE = lazy_pattern(r"(?:new(?: file)? mode|deleted file mode|index \S+) (1[26]0000)$")
_LINK, _MODULE = "120000", "160000"


def refuse_hazards(patches: Sequence[tuple[str, Patch]]) -> None:
    """``patches`` with their Message-IDs. Raises Refused for the first that may not be applied."""
    for message_id, patch in patches:
        trouble = _trouble(patch)
        if trouble:
            name = visible_line(patch.title)[:80]
            raise Refused(f'"{name}": {trouble}', f"mkit show {message_id}")


def _trouble(patch: Patch) -> str:
    if patch.diff is None:
        return "it has no diff"
    if "@" not in patch.author.address:
        return "nobody knows its author"
    for one in patch.diff.files:
        for path in (one.old_path, one.path):
            if path and (trouble := _path_trouble(path)):
                return f"{visible_line(path)[:120]} {trouble}"
    return ""


def _path_trouble(path: str) -> str:
    parts = path.split("/")
    if path.startswith("/") or (len(path) > 1 and path[1] == ":"):
        return "is an absolute path"
    if ".." in parts:
        return "leads out of the tree"
    if any(_GIT_FOLDER.fullmatch(_IGNORED.sub("", one)) for one in parts):
        return "is in a repository's own folder"
    if has_controls(path) or "\n" in path or "\0" in path:
        return "has control characters in its name"
    return ""


def oddities(patch: Patch) -> Iterator[str]:
    """What a reader should know of before it is applied, a few words each."""
    path = ""
    outline = patch.diff_lines
    for line in outline:
        if line.startswith("diff --git "):
            path = visible_line(line.rpartition(" b/")[2])[:120]
        elif path and line[:1] in "nid" and (found := _MODE.match(line)):
            yield f"{path} is a symbolic link" if found[1] == _LINK else f"{path} is a submodule"
            path = ""
