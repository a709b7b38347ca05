# SPDX-License-Identifier: GPL-2.0-or-later
"""The journal: one JSON object a line, appended under a lock and fsynced.

A line is either a group of decisions, ``{"group": id, "time": ..., "who": ..., "origin": ...,
"why": ..., "events": [{"kind": ..., "message_id": ..., "value": ...}, ...], "undoes": id}``,
or ``{"written": [id, ...], "index": uuid}``: their tags are in that index. Time is ISO 8601 with
microseconds, UTC. The order of lines does not matter, so the union of two journals is a journal.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from maintainer_kit.adapters.durable import sync_directory
from maintainer_kit.errors import StateError
from maintainer_kit.workflow.position import JournalView

if TYPE_CHECKING:  # see workflow/position.py
    from maintainer_kit.model.decision.event import Group


class FileJournal:
    """Implements the port ``Journal``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, group: Group) -> None:
        from maintainer_kit.model.decision.event_codec import dump_group

        self._append(dump_group(group))

    def mark_written(self, group_ids: Iterable[str], uuid: str) -> None:
        listed = sorted(group_ids)
        if listed:
            self._append({"written": listed, "index": uuid})

    def append_all(self, lines: Sequence[bytes]) -> None:
        """Take over lines of another journal as they stand, without their ends: all of them
        durable when it returns, or on an error none."""
        if lines:
            self._write(b"".join(line + b"\n" for line in lines))

    def _append(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n"
        self._write(line.encode("utf-8", "replace"))

    def _write(self, data: bytes) -> None:
        try:
            with self._locked() as handle:
                end = _cut_torn_line(handle)
                try:
                    _write_all(handle, data)
                    os.fsync(handle)
                except OSError:
                    # Half a line would be cut at the next start anyway; a whole one that was not
                    # reported as written must not come back.
                    os.ftruncate(handle, end)
                    raise
        except OSError as error:
            raise StateError(
                f"{self.path}: {error.strerror}; nothing was decided", "mkit doctor"
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[int]:
        fresh = not self.path.exists()
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if fresh:
                sync_directory(self.path.parent)
            yield handle
        finally:
            os.close(handle)

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise StateError(f"{self.path}: {error.strerror}", "mkit doctor") from error

    def lines(self) -> list[bytes]:
        """All whole lines as they stand, without their ends; those that only a newer mkit
        understands too."""
        return [line for line in self._read().split(b"\n")[:-1] if line]

    def read(self, since: str = "") -> JournalView:
        data = self._read()
        end = data.rfind(b"\n") + 1
        start = _position(since, data[:end])
        mark = f"{end}:{crc32(data[:end])}"
        groups, marks = _load(data[start or 0 : end])
        return JournalView(groups, marks, mark, start is None)

    def broken_lines(self) -> list[int]:
        """Numbers of the lines that cannot be understood, counted from 1."""
        if not self.path.exists():
            return []
        lines = self.path.read_bytes().split(b"\n")
        return [at for at, line in enumerate(lines, 1) if line.strip() and not _understood(line)]


def _load(data: bytes) -> tuple[tuple[Group, ...], frozenset[tuple[str, str]]]:
    if not data:
        return (), frozenset()
    from maintainer_kit.model.decision.event_codec import load_group

    groups: list[Group] = []
    marks: set[tuple[str, str]] = set()
    for line in data.split(b"\n"):
        entry = _parse(line)
        if "written" in entry:
            marks.update((one, str(entry.get("index", ""))) for one in _written(entry))
        elif "group" in entry and (group := load_group(entry)):
            groups.append(group)
    return tuple(groups), frozenset(marks)


def _parse(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line) if line.strip() else {}
    except ValueError:
        return {}
    return entry if isinstance(entry, dict) else {}


def _written(entry: dict[str, Any]) -> list[str]:
    """The groups of a "written" line; empty where it is damaged."""
    listed = entry["written"]
    return [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []


def _understood(line: bytes) -> bool:
    from maintainer_kit.model.decision.event_codec import load_group

    entry = _parse(line)
    if "written" in entry:
        return bool(_written(entry))
    return "group" in entry and load_group(entry) is not None


def _position(mark: str, data: bytes) -> int | None:
    """Where a mark points in today's journal; None when it does not fit any more."""
    if not mark:
        return None
    length, _, check = mark.partition(":")
    if not length.isdecimal():
        return None
    at = int(length)
    if at > len(data) or str(crc32(data[:at])) != check:
        return None
    return at


def _cut_torn_line(handle: int) -> int:
    """Remove a last line that a crash left without its end; gives the length that remains."""
    size = os.fstat(handle).st_size
    at = size
    while at:
        step = min(at, 65536)
        block = os.pread(handle, step, at - step)
        found = block.rfind(b"\n")
        if found >= 0:
            at = at - step + found + 1
            break
        at -= step
    if at != size:
        os.ftruncate(handle, at)
    return at


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]
