# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits without their diffs: who made them, and what their messages say."""

from __future__ import annotations

from collections.abc import Iterator

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable

_FIELDS = ("H", "P", "an", "ae", "cn", "ce", "at", "B")
_FORMAT = "tformat:" + "".join(f"%{one}%x00" for one in _FIELDS)
_OPTIONS = ("--no-notes", "--no-decorate", "--no-show-signature", "--no-mailmap", "--no-patch")
_MOST_OF_MESSAGE = 1 << 18


def read_heads(git: Git, *revisions: str) -> list[CommitRecord]:
    """All commits of a range, the oldest first; ``revisions`` as git rev-list takes them, by full
    ids. The caller knows how many there are."""
    argv = ("log", f"--format={_FORMAT}", "--encoding=UTF-8", "--reverse", "--topo-order")
    said = git.output(*argv, *_OPTIONS, "-z", *revisions, "--")
    return list(_records(said.split(b"\0")))


def _records(words: list[bytes]) -> Iterator[CommitRecord]:
    """Behind the fields of each, all ended by NUL, -z puts another one."""
    step = len(_FIELDS) + 1
    for at in range(0, len(words) - step + 1, step):
        *fields, message = words[at : at + len(_FIELDS)]
        commit, parents, author, address, committer, committers, date = map(_text, fields)
        yield CommitRecord(
            commit,
            tuple(parents.split()),
            Person(author, address),
            Person(committer, committers),
            int(date) if date.isdecimal() else 0,
            _text(message[:_MOST_OF_MESSAGE]),
            "",
        )


def _text(raw: bytes) -> str:
    return storable(raw.decode("utf-8", "surrogateescape"))
