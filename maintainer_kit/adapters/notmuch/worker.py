# SPDX-License-Identifier: GPL-2.0-or-later
"""A process that adds files to a notmuch index, one batch a line, for ``import``.

Adding a mail is 3 ms in C, but each call comes back for Python's lock, which a busy reader of mail
in the same process holds: 20 % of the time, measured. In a process of its own it waits for nobody.
When its parent is killed it ends its batch, sees the end of its input, and goes.

The other side is ``index_program.py``.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from maintainer_kit.adapters.own_python import own_python
from maintainer_kit.errors import IndexFailure, IndexLocked
from maintainer_kit.workflow.position import Revision
from maintainer_kit.workflow.records import Added

_ROOM = 1 << 20
"""Bytes: Xapian writes several blocks before it notices that the last had no room."""
_PROGRAM = "maintainer_kit.adapters.notmuch.program"


class IndexWorker:
    """Implements the port ``Adder``: the parent's side."""

    def __init__(
        self, database: Path, config: Path | None, written: Callable[[], None] = lambda: None
    ) -> None:
        """``written`` is called after each batch: readers have to open anew."""
        self._written = written
        self._database = database
        self._process = subprocess.Popen(
            own_python(_PROGRAM, str(database), str(config or "")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Xapian speaks there when it gives up in C++; the user gets one line of ours.
            stderr=subprocess.PIPE,
            text=True,
            errors="surrogateescape",
        )

    def start(self, items: Sequence[tuple[str, frozenset[str]]]) -> None:
        """Send a batch; ``finish`` waits for it."""
        line = json.dumps({"items": [[path, sorted(tags)] for path, tags in items]})
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise IndexFailure(f"the indexing process ended: {error}", "mkit doctor") from error

    def finish(self) -> Added:
        """What became of the batch that was started."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._ended()
        self._written()
        answer = json.loads(line)
        if "locked" in answer:
            raise IndexLocked(answer["locked"], "try again when it has finished")
        if "failed" in answer:
            raise IndexFailure(answer["failed"], "mkit doctor")
        return Added(
            Revision(*answer["before"]),
            tuple((message_id, known) for message_id, known in answer["added"]),
            Revision(*answer["after"]),
        )

    def _ended(self) -> IndexFailure:
        """Why it is gone before its time."""
        assert self._process.stderr is not None
        code = self._process.wait()
        if _is_full(self._database):
            again = "make room, then run the same command again"
            return IndexFailure(f"{self._database}: no space left on the disk", again)
        last = self._process.stderr.read().strip().rpartition("\n")[2][:200]
        why = f": {last}" if last else ""
        return IndexFailure(f"the indexing process ended with {code}{why}", "mkit doctor")

    def close(self) -> None:
        """Let it end what it is doing, and wait for that."""
        process = self._process
        assert process.stdin and process.stdout and process.stderr
        process.stdin.close()
        process.stdout.read()
        for end in (process.stdout, process.stderr):
            end.close()
        process.wait()


def _is_full(path: Path) -> bool:
    """Whether there is no room to speak of where an index grows by blocks."""
    try:
        found = os.statvfs(path)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize < _ROOM
