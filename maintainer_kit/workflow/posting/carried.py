# SPDX-License-Identifier: GPL-2.0-or-later
"""Trailers that the last revision was given, for the patches that go on from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maintainer_kit.checks.patch import Patch
from maintainer_kit.checks.series import Earlier, EarlierPatch
from maintainer_kit.model.mail.mailmap import People
from maintainer_kit.model.mail.person import Person
from maintainer_kit.model.mail.text import visible_line
from maintainer_kit.model.message.trailer import Trailer
from maintainer_kit.model.reply.recipients import is_address

ENOUGH = 0.7
"""As the rule review-tag-dropped has it: with less in common it is another patch."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A trailer that somebody gave to an older posting of a patch."""

    patch: int
    """Which of the branch's, from 0."""
    total: int
    """How many these are."""
    trailer: Trailer
    likeness: float
    """How much of the patch is as it was, 0 to 1."""
    is_taken: bool
    """Whether it goes into the mail."""

    @property
    def line(self) -> str:
        return f"{self.trailer.name}: {self.trailer.value}"


def carried_over(
    patches: Sequence[Patch], earlier: Earlier, sender: Person, people: People, *, keeps_all: bool
) -> tuple[Carried, ...]:
    """What was given by mail and is not in the commits yet, in the order of the patches.

    One that was given to a patch which has changed much is not taken, unless ``keeps_all``.
    """
    found = [
        one
        for older in earlier.patches
        if older.counterpart is not None and older.counterpart < len(patches)
        for one in _of(patches, older, sender, people, keeps_all)
    ]
    return tuple(sorted(found, key=lambda one: one.patch))


def _of(
    patches: Sequence[Patch], older: EarlierPatch, sender: Person, people: People, keeps_all: bool
) -> Iterator[Carried]:
    at = older.counterpart or 0
    patch = patches[at]
    for one in older.given:
        if people.same(one.person, sender) or _has(patch, one, people) or not _is_usable(one):
            continue
        is_taken = keeps_all or older.likeness >= ENOUGH
        yield Carried(at, len(patches), one, older.likeness, is_taken)


def _is_usable(one: Trailer) -> bool:
    """Whether it can stand in a commit message as it is: others wrote it."""
    plain = visible_line(one.value) == one.value and visible_line(one.name) == one.name
    return plain and is_address(one.person.address)


def _has(patch: Patch, trailer: Trailer, people: People) -> bool:
    return any(
        set(trailer.reviews) <= set(one.trailer.reviews)
        and people.same(one.trailer.person, trailer.person)
        for one in patch.trailers
    )
