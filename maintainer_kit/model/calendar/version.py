# SPDX-License-Identifier: GPL-2.0-or-later
"""Tags of releases and release candidates, read by their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maintainer_kit.lazy.pattern import lazy_pattern

_MAX_NAME = 100
_YEARS = 2 * 365 * 86_400
_CANDIDATE = lazy_pattern(r"(?i)[-_.~]?rc[-_.]?([0-9]{1,3})$")
_NUMBERS = lazy_pattern(r"[0-9]{1,8}(?:\.[0-9]{1,8}){0,3}$")
_PREFIX = lazy_pattern(r"(?:[A-Za-z0-9._+/-]{0,80}[A-Za-z/_+-])?$")
_OTHER_NUMBERS = lazy_pattern(r"[0-9]\.[0-9]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a repository."""

    name: str
    date: int
    """Of the tagger, or of the commit of a lightweight tag; seconds since the epoch, 0 unknown."""


@dataclass(frozen=True, slots=True)
class Version:
    """A tag whose name is a version."""

    tag: Tag
    prefix: str
    """What stands before the numbers: ``v``, ``release-`` or nothing."""
    numbers: tuple[int, ...]
    candidate: int | None
    """The n of rcN; None for a release."""
    base: str
    """The name without rcN: that of the release, once it is there."""

    @property
    def is_fix(self) -> bool:
        """Whether it is a maintenance release or a candidate of one: v6.1.7, v2.43.1-rc1."""
        return len(self.numbers) > 2 and any(self.numbers[2:])


def read_version(tag: Tag) -> Version | None:
    """None for a name that is no version, as ``next-20260101-dirty`` or ``debian/1.2-3``."""
    if len(tag.name) > _MAX_NAME or not tag.name.isascii():
        return None
    candidate = _CANDIDATE.search(tag.name)
    base = tag.name[: candidate.start()] if candidate else tag.name
    # From the right: the longest run of numbers and dots that ends the name.
    start = len(base.rstrip("0123456789."))
    found = _NUMBERS.match(base, start)
    prefix = base[:start]
    if not found or not _PREFIX.match(prefix) or _OTHER_NUMBERS.search(prefix):
        return None
    numbers = tuple(int(one) for one in found[0].split("."))
    return Version(tag, prefix, numbers, int(candidate[1]) if candidate else None, base)


def versions_of(tags: Iterable[Tag], now: int) -> list[Version]:
    """The versions of a project by date, the oldest first; without what is dated in the future.

    Of several series of names that are in use (``v6.1``, ``next-20260101``) it is the one with
    release candidates, then ``v1.2`` or ``1.2``, then the longest.
    """
    by_prefix: dict[str, list[Version]] = {}
    for tag in tags:
        version = read_version(tag) if 0 < tag.date <= now else None
        if version:
            by_prefix.setdefault(version.prefix, []).append(version)
    if not by_prefix:
        return []
    newest = {prefix: max(one.tag.date for one in held) for prefix, held in by_prefix.items()}
    since = max(newest.values()) - _YEARS
    in_use = [one for one in by_prefix.items() if newest[one[0]] >= since]
    chosen = max(in_use, key=lambda one: _weight(*one))[1]
    return sorted(chosen, key=lambda one: (one.tag.date, one.numbers, one.candidate is None))


def _weight(prefix: str, versions: list[Version]) -> tuple[bool, bool, int, str]:
    candidates = any(one.candidate is not None for one in versions)
    return candidates, prefix in ("v", ""), len(versions), prefix
