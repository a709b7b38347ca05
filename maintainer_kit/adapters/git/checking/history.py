# SPDX-License-Identifier: GPL-2.0-or-later
"""Titles of commits that touched files, and who last changed lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from maintainer_kit.adapters.git.process import Git
from maintainer_kit.adapters.git.running import Deadline
from maintainer_kit.lazy.pattern import lazy_pattern
from maintainer_kit.model.mail.text import storable

_SECONDS = 0.5
"""A file that is seldom touched would cost a walk through the whole history."""
_RECENT, _MORE_SECONDS = 2000, 2.0
_MOST_RANGES = 100
_COMMIT = lazy_pattern(rb"([0-9a-f]{40,64}) \d+ \d+(?: \d+)?")


def titles(git: Git, commit: str, paths: Collection[str], limit: int) -> tuple[str, ...]:
    """Titles of the newest commits that touched paths, merges left out, the newest first."""
    known = sorted(one for one in paths if one and "\0" not in one)[:50]
    if not known or limit < 1:
        return ()
    options = ("--format=%s", "--encoding=UTF-8", "--no-show-signature", "--no-merges")
    deadline, found = Deadline(_SECONDS), bytearray()
    with git.start("log", f"-{limit}", "-z", *options, commit, "--", *known) as running:
        while (left := deadline.left) and (more := running.read_within(left)):
            found += more
    # What was cut off by the end of the time is no title.
    return tuple(storable(_text(one)) for one in bytes(found).split(b"\0")[:-1])


class RecentTitles:
    """Titles of the newest commits with the paths they touched, read once for many questions."""

    def __init__(self, git: Git, commit: str) -> None:
        options = ("--format=%x01%s", "--encoding=UTF-8", "--no-show-signature", "--no-merges")
        argv = ("log", f"-{_RECENT}", "-z", "--name-only", "--no-renames", *options, commit, "--")
        deadline, found = Deadline(_MORE_SECONDS), bytearray()
        with git.start(*argv) as running:
            while (left := deadline.left) and (more := running.read_within(left)):
                found += more
        self._titles: list[str] = []
        self._by_path: dict[str, list[int]] = {}
        records = bytes(found).split(b"\x01")[1:]
        # The end of the time may have cut the last one off.
        for record in records if deadline.left else records[:-1]:
            title, *paths = record.split(b"\0")
            self._add(storable(_text(title)), paths)

    def _add(self, title: str, paths: list[bytes]) -> None:
        at = len(self._titles)
        self._titles.append(title)
        for name in {one for path in paths for one in _with_folders(_text(path.lstrip(b"\n")))}:
            self._by_path.setdefault(name, []).append(at)

    def of(self, paths: Collection[str], limit: int) -> tuple[str, ...]:
        """As ``titles`` does."""
        found = {at for path in paths for at in self._by_path.get(path.rstrip("/"), ())}
        return tuple(self._titles[at] for at in sorted(found)[:limit])


def _with_folders(path: str) -> Iterator[str]:
    """A path and the folders it is in."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def blame(git: Git, commit: str, path: str, lines: Collection[int]) -> tuple[str, ...]:
    """Full ids of the commits that last changed lines of a file that is in a commit."""
    ranges = [f"-L{first},{last}" for first, last in _ranges(lines)[:_MOST_RANGES]]
    # A list of commits to be passed over may be configured and not be here.
    said = git.output(
        "-c", "blame.ignoreRevsFile=", "blame", "--porcelain", *ranges, commit, "--", path
    )
    found = (_COMMIT.fullmatch(line) for line in said.split(b"\n") if line[:1] != b"\t")
    return tuple(dict.fromkeys(one[1].decode() for one in found if one))


def _ranges(lines: Collection[int]) -> list[tuple[int, int]]:
    """Lines as ranges from first to last, in order."""
    found: list[tuple[int, int]] = []
    for line in sorted(set(lines)):
        if found and line == found[-1][1] + 1:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return found


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
