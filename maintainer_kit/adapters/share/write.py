# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of a journal as a commit: segments that grow to a bound, so that git's objects stay small
and what is full never changes again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.share.read import OWN, Journal

_MOST_LINES = 1000
_MOST_BYTES = 1 << 20
_NOT_IN_A_NAME = dict.fromkeys(map(ord, "<>\n\r\0"), " ")


def write_journal(
    git: Git,
    machine: str,
    tip: str,
    journal: Journal,
    lines: Sequence[bytes],
    seen: Mapping[str, int],
    by: tuple[str, str, int],
) -> None:
    """Commit more lines to a machine's ref, whose tip holds ``journal``; one process for all of it.

    ``seen`` says how many lines of each other machine were known; ``by`` is a name, an address and
    a time in seconds. The ref moves last, and only from ``tip``.
    """
    total = len(journal.lines) + len(lines)
    known = "".join(f"Seen: {name} {count}\n" for name, count in sorted(seen.items()))
    message = f"mkit: {len(lines)} more of {machine}\n\nGroups: {total}\n{known}".encode()
    name, address, time = by
    name = name.translate(_NOT_IN_A_NAME).strip() or machine
    who = f"{name} <{address.translate(_NOT_IN_A_NAME)}> {time} +0000"
    stream = [b"feature done\n", f"commit {OWN}{machine}\ncommitter {who}\n".encode()]
    stream.append(_data(message))
    if tip:
        stream.append(f"from {tip}\n".encode())
    for segment, content in _segments(journal, lines):
        stream += [f"M 100644 inline {segment}\n".encode(), _data(content)]
    stream.append(b"\ndone\n")
    durable = ("-c", "core.fsync=committed")
    git.output(*durable, "fast-import", "--quiet", stdin=b"".join(stream))


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _segments(journal: Journal, lines: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """The segments that change: the last one, as long as there is room, and new ones."""
    number = len(journal.segments)
    part = list(journal.segments[-1][2]) if number else []
    size = sum(len(line) + 1 for line in part)
    if not part:
        number += 1
    fresh = False
    for line in lines:
        if part and (len(part) >= _MOST_LINES or size + len(line) >= _MOST_BYTES):
            if fresh:
                yield _segment(number, part)
            number, part, size = number + 1, [], 0
        part.append(line)
        size += len(line) + 1
        fresh = True
    yield _segment(number, part)


def _segment(number: int, lines: Sequence[bytes]) -> tuple[str, bytes]:
    return f"{number:06}.jsonl", b"".join(line + b"\n" for line in lines)
