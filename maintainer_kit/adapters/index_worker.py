# SPDX-License-Identifier: GPL-2.0-or-later
"""A process that adds files to a notmuch index, one batch a line, for ``import``.

Adding a mail is 3 ms in C, but each call comes back for Python's lock, which a busy reader of mail
in the same process holds: 20 % of the time, measured. In a process of its own it waits for nobody.
When its parent is killed it ends its batch, sees the end of its input, and goes.

The other side is ``index_program.py``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from maintainer_kit.errors import IndexFailure, IndexLocked
from maintainer_kit.workflow.position import Revision
from maintainer_kit.workflow.records import Added

_PROGRAM = "maintainer_kit.adapters.index_program"


class IndexWorker:
    """Implements the port ``Adder``: the parent's side."""

    def __init__(
        self, database: Path, config: Path | None, written: Callable[[], None] = lambda: None
    ) -> None:
        """``written`` is called after each batch: readers have to open anew."""
        self._written = written
        argv = [sys.executable, "-m", _PROGRAM, str(database), str(config or "")]
        self._process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, errors="surrogateescape"
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
            code = self._process.wait()
            raise IndexFailure(f"the indexing process ended with {code}", "mkit doctor")
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

    def close(self) -> None:
        """Let it end what it is doing, and wait for that."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.read()
        self._process.stdout.close()
        self._process.wait()
