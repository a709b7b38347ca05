# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether patches apply, tried in an index and an object store of our own.

The user's index, work tree and objects are not written to; the temporary folder goes away with
the question.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from maintainer_kit.adapters.git_process import Git
from maintainer_kit.model.mail.text import visible_line

_FAILED = re.compile(r"^error: (?:patch failed: (?P<place>.+:\d+)|(?P<words>.+))$")
_AGAIN = re.compile(r": patch does not apply$")


def apply_problem(git: Git, objects: Path, patches: Sequence[bytes], base: str) -> str:
    """Why diffs do not apply, in order, to a commit given by its full id; empty when they do.

    ``objects`` is the repository's folder of objects. Raises RepositoryError when it cannot be
    tried.
    """
    with tempfile.TemporaryDirectory(prefix="mkit-apply-") as folder:
        env = _private(Path(folder), objects)
        git.output("read-tree", base, env=env)
        for at, patch in enumerate(patches, 1):
            if problem := _problem(git, patch, env):
                return f"patch {at} of {len(patches)}: {problem}" if len(patches) > 1 else problem
    return ""


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
