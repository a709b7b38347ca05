# SPDX-License-Identifier: GPL-2.0-or-later
"""Patch files of a series, all of them written by ``git format-patch``.

What is added to the patches is added to copies of the commits, in a repository of ours that is
thrown away: so git encodes, folds and orders it as it does its own, and the user's commits stay.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from maintainer_kit.adapters.git.borrowed import Borrowed, identity
from maintainer_kit.adapters.git.own import RAW
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.workflow.posting.ports import Added, Wanted
from maintainer_kit.workflow.posting.texts import with_added

_BRANCH = "posting"
_KEPT = (b"tree ", b"author ", b"committer ")
_UNFIT = str.maketrans("", "", "<>\n\r\0")


class FormatSeries:
    """Implements the port ``Format`` for one repository."""

    def __init__(self, source: Git) -> None:
        self._source = source

    def __call__(self, wanted: Wanted) -> list[bytes]:
        with tempfile.TemporaryDirectory(prefix="mkit-send-") as folder:
            place = Path(folder)
            borrowed = Borrowed.create(self._source, place / "git")
            tip = wanted.base
            for one in wanted.patches:
                tip = _copied(borrowed, one, tip)
            borrowed.say("update-ref", f"refs/heads/{_BRANCH}", tip)
            _format(borrowed, wanted, place / "out")
            # Titles name no file: they may be anything.
            files = sorted((place / "out").iterdir(), key=lambda one: int(one.name))
            return [one.read_bytes() for one in files]


def _copied(borrowed: Borrowed, one: Added, parent: str) -> str:
    """A commit with what is added to it, on another parent."""
    raw = borrowed.git.output(
        "cat-file", "commit", one.commit, env={**borrowed.environment(), **RAW}
    )
    head, _, message = raw.partition(b"\n\n")
    lines = head.split(b"\n")
    encoding = next((line[9:] for line in lines if line.startswith(b"encoding ")), b"utf-8")
    text = with_added(_decoded(message, encoding), one.trailers, one.notes)
    kept = [line for line in lines if line.startswith(_KEPT)]
    made = [kept[0], b"parent " + parent.encode("ascii"), *kept[1:]]
    data = b"\n".join(made) + b"\n\n" + text.encode("utf-8", "surrogateescape")
    return borrowed.say("hash-object", "-t", "commit", "-w", "--stdin", stdin=data)


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
    borrowed.say("format-patch", *_options(wanted, out), env={**who, **RAW})
    count = len(list(out.iterdir()))
    if count != len(wanted.patches) + (wanted.cover is not None):
        raise RepositoryError(f"git format-patch wrote {count} files", "git log A..B")


def _options(wanted: Wanted, out: Path) -> Iterator[str]:
    yield from ("--quiet", f"--output-directory={out}", "--numbered-files", "--no-notes")
    name = visible_line(wanted.sender.name).translate(_UNFIT)
    yield f"--from={name} <{wanted.sender.address}>"
    yield f"--subject-prefix={visible_line(wanted.prefix)}"
    if wanted.revision > 1:
        yield f"--reroll-count={wanted.revision}"
    if wanted.cover is not None:
        yield from ("--cover-letter", "--cover-from-description=subject")
    yield f"--base={wanted.base}"
    yield from (f"{wanted.base}..refs/heads/{_BRANCH}", "--")
