# SPDX-License-Identifier: GPL-2.0-or-later
"""All sections of a project, and which of them a patch concerns."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from maintainer_kit.model.mail.mailmap import NO_MAILMAP, People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.maintainers.addresses import people_of
from maintainer_kit.model.maintainers.index import Match, PathIndex
from maintainer_kit.model.maintainers.keywords import Keywords
from maintainer_kit.model.maintainers.reading import Problem, read_sections
from maintainer_kit.model.maintainers.section import Section
from maintainer_kit.model.maintainers.touched import Touched
from maintainer_kit.model.maintainers.unusable import unusable


@dataclass(frozen=True)
class Maintainers:
    """Who looks after what."""

    sections: tuple[Section, ...]
    unread: tuple[Problem, ...] = ()
    """Lines that belong nowhere."""
    directories: Container[str] = ()
    """Directories of the tree, without a slash at the end. Only asked about names in ``F:`` and
    ``X:`` without a slash, where another path begins alike."""
    people: People = NO_MAILMAP
    """The tree's mailmap, as ``tree_people`` reads it."""
    ignored: frozenset[Person] = frozenset()
    """Who wants no mail for having signed a commit once: .get_maintainer.ignore."""

    @cached_property
    def index(self) -> PathIndex:
        return PathIndex(self.sections, self.directories)

    @cached_property
    def keywords(self) -> Keywords:
        return Keywords(self.sections)

    @cached_property
    def buried(self) -> frozenset[str]:
        """Addresses of maintainers who ask not to be mailed, in small letters."""
        values = [value for one in self.sections if one.is_buried for value in one.values("M")]
        return frozenset(person.key for value in values for person in people_of(value))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every line that does not work: unread, or with a value that cannot be used."""
        found = (*self.unread, *unusable(self.sections))
        return tuple(sorted(found, key=lambda one: (one.source, one.line)))

    def matches(self, touched: Touched) -> tuple[Match, ...]:
        """Each section that a patch concerns, once: by path, within one the most precise first;
        then by keywords."""
        found: dict[int, Match] = {}
        for path in touched.paths:
            for match in self.index.matches(path):
                found.setdefault(match.section.number, match)
        for match in self.keywords.matches(touched):
            found.setdefault(match.section.number, match)
        return tuple(found.values())

    def sections_of(self, paths: Iterable[str], changed: str = "") -> tuple[Section, ...]:
        """The sections of some files, and of a diff's text; in the order of ``matches``."""
        touched = Touched(tuple(sorted(set(paths))), changed=changed)
        return tuple(match.section for match in self.matches(touched))

    def trees_of(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Where patches of these files are collected, the trees of precise sections first."""
        found = (tree for section in self.sections_of(paths) for tree in section.trees)
        return tuple(dict.fromkeys(found))

    def unmaintained(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Those of the files that nobody looks after: no section with a maintainer that is
        supported or maintained names them, other than one that names everything."""
        return tuple(path for path in paths if not any(map(_cares, self.index.matches(path))))


def _cares(match: Match) -> bool:
    return match.section.is_active and not match.section.is_rest


def read_maintainers(
    files: Mapping[str, str],
    directories: Container[str] = (),
    people: People = NO_MAILMAP,
    ignored: Iterable[Person] = (),
) -> Maintainers:
    """Read MAINTAINERS files; ``files`` are their texts by path. Nothing in them is an error: see
    ``problems``."""
    sections, problems = read_sections(files)
    return Maintainers(sections, problems, directories, people, frozenset(ignored))
