# SPDX-License-Identifier: GPL-2.0-or-later
"""Commits with their diffs, one at a time, from one ``git log``.

A record begins with a line of two control characters, which no line of a diff can begin with, and
holds fields that end with NUL, which git cuts messages off at: no text can pretend to be another
commit.
"""

from __future__ import annotations

from collections.abc import Generator

from maintainer_kit.adapters.git.diff_options import CONFIG, OPTIONS
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.range import Range
from maintainer_kit.adapters.git.running import Running
from maintainer_kit.checks.reading_commit import CommitRecord
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import storable

MOST_OF_DIFF = 16 << 20
"""Bytes of one commit's diff that are read; what is behind them is counted only."""
_MOST_OF_MESSAGE = 1 << 20

_START = b"\x01\0"
_NEXT = b"\n\x01\0"
_FIELDS = ("H", "P", "an", "ae", "cn", "ce", "at", "B")
_FORMAT = "%x01%x00" + "".join(f"%{one}%x00" for one in _FIELDS)
_OPTIONS = (
    f"--format={_FORMAT}",
    "--encoding=UTF-8",
    "--reverse",
    "--topo-order",
    "--no-notes",
    "--no-decorate",
    "--no-show-signature",
    "--no-mailmap",
    "--no-diff-merges",
    *OPTIONS,
)


def read_commits(
    git: Git, wanted: Range, most: int = MOST_OF_DIFF
) -> Generator[CommitRecord, None, None]:
    """Commits of a range, the oldest first; a merge comes without a diff.

    Of a diff of more than ``most`` bytes only the beginning is given. Closing the iterator ends
    git. Raises RepositoryError when git fails on the way, after the commits that it could read.
    """
    with git.start(*CONFIG, "log", *_OPTIONS, *wanted.revisions) as running:
        reader = _Reader(running, most)
        while (record := reader.record()) is not None:
            yield record
        result = running.end()
        if result.code:
            raise git.failure("log", result.stderr)


class _Reader:
    """Cuts what git writes into records; holds one of them at a time."""

    def __init__(self, running: Running, most: int) -> None:
        self._running = running
        self._most = most
        self._buffer = bytearray()

    def record(self) -> CommitRecord | None:
        """The next commit; None at the end."""
        if len(self._buffer) < len(_START) and not self._more() and not self._buffer:
            return None
        if not self._buffer.startswith(_START):
            raise RepositoryError("git log writes what cannot be read")
        del self._buffer[: len(_START)]
        fields = [self._field() for _ in _FIELDS]
        diff, left_out = self._diff()
        return _record(fields, diff, left_out)

    def _more(self) -> bool:
        more = self._running.read()
        self._buffer += more
        return bool(more)

    def _field(self) -> bytes:
        """The bytes up to the next NUL."""
        at = 0
        while (end := self._buffer.find(b"\0", at)) < 0:
            at = len(self._buffer)
            if not self._more():
                raise RepositoryError("git log ended in the middle of a commit")
        found = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return found

    def _diff(self) -> tuple[bytes, int]:
        """The diff up to the next record, and how many bytes of it were passed over."""
        at, passed = 0, 0
        while (end := self._buffer.find(_NEXT, at)) < 0:
            if len(self._buffer) > 2 * self._most + len(_NEXT):
                # The end stays: the mark may be cut in two there.
                passed += len(self._buffer) - self._most - len(_NEXT)
                del self._buffer[self._most : -len(_NEXT)]
            at = max(0, len(self._buffer) - len(_NEXT))
            if not self._more():
                end = len(self._buffer)
                break
        diff = bytes(self._buffer[:end]).lstrip(b"\n")
        del self._buffer[: end + 1]
        return cut_diff(diff, passed, self._most)


def cut_diff(diff: bytes, passed: int, most: int = MOST_OF_DIFF) -> tuple[bytes, int]:
    """The beginning of a diff that is too long, and how many bytes that leaves out; ``passed`` of
    them nobody has read."""
    if len(diff) + passed <= most:
        return diff, 0
    kept = _whole_hunks(diff[:most])
    return kept, len(diff) + passed - len(kept)


def _whole_hunks(diff: bytes) -> bytes:
    """The beginning of a diff up to the last hunk or file that is whole."""
    last_file = diff.rfind(b"\ndiff --git ") + 1
    if (hunk := diff.rfind(b"\n@@ -")) > last_file and diff.rfind(b"\n@@ -", 0, hunk) > last_file:
        return diff[: hunk + 1]
    if last_file:
        return diff[:last_file]
    # A single hunk of that size: the file's name is all that can be told.
    names = diff.find(b"\n--- ")
    return diff[: names + 1] if names >= 0 else b""


def _record(fields: list[bytes], diff: bytes, left_out: int) -> CommitRecord:
    commit, parents, *people, date = (_text(one) for one in fields[:-1])
    author, address, committer, committers = people
    return CommitRecord(
        commit,
        tuple(parents.split()),
        Person(author, address),
        Person(committer, committers),
        int(date) if date.isdecimal() else 0,
        _text(fields[-1][:_MOST_OF_MESSAGE]),
        _text(diff),
        left_out,
    )


def _text(raw: bytes) -> str:
    return storable(raw.decode("utf-8", "surrogateescape"))
