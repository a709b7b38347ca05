# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether patches apply, tried in an index and an object store of our own.

The user's index, work tree and objects are not written to; the temporary folder goes away with
the question.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import visible_line

_FAILED = lazy_pattern(r"^error: (?:patch failed: (?P<place>.+:\d+)|(?P<words>.+))$")
_AGAIN = lazy_pattern(r": patch does not apply$")


def apply_problem(git: Git, objects: Path, patches: Sequence[bytes], base: str) -> str:
    """Why diffs do not apply, in order, to a commit given by its full id; empty when they do.

    ``objects`` is the repository's folder of objects. Raises RepositoryError when it cannot be
    tried.
    """
    with tempfile.TemporaryDirectory(prefix="mkit-apply-") as folder:
        env = _private(Path(folder), objects)
        git.output("read-tree", base, env=env)
        found = _Trial(git, patches, Path(folder), env).first_problem(0, len(patches))
    if found is None:
        return ""
    at, problem = found
    return f"patch {at + 1} of {len(patches)}: {problem}" if len(patches) > 1 else problem


@dataclass(frozen=True, slots=True)
class _Trial:
    """Patches, and an index that they are put into as far as they apply."""

    git: Git
    patches: Sequence[bytes]
    folder: Path
    env: Mapping[str, str]

    def first_problem(self, first: int, end: int) -> tuple[int, str] | None:
        """The first patch from ``first`` to ``end`` that does not apply, and why; many are tried by
        one call of git, and where that fails by halves."""
        if end - first == 1:
            problem = _problem(self.git, self.patches[first], self.env)
            return (first, problem) if problem else None
        if first >= end or self._all_apply(first, end):
            return None
        half = (first + end) // 2
        return self.first_problem(first, half) or self.first_problem(half, end)

    def _all_apply(self, first: int, end: int) -> bool:
        """Where one does not, nothing of them is in the index."""
        names = [str(self._file(at)) for at in range(first, end)]
        argv = ("apply", "--cached", "--whitespace=nowarn", "--", *names)
        return not self.git.run(*argv, env=self.env).code

    def _file(self, at: int) -> Path:
        file = self.folder / f"{at}.patch"
        if not file.exists():
            file.write_bytes(self.patches[at])
        return file


def _private(folder: Path, objects: Path) -> dict[str, str]:
    """Variables that lead all that git writes into a folder."""
    own = folder / "objects"
    own.mkdir()
    # The list is parted by colons; a quoted name may hold one.
    quoted = str(objects).replace("\\", "\\\\").replace('"', '\\"')
    others = [f'"{quoted}"', os.environ.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "")]
    return {
        "GIT_INDEX_FILE": str(folder / "index"),
        "GIT_OBJECT_DIRECTORY": str(own),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": ":".join(one for one in others if one),
    }


def _problem(git: Git, patch: bytes, env: Mapping[str, str]) -> str:
    """What git says of one patch; it is put into the index when it applies."""
    plain = git.run("apply", "--cached", "--whitespace=nowarn", "-", stdin=patch, env=env)
    if not plain.code:
        return ""
    before = git.output("write-tree", env=env)
    merged = git.run("apply", "--cached", "-3", "--whitespace=nowarn", "-", stdin=patch, env=env)
    if merged.code:
        return _words(plain.stderr)
    return "it is there already" if git.output("write-tree", env=env) == before else ""


def _words(stderr: str) -> str:
    """The first thing that git says is wrong, in one line."""
    for line in stderr.splitlines():
        found = _FAILED.match(line)
        if found and found["place"]:
            return f"{visible_line(found['place'])[:200]} is not as the patch expects it"
        if found and not _AGAIN.search(line):
            return visible_line(found["words"])[:200]
    return "git apply failed"
