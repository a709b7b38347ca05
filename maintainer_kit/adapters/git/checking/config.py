# SPDX-License-Identifier: GPL-2.0-or-later
"""What a repository's configuration says that checking goes by, from one process."""

from __future__ import annotations

from maintainer_kit.adapters.git.process import Git

Config = dict[str, list[tuple[str, str]]]
"""Scope (``local``, ``global``, ...) and value of each setting by its name, in git's order."""

_WANTED = (
    r"^(remote\..*\.(push)?url|branch\..*\.remote|mkit\.profile"
    r"|core\.comment(char|string)|commit\.cleanup)$"
)
# commentString and commentChar are one setting to git: the last of them counts.
_SAME = {"core.commentstring": "core.commentchar"}


def read_config(git: Git) -> Config:
    """Raises RepositoryError where git cannot read it."""
    result = git.run("config", "--null", "--show-scope", "--get-regexp", _WANTED)
    if result.code not in (0, 1):  # 1: it says nothing of that
        raise git.failure("config", result.stderr)
    fields = result.stdout.decode("utf-8", "replace").split("\0")
    found: Config = {}
    for scope, pair in zip(fields[::2], fields[1::2], strict=False):
        name, _, value = pair.partition("\n")
        found.setdefault(_SAME.get(name, name), []).append((scope, value))
    return found
