# SPDX-License-Identifier: GPL-2.0-or-later
"""Patch files of a series, all of them written by ``git format-patch``.

What is added to the patches is added to copies of the commits, in a repository of ours that is
thrown away: so git encodes, folds and orders it as it does its own, and the user's commits stay.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from hashlib import sha1, sha256
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed, fit, identity
from maintainer_kit.adapters.git.objects import Object, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.posting.ports import Added, Wanted
from maintainer_kit.workflow.posting.texts import with_added

_BRANCH = "posting"
_KEPT = (b"tree ", b"author ", b"committer ")
_MOST = 16 << 20
_SHA256 = 64


class FormatSeries:
    """Implements the port ``Format`` for one repository."""

    def __init__(self, source: Git) -> None:
        self._source = source

    def __call__(self, wanted: Wanted) -> list[bytes]:
        with tempfile.TemporaryDirectory(prefix="mkit-send-") as folder:
            place = Path(folder)
            borrowed = Borrowed.create(self._source, place / "git")
            tip = _copied(borrowed, wanted, place / "commits")
            borrowed.say("update-ref", f"refs/heads/{_BRANCH}", tip)
            _format(borrowed, wanted, place / "out")
            # Titles name no file: they may be anything.
            files = sorted((place / "out").iterdir(), key=lambda one: int(one.name))
            return [one.read_bytes() for one in files]


def _copied(borrowed: Borrowed, wanted: Wanted, folder: Path) -> str:
    """Copies of all commits, with what is added to them: the last one. Two processes do it,
    whatever the number, as the name of a copy can be told before it is written."""
    folder.mkdir()
    digest = sha256 if borrowed.digits == _SHA256 else sha1
    names: list[str] = []
    # As the user sees them, who may have replaced some (git-replace(1)).
    objects = Objects(borrowed.source)
    try:
        for at, one in enumerate(wanted.patches):
            data = _copy(objects, one, names[-1] if names else wanted.base)
            names.append(digest(b"commit %d\0" % len(data) + data).hexdigest())
            (folder / str(at)).write_bytes(data)
    finally:
        objects.close()
    paths = "".join(f"{folder / str(at)}\n" for at in range(len(names)))
    said = borrowed.say(
        "hash-object", "-t", "commit", "-w", "--stdin-paths", stdin=os.fsencode(paths)
    )
    if said.split() != names:
        raise RepositoryError("git names commits otherwise than it should", "git fsck")
    return names[-1]


def _copy(objects: Objects, one: Added, parent: str) -> bytes:
    """A commit with what is added to it, on another parent."""
    found = objects.contents(one.commit, _MOST)
    if not isinstance(found, Object) or found.size > len(found.data):
        raise RepositoryError(f"git cannot read the commit {one.commit[:12]}", "git fsck")
    head, _, message = found.data.partition(b"\n\n")
    lines = head.split(b"\n")
    encoding = next((line[9:] for line in lines if line.startswith(b"encoding ")), b"utf-8")
    text = with_added(_decoded(message, encoding), one.trailers, one.notes)
    kept = [line for line in lines if line.startswith(_KEPT)]
    made = [kept[0], b"parent " + parent.encode("ascii"), *kept[1:]]
    return b"\n".join(made) + b"\n\n" + text.encode("utf-8", "surrogateescape")


def _decoded(message: bytes, encoding: bytes) -> str:
    try:
        return message.decode(encoding.decode("ascii"), "surrogateescape")
    except (LookupError, UnicodeDecodeError):
        return message.decode("utf-8", "surrogateescape")


def _format(borrowed: Borrowed, wanted: Wanted, out: Path) -> None:
    if wanted.cover is not None:
        text = "\n\n".join(one for one in wanted.cover if one)
        borrowed.say("config", f"branch.{_BRANCH}.description", text)
    who = identity(wanted.sender.name, wanted.sender.address)
    borrowed.say("format-patch", *_options(wanted, out), env=who)
    count = len(list(out.iterdir()))
    if count != len(wanted.patches) + (wanted.cover is not None):
        raise RepositoryError(f"git format-patch wrote {count} files", "git log A..B")


def _options(wanted: Wanted, out: Path) -> Iterator[str]:
    yield from ("--quiet", f"--output-directory={out}", "--numbered-files", "--no-notes")
    name = fit(visible_line(wanted.sender.name))
    yield f"--from={name} <{wanted.sender.address}>"
    yield f"--subject-prefix={visible_line(wanted.prefix)}"
    if wanted.revision > 1:
        yield f"--reroll-count={wanted.revision}"
    if wanted.cover is not None:
        yield from ("--cover-letter", "--cover-from-description=subject")
    yield f"--base={wanted.base}"
    yield from (f"{wanted.base}..refs/heads/{_BRANCH}", "--")
