# SPDX-License-Identifier: GPL-2.0-or-later
"""Journals as they lie in a repository: a ref for each machine, whose tree holds segments.

The refs of other machines are what anybody wrote there: nothing is read without a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maintainer_kit.adapters.git.objects import Absent, Objects
from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.revisions import is_ancestor
from maintainer_kit.adapters.share.machine import NAME
from maintainer_kit.errors import RepositoryError
from maintainer_kit.model.mail.text import count_of, visible_line
from maintainer_kit.workflow.sharing.ports import Seen

OWN, OTHERS, FETCHED = "refs/mkit/journal/", "refs/mkit/others/", "refs/mkit/fetched/"
"""Ours; what we have accepted of others; what was last seen at the other end."""

_PREFIXES = (OWN, OTHERS, FETCHED)
_MOST_MACHINES = 200
_LONGEST_SEGMENT = 64 << 20
_LONGEST_JOURNAL = 256 << 20
_LONGEST_LIST = 4 << 20
"""Bytes of a listing."""
_MOST_COMMITS = 2000
_ENTRY = re.compile(rb"(\d{6}) (\w{1,10}) ([0-9a-f]{40,64}) +(\d{1,18}|-)\t(.{1,1000})", re.DOTALL)
_SEGMENT = re.compile(rb"\d{6}\.jsonl")
_TOTAL = re.compile(r"Groups: (\d{1,15})")
_SEEN = re.compile(r"Seen: ([a-z0-9-]{1,64}) (\d{1,15})")


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal that a commit holds."""

    segments: tuple[tuple[str, str, tuple[bytes, ...]], ...]
    """Name, object and lines of each."""
    oddities: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[bytes, ...]:
        return tuple(line for _, _, lines in self.segments for line in lines)


EMPTY = Journal(())


class JournalReader:
    """Reads journals; a segment that was read is not read again."""

    def __init__(self, git: Git) -> None:
        self._git = git
        self._objects = Objects(git)
        self._segments: dict[str, tuple[bytes, ...]] = {}
        self._journals: dict[str, Journal] = {}

    def close(self) -> None:
        self._objects.close()

    def refs(self) -> dict[str, dict[str, str]]:
        """Below each of the three prefixes by machine the object that its ref names; a ref of no
        sane name is no machine's. Raises RepositoryError where there are absurdly many."""
        listed = self._bounded("for-each-ref", "--format=%(refname) %(objectname)", *_PREFIXES)
        found: dict[str, dict[str, str]] = {prefix: {} for prefix in _PREFIXES}
        for line in listed.decode("utf-8", "replace").splitlines():
            name, _, value = line.partition(" ")
            prefix, machine = name[: name.rfind("/") + 1], name[name.rfind("/") + 1 :]
            if prefix in found and NAME.fullmatch(machine):
                found[prefix][machine] = value
        many = max(len(found[OTHERS]), len(found[FETCHED]))
        if many > _MOST_MACHINES:
            words = f"{many} machines share there, more than {_MOST_MACHINES}"
            raise RepositoryError(words, "mkit share --remote URL")
        return found

    def journal(self, tip: str) -> Journal:
        """The journal in a commit; what cannot be read is named, and left out."""
        if tip not in self._journals:
            self._journals[tip] = self._read(tip)
        return self._journals[tip]

    def seen(self, tip: str, before: str = "") -> tuple[Seen, ...]:
        """What a machine knew of others, by its commits since ``before``, the oldest first."""
        wanted = [f"--max-count={_MOST_COMMITS}", "--format=%B%x00", tip]
        if before:
            wanted.append(f"^{before}")
        try:
            text = self._bounded("log", "--reverse", *wanted).decode("utf-8", "replace")
        except RepositoryError:
            return ()  # no commits, or hostile ones: only what is told of conflicts hangs on it
        return tuple(_seen(one) for one in text.split("\0") if _TOTAL.search(one))

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether ``newer`` came out of ``older``, or is it; False where one is no commit."""
        both = map(self._is_commit, (older, newer))
        return all(both) and is_ancestor(self._git, older, newer)

    def _is_commit(self, name: str) -> bool:
        """What others have may be anything."""
        found = self._objects.info(name)
        return not isinstance(found, Absent) and found.kind == "commit"

    def _read(self, tip: str) -> Journal:
        root = self._objects.info(tip)
        if isinstance(root, Absent) or root.kind != "commit":
            return Journal((), ("what is there is no journal",))
        odd: list[str] = []
        segments, size = [], 0
        for name, blob, length in self._entries(tip, odd):
            size += length
            if length > _LONGEST_SEGMENT or size > _LONGEST_JOURNAL:
                size -= length
                odd.append(f"{name} is absurdly large ({length >> 20} MiB), left out")
                continue
            segments.append((name, blob, self._lines(name, blob, odd)))
        return Journal(tuple(segments), tuple(odd))

    def _entries(self, tip: str, odd: list[str]) -> Iterator[tuple[str, str, int]]:
        """Segments in order: name, object and length."""
        strange = 0
        for line in self._bounded("ls-tree", "-l", "-z", tip).split(b"\0"):
            found = _ENTRY.fullmatch(line)
            if not found or not _SEGMENT.fullmatch(found[5]) or found[2] != b"blob":
                strange += bool(line)
            elif found[1] == b"100644" and found[4] != b"-":
                yield found[5].decode(), found[3].decode(), int(found[4])
            else:
                strange += 1
        if strange:
            odd.append(f"{count_of(strange, 'file')} that belong to no journal, left out")

    def _lines(self, name: str, blob: str, odd: list[str]) -> tuple[bytes, ...]:
        if blob not in self._segments:
            found = self._objects.contents(blob, _LONGEST_SEGMENT)
            data = b"" if isinstance(found, Absent) else found.data
            *whole, torn = data.split(b"\n")
            if torn or isinstance(found, Absent):
                odd.append(f"{visible_line(name)} ends within a line, which is left out")
            self._segments[blob] = tuple(line for line in whole if line)
        return self._segments[blob]

    def _bounded(self, *argv: str) -> bytes:
        """What git prints, as far as it is not absurdly much."""
        data = bytearray()
        with self._git.start(*argv) as running:
            while len(data) <= _LONGEST_LIST and (more := running.read()):
                data += more
            if len(data) > _LONGEST_LIST:
                raise RepositoryError(
                    f"git {argv[0]} tells absurdly much", "mkit share --remote URL"
                )
            result = running.end()
        if result.code:
            raise self._git.failure(argv[0], result.stderr)
        return bytes(data)


def _seen(text: str) -> Seen:
    total = _TOTAL.search(text)
    assert total
    return Seen(int(total[1]), {machine: int(count) for machine, count in _SEEN.findall(text)})
