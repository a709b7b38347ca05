# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits that are like patches of the state machine's mail, and none of them surely one."""

from __future__ import annotations

from maintainer_kit.matching.commit import commit_print
from maintainer_kit.model.mail.person import parse_person
from maintainer_kit.model.queue.landed import Role
from tests.build import edit, part_id, read
from tests.fuzz.mails import MAILS
from tests.memory.evidence import MemoryRef, evidence

COMMITS = ("a" * 40, "b" * 40)
"""Of the first patch of foo, and the only one of bar, under another's name."""
_THEIRS = parse_person("Otto Other <otto@other.example>")
_AT = read(MAILS[part_id("foo", 1)]).date + 3600
_FILES = (("fs/foo/1.c", "one_1"), ("fs/bar/1.c", "two_1"))

GIT = evidence(
    [
        commit_print(one, _THEIRS, _AT, "fs: as others did\n", edit(path, new=new).encode())
        for one, (path, new) in zip(COMMITS, _FILES, strict=True)
    ],
    {MemoryRef(1, "/r.git", "refs/heads/master", Role.MAINLINE, COMMITS[1]): COMMITS},
)
