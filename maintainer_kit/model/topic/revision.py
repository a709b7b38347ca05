# SPDX-License-Identifier: GPL-2.0-or-later
"""A topic's postings, and why they belong together."""

from __future__ import annotations

from dataclasses import dataclass

from maintainer_kit.model.topic.series import Series


@dataclass(frozen=True, slots=True)
class Link:
    """Why one posting counts as a revision of another."""

    reason: str
    """by-hand, change-id, link, in-reply-to, subject or likeness; "first" for the first of a
    topic."""
    confidence: float
    """0 to 1."""


FIRST = Link("first", 1.0)


@dataclass(frozen=True, slots=True)
class Revision:
    """One posting of a topic, with what links it to the others."""

    series: Series
    link: Link


@dataclass(frozen=True, slots=True)
class Relation:
    """How a topic belongs to another one without being it."""

    kind: str
    """split-from: a part of the other went on here. merged-into: it went on in the other."""
    message_id: str
    """The mail that stands for the other posting."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A topic's postings, oldest first, and the topics it came from or went into."""

    revisions: tuple[Revision, ...]
    relations: tuple[Relation, ...]
