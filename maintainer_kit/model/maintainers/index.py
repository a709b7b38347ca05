# SPDX-License-Identifier: GPL-2.0-or-later
"""Which sections name a path: found by its directories, not by trying every pattern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from maintainer_kit.model.maintainers.path_pattern import depth_of, start_of, takes_in
from maintainer_kit.model.maintainers.perl_regex import compile_perl
from maintainer_kit.model.maintainers.regex_words import needed_words
from maintainer_kit.model.maintainers.section import Entry, Section

_LONGEST = 4096  # Linux takes no longer path
_KEPT = 10_000


class Match(NamedTuple):
    """Why a section is asked."""

    section: Section
    entry: Entry
    """The pattern that matched: the last such of the section."""
    path: str
    """What it matched; empty for ``K:``."""
    depth: int
    """How precise the pattern is; 0 for ``N:`` and ``K:``."""


class _Named(NamedTuple):
    """An ``F:`` line, with what rules most of them out at once."""

    section: int
    entry: Entry
    start: str
    """What stands before its first wildcard."""
    slashes: int
    """How many the path must have; -1: any number."""


class _Regex(NamedTuple):
    section: int
    entry: Entry


class PathIndex:
    """The patterns of all sections, by the directory that they speak of."""

    def __init__(self, sections: Sequence[Section], directories: Container[str]) -> None:
        self.sections = sections
        self.directories = directories
        self._trees: dict[str, list[_Named]] = defaultdict(list)
        """What takes in a whole directory, by its path with a slash."""
        self._files: dict[str, list[_Named]] = defaultdict(list)
        """What names files without wildcards, by their directory."""
        self._globs: dict[str, list[_Named]] = defaultdict(list)
        """The others, by the directory above their first wildcard."""
        self._regexes: dict[str, list[_Regex]] = defaultdict(list)
        """``N:`` lines, by each word one of which a path must hold; empty: by none."""
        self._excluded: dict[int, list[str]] = defaultdict(list)
        self._known: dict[str, tuple[Match, ...]] = {}
        for section in sections:
            for entry in section.entries:
                if entry.value and entry.letter in "FXN":
                    self._add(section.number, entry)

    def _add(self, section: int, entry: Entry) -> None:
        if entry.letter == "N":
            for word in needed_words(entry.value) or ("",):
                self._regexes[word].append(_Regex(section, entry))
        elif entry.letter == "X":
            self._excluded[section].append(entry.value)
        else:
            self._add_named(section, entry)

    def _add_named(self, section: int, entry: Entry) -> None:
        text = entry.value
        start = start_of(text)
        folder = start[: start.rfind("/") + 1]
        is_tree = text.endswith("/")
        named = _Named(section, entry, start, -1 if is_tree else text.count("/"))
        if start != text:
            self._globs[folder].append(named)
        elif is_tree:
            self._trees[text].append(named)
        else:
            self._files[folder].append(named)
            self._trees[text + "/"].append(named)

    def matches(self, path: str) -> tuple[Match, ...]:
        """One match for each section that names ``path``, the most precise first."""
        path = path[:_LONGEST]
        found = self._known.get(path)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[path] = self._sought(path)
        return found

    def _sought(self, path: str) -> tuple[Match, ...]:
        best: dict[int, Match] = {}
        for number, entry, depth in self._hits(path):
            known = best.get(number)
            # As in the script, the last line of a section that matches tells its depth.
            if known is None or known.entry.place < entry.place:
                best[number] = Match(self.sections[number], entry, path, depth)
        found = [one for number, one in best.items() if not self._excludes(number, path)]
        return tuple(sorted(found, key=lambda one: (-one.depth, one.section.number)))

    def _excludes(self, number: int, path: str) -> bool:
        patterns = self._excluded.get(number, ())
        return any(takes_in(pattern, path, self.directories) for pattern in patterns)

    def _hits(self, path: str) -> Iterator[tuple[int, Entry, int]]:
        slashes = path.count("/")
        for folder in _folders(path):
            for named in self._trees.get(folder, ()):
                yield named.section, named.entry, depth_of(named.entry.value)
            for named in self._globs.get(folder, ()):
                if path.startswith(named.start) and named.slashes in (-1, slashes):
                    yield from self._tried(named, path)
        for named in self._files.get(path[: path.rfind("/") + 1], ()):
            if path.startswith(named.start):
                yield from self._tried(named, path)
        low = path.lower()
        for word, regexes in self._regexes.items():
            if word in low:
                for section, entry in regexes:
                    expression = compile_perl(entry.value)
                    if expression and expression.search(path):
                        yield section, entry, 0

    def _tried(self, named: _Named, path: str) -> Iterator[tuple[int, Entry, int]]:
        if takes_in(named.entry.value, path, self.directories):
            yield named.section, named.entry, depth_of(named.entry.value)


def _folders(path: str) -> Iterator[str]:
    """The directories above a path, from the top, each with a slash; first the top itself."""
    yield ""
    at = path.find("/")
    while at >= 0:
        yield path[: at + 1]
        at = path.find("/", at + 1)
