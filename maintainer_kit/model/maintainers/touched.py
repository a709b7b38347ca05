# SPDX-License-Identifier: GPL-2.0-or-later
"""What a patch touches, as far as MAINTAINERS asks: paths, words, and commits that it mends."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from maintainer_kit.model.patch.diff import FileChange, parse_diff

_NAMES = re.compile(r"^(?:---|\+\+\+)[ \t]+\S", re.MULTILINE)
_FIXES = re.compile(r"Fixes:[ \t]+([0-9a-fA-F]{6,40})")
_TWO_TREES = re.compile(r"--- ([^/\s]+)/(\S+).*\n\+\+\+ ([^/\s]+)/\2(?:\s|$)")
LONGEST_TEXT = 16_000_000
"""Letters of each part of a text in which words are looked for."""
_MOST_FIXES = 100
_MOST_PATHS = 10_000


@dataclass(frozen=True, slots=True)
class Touched:
    """The part of a patch that tells who is to see it."""

    paths: tuple[str, ...]
    """Before and after the change, sorted."""
    said: str = ""
    """What stands above the first diff, the header included: each line of it may have a keyword."""
    changed: str = ""
    """The diffs, with all that stands between them."""
    fixes: tuple[str, ...] = ()
    """Commits that it names in ``Fixes:``, as written, in order."""


def read_touched(text: str) -> Touched:
    """Read the text of a patch as ``git format-patch`` writes it; of several, one behind the other,
    everything together. Texts in another charset or encoding are to be decoded before."""
    diff = parse_diff(text)
    return touched_in(text, diff.files if diff else ())


def touched_in(text: str, files: Iterable[FileChange]) -> Touched:
    """The same for a text whose ``files`` are known."""
    start = _NAMES.search(text)
    at = start.start() if start else len(text)
    fixes = dict.fromkeys(hit[1] for hit in _at_lines(text, "Fixes:", _FIXES))
    return Touched(
        paths=touched_paths(files, _tops(text)),
        said=text[:at],
        changed=text[at:],
        fixes=tuple(fixes)[:_MOST_FIXES],
    )


def together(some: Iterable[Touched]) -> Touched:
    """Several patches as if they were one; of text only as much as is looked at for keywords."""
    paths: dict[str, None] = {}
    fixes: dict[str, None] = {}
    said, changed = _Text(), _Text()
    for one in some:
        paths.update(dict.fromkeys(one.paths))
        fixes.update(dict.fromkeys(one.fixes))
        said.add(one.said)
        changed.add(one.changed)
    return Touched(
        tuple(sorted(paths)[:_MOST_PATHS]),
        "\n".join(said.parts),
        "\n".join(changed.parts),
        tuple(fixes)[:_MOST_FIXES],
    )


@dataclass(slots=True)
class _Text:
    parts: list[str] = field(default_factory=list)
    left: int = LONGEST_TEXT

    def add(self, text: str) -> None:
        if text and self.left > 0:
            self.parts.append(text[: self.left])
            self.left -= len(text)


def _at_lines(text: str, start: str, rest: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The lines that begin with ``start`` and go on as ``rest`` wants them: much faster than to
    try it at every line."""
    at = 0 if text.startswith(start) else text.find("\n" + start) + 1
    while text.startswith(start, at):
        if hit := rest.match(text, at):
            yield hit
        at = text.find("\n" + start, at) + 1 or len(text)


def _tops(text: str) -> frozenset[str]:
    """What ``diff -u`` of two trees, such as linux.orig and linux, puts before each path."""
    found = (hit for hit in _at_lines(text, "--- ", _TWO_TREES) if hit[1] != hit[3])
    return frozenset(top for hit in found for top in (hit[1], hit[3]) if len(top) > 1)


def touched_paths(files: Iterable[FileChange], tops: Collection[str] = ()) -> tuple[str, ...]:
    """The paths that a diff names, before and after the change; ``tops`` are directories that
    stand for the top of the tree."""
    paths = {path for file in files for path in (file.old_path, file.path) if path}
    return tuple(sorted({_below(path, tops) for path in paths})[:_MOST_PATHS])


def _below(path: str, tops: Collection[str]) -> str:
    top, _, rest = path.partition("/")
    return rest if top in tops and rest else path
