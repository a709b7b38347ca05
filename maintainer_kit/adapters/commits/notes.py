# SPDX-License-Identifier: GPL-2.0-or-later
"""Notes that name the mail of a commit, as git's own project keeps them in ``refs/notes/amlog``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.matching.mentions import read_mentions

NOTES = "refs/notes/amlog"
_TREE = re.compile(rb"\d{6} blob ([0-9a-f]{40,64})\t([0-9a-f/]{40,120})")
_CHANGED = re.compile(rb":\d{6} \d{6} [0-9a-f]+ ([0-9a-f]{40,64}) [AM]\t([0-9a-f/]{40,120})")
_MOST_OF_NOTE = 1 << 16

_Blobs = Mapping[str, str]
"""By commit the note on it."""


def read_notes(git: Git, was: str, tip: str, fresh: Collection[str]) -> Iterator[tuple[str, str]]:
    """Commits with the Message-IDs of notes that are new since ``was`` (empty: all), and of those
    on ``fresh`` commits."""
    changed = _changed(git, was, tip)
    # What the notes had before is wanted of commits that nobody asked about then.
    wanted = {**_of(_all(git, tip) if fresh and was else {}, fresh), **changed}
    objects = Objects(git)
    try:
        for commit, blob in wanted.items():
            found = objects.contents(blob, _MOST_OF_NOTE)
            if isinstance(found, Object):
                text = found.data.decode("utf-8", "replace")
                for message_id in read_mentions(text).message_ids:
                    yield commit, message_id
    finally:
        objects.close()


def _changed(git: Git, was: str, tip: str) -> _Blobs:
    if was == tip:
        return {}
    if was:
        result = git.run("diff-tree", "-r", "--raw", "--no-abbrev", "--no-renames", was, tip, "--")
        if not result.code:
            return _read(_CHANGED, result.stdout)
    return _all(git, tip)


def _all(git: Git, tip: str) -> _Blobs:
    return _read(_TREE, git.output("ls-tree", "-r", "--full-tree", tip))


def _read(pattern: re.Pattern[bytes], listed: bytes) -> _Blobs:
    found = (pattern.fullmatch(line) for line in listed.split(b"\n"))
    return {one[2].replace(b"/", b"").decode(): one[1].decode() for one in found if one}


def _of(blobs: _Blobs, commits: Collection[str]) -> _Blobs:
    return {commit: blobs[commit] for commit in commits if commit in blobs}
