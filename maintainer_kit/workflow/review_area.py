# SPDX-License-Identifier: GPL-2.0-or-later
"""What people did of late where the files of a topic lie, and how much that says for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.queue.aspects import Role

_MOST_FOLDERS = 20
_REVIEW, _TALK = 4, 1
_SAME_FILE = 2
"""How much more a review counts, and how many times that on the same files."""
LISTED = {"M": 24, "R": 16}
"""What a line of MAINTAINERS counts as, by its letter."""
_REVIEWS = frozenset({Role.REVIEWER, Role.ACKER, Role.TESTER})
_AUTHORS = frozenset({Role.AUTHOR, Role.SUBMITTER})


class Party(NamedTuple):
    """Somebody's part in a topic."""

    topic: str
    role: Role
    address: str
    """In small letters, as the mailmap has it."""


class ReviewHistory(Protocol):
    """Who took part in what; topics whose last mail is of before ``since`` (seconds since the
    epoch) are left out."""

    def topics_of_files(self, paths: Collection[str], since: int) -> Mapping[str, frozenset[str]]:
        """For each of the files that any topic touches, these topics."""

    def topics_below(self, folder: str, since: int) -> frozenset[str]:
        """Topics that touch files below a folder, whose name ends with a slash."""

    def parties(self, topic_ids: Collection[str]) -> Sequence[Party]: ...


@dataclass(slots=True)
class Candidate:
    """Somebody who may be asked."""

    person: Person
    reviewed: set[str] = field(default_factory=set)
    talked: set[str] = field(default_factory=set)
    """Topics, by what was done in them."""
    listed: dict[str, str] = field(default_factory=dict)
    """Letter of the line by the section of MAINTAINERS."""

    def join(self, other: Candidate) -> None:
        """Take in what the same person did under another address."""
        self.reviewed |= other.reviewed
        self.talked = (self.talked | other.talked) - self.reviewed
        self.listed = {**other.listed, **self.listed}
        if not self.person.name:
            self.person = Person(other.person.name, self.person.address)


@dataclass(frozen=True, slots=True)
class Area:
    """Where the topic's files lie, with the topics of the last year there."""

    files: frozenset[str]
    """Topics that touch the same files."""
    folders: Mapping[str, frozenset[str]]
    """Topics by folder, the one with most files of the topic first."""

    @property
    def topics(self) -> frozenset[str]:
        return self.files.union(*self.folders.values())

    def score(self, one: Candidate) -> int:
        """How likely somebody is to be the right one."""
        return (
            sum(_REVIEW * (_SAME_FILE if topic in self.files else 1) for topic in one.reviewed)
            + sum(_TALK * (_SAME_FILE if topic in self.files else 1) for topic in one.talked)
            + max((LISTED[letter] for letter in one.listed.values()), default=0)
        )


def find_area(history: ReviewHistory, paths: Sequence[str], since: int, own: str) -> Area:
    """Where files lie, with what happened there since; not in the topic ``own``."""
    files = history.topics_of_files(paths, since)
    counted = Counter(path[: path.rfind("/") + 1] for path in paths)
    ranked = sorted(counted, key=lambda one: (-counted[one], one))
    folders = {
        folder: history.topics_below(folder, since) - {own}
        for folder in ranked[:_MOST_FOLDERS]
        if folder
    }
    return Area(frozenset().union(*files.values()) - {own}, folders)


def active_in(parties: Sequence[Party]) -> Iterator[Candidate]:
    """Who reviewed or answered what was not their own."""
    own = {(one.topic, one.address) for one in parties if one.role in _AUTHORS}
    found: dict[str, Candidate] = {}
    for one in parties:
        if one.role in _AUTHORS or (one.topic, one.address) in own:
            continue
        candidate = found.setdefault(one.address, Candidate(Person("", one.address)))
        (candidate.reviewed if one.role in _REVIEWS else candidate.talked).add(one.topic)
    for candidate in found.values():
        candidate.talked -= candidate.reviewed
        yield candidate


def reason_of(one: Candidate, area: Area) -> str:
    """In words, what speaks for somebody."""
    reviewed, talked = _where(one.reviewed, area), _where(one.talked, area)
    parts = []
    if reviewed and talked and reviewed[1] == talked[1]:
        parts.append(f"reviewed {_series(reviewed)} and answered on {talked[0]} more")
    else:
        parts.extend(f"reviewed {_series(where)}" for where in (reviewed,) if where)
        parts.extend(f"answered on {_series(where)}" for where in (talked,) if where)
    told = [f"{' and '.join(parts)} within a year"] if parts else []
    for section, letter in one.listed.items():
        told.append(f"{'maintainer' if letter == 'M' else 'reviewer'} of {section}")
    return "; ".join(told)


def _where(topics: set[str], area: Area) -> tuple[int, str] | None:
    """How many, and where most of them are: in a folder, or on the same files."""
    if not topics:
        return None
    same = len(topics & area.files)
    places = [(len(topics & there), f"in {folder}") for folder, there in area.folders.items()]
    most = max(places, key=lambda place: place[0], default=(0, ""))
    return most if most[0] > same else (same, "on the same files")


def _series(where: tuple[int, str]) -> str:
    """``12 series in fs/erofs/``: the plural of series is series."""
    number, place = where
    return f"{number} series {place}"
