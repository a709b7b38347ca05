# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints of commits, from one ``git log -p`` that is told which.

How records are parted, and why no text can pretend to be another commit: ``git_log``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from maintainer_kit.adapters.commits.rows import Found
from maintainer_kit.adapters.git.diff_options import CONFIG, OPTIONS
from maintainer_kit.adapters.git.log import MOST_OF_DIFF
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.running import Running
from maintainer_kit.adapters.process import Result
from maintainer_kit.errors import RepositoryError
from maintainer_kit.matching.commit import commit_print
from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable

_START = b"\x01\0"
_NEXT = b"\n\x01\0"
_FIELDS = ("H", "an", "ae", "ct", "B")
_LOG = (
    "log",
    "--stdin",
    "--no-walk=unsorted",
    "--format=%x01%x00" + "".join(f"%{one}%x00" for one in _FIELDS),
    "--encoding=UTF-8",
    "--no-notes",
    "--no-decorate",
    "--no-show-signature",
    "--no-mailmap",
    "--no-diff-merges",
)
_NO_DIFFS = ("--no-patch",)
_MOST_OF_MESSAGE = 1 << 20
_AT_ONCE = 99
"""Ids in one write: less than a pipe takes at once."""
_FAILURES, _OFTEN = 20, 200
"""So many failures, and one more for so many commits, before no more diffs are asked for: git ends
with each, and is started again behind it."""

_Record = tuple[bytes, int]
"""Fields and diff, and how many bytes of it were passed over."""


def read_prints(
    git: Git, commits: Sequence[str], people: People = NO_MAILMAP, most: int = MOST_OF_DIFF
) -> Generator[Found, None, None]:
    """Prints of commits, by whole ids, each named once; those with missing objects come last, and
    without what their diffs would tell.

    Of a diff of more than ``most`` bytes only the beginning is read, and its print has nothing by
    which it could be the same as another. Raises RepositoryError where not even the messages can be
    read.
    """
    at, failures = 0, 0
    lacking: list[str] = []
    while at < len(commits):
        log = _log(git, commits[at:], OPTIONS, most)
        while (record := next(log, None)) is not None:
            yield _found(record, commits[at], people, most)
            at += 1
        if at < len(commits):
            failures += 1
            is_hopeless = failures > _FAILURES + at // _OFTEN
            end = len(commits) if is_hopeless else at + 1
            lacking += commits[at:end]
            at = end
    rest = iter(lacking)
    for record in _log(git, lacking, _NO_DIFFS, most) if lacking else ():
        yield _found(record, next(rest), people, most, lacks_diff=True)
    if left := list(rest):
        raise RepositoryError(f"{git.place}: commit {left[0][:12]} cannot be read", "git fsck")


def _log(
    git: Git, commits: Sequence[str], options: Sequence[str], most: int
) -> Generator[_Record, None, Result]:
    """Records in the order of the commits, up to the first that git fails at."""
    with git.start(*CONFIG, *_LOG, *options, stdin=True) as running:
        _send(running, commits)
        held = None
        for record in _records(running, most):
            if held:
                yield held
            held = record
        result = running.end()
        # What came last before a failure is no whole commit.
        if held and not result.code:
            yield held
        return result


def _send(running: Running, commits: Sequence[str]) -> None:
    """git reads all of them before it writes; an empty line ends them."""
    for at in range(0, len(commits), _AT_ONCE):
        if not running.write("".join(f"{one}\n" for one in commits[at : at + _AT_ONCE]).encode()):
            return
    running.write(b"\n")


def _records(running: Running, most: int) -> Iterator[_Record]:
    buffer = bytearray()
    looked, passed = 0, 0
    while more := running.read():
        buffer += more
        if not _START.startswith(buffer[: len(_START)]):
            raise RepositoryError("git log writes what cannot be read")
        if (end := buffer.rfind(_NEXT, max(0, looked - len(_NEXT)))) >= 0:
            for record in bytes(buffer[len(_START) : end]).split(_NEXT):
                yield record, passed
                passed = 0
            del buffer[: end + 1]
        elif len(buffer) > 2 * most + len(_NEXT):
            # The end stays: the mark may be cut in two there.
            passed += len(buffer) - most - len(_NEXT)
            del buffer[most : -len(_NEXT)]
        looked = len(buffer)
    if buffer:
        yield bytes(buffer[len(_START) :]), passed


def _found(
    record: _Record, commit: str, people: People, most: int, lacks_diff: bool = False
) -> Found:
    raw, passed = record
    fields = raw.split(b"\0", len(_FIELDS))
    # A message that is longer than all that is kept has no end, and no diff.
    fields += [b""] * (len(_FIELDS) + 1 - len(fields))
    name, address, date, message = (_text(one[:_MOST_OF_MESSAGE]) for one in fields[1:-1])
    if fields[0] != commit.encode():
        raise RepositoryError("git log writes about other commits than it was asked for")
    diff = fields[-1].lstrip(b"\n")
    if is_cut := len(diff) + passed > most:
        diff = diff[:most].rpartition(b"\n")[0]
    author = Person(name, address)
    made = commit_print(
        commit,
        author,
        int(date) if date.isdecimal() and len(date) < 18 else 0,
        message,
        diff,
        people=people,
        is_whole=not (is_cut or lacks_diff),
    )
    return Found(made, author, lacks_diff)


def _text(raw: bytes) -> str:
    return storable(raw.decode("utf-8", "surrogateescape"))
