# SPDX-License-Identifier: GPL-2.0-or-later
"""Which postings are revisions of one another, why, and how sure that is.

What a mail says (change-id, links, its thread) joins postings however they look. Without that each
posting looks for the one older posting that it resembles most. One of which the parts went on in
several postings, or several that went on in one, stay topics of their own that know one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maintainer_kit.model.message.message import Message
from maintainer_kit.model.topic.above import Heads
from maintainer_kit.model.topic.evidence import Posting, compare
from maintainer_kit.model.topic.mended import NOTHING_MENDED, Mended
from maintainer_kit.model.topic.rerolls import How, find_older
from maintainer_kit.model.topic.sequence import in_sequence
from maintainer_kit.model.topic.series import Series, sort_key


@dataclass(frozen=True, slots=True)
class Link:
    """Why one posting counts as a revision of another."""

    reason: str
    """by-hand, change-id, link, in-reply-to, subject or likeness; "first" for the first of a
    topic."""
    confidence: float
    """0 to 1."""


FIRST = Link("first", 1.0)
_BY_HAND = Link("by-hand", 1.0)
_CHANGE_ID = Link("change-id", 1.0)
_NAMED = Link("link", 1.0)
_THREAD = Link("in-reply-to", 0.9)
_HALF = 0.5
_SIBLINGS = 10
"""How many of the newest postings of a topic are looked at, to tell whether it was split."""


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


class _Union:
    """Postings by index, joined; each remembers the surest reason for which it was."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))
        self.why: dict[int, Link] = {}
        self._named: dict[int, Link] = {}

    def find(self, at: int) -> int:
        while self.parent[at] != at:
            self.parent[at] = self.parent[self.parent[at]]
            at = self.parent[at]
        return at

    def join(self, newer: int, older: int, link: Link) -> None:
        for links, at in ((self.why, newer), (self._named, older)):
            if at not in links or links[at].confidence < link.confidence:
                links[at] = link
        one, other = self.find(newer), self.find(older)
        if one != other:
            self.parent[max(one, other)] = min(one, other)

    def reason(self, at: int) -> Link:
        """Why one that is not the first of its topic belongs to it: by what it says, or by what
        another says of it."""
        return self.why.get(at) or self._named.get(at, FIRST)


class _Apart:
    """Which postings a person parted, by index, and with them all that is joined to them: else the
    next reroll, which names both, would bring them together again."""

    def __init__(self, owner: Mapping[str, int], mended: Mended, union: _Union) -> None:
        self._union = union
        self._pairs = [
            (owner[one], owner[other])
            for one, others in mended.parted.items()
            for other in others
            if one in owner and other in owner
        ]

    def __call__(self, one: int, other: int) -> bool:
        if not self._pairs:
            return False
        find = self._union.find
        wanted = {find(one), find(other)}
        return len(wanted) > 1 and any({find(a), find(b)} == wanted for a, b in self._pairs)


class _Heirs:
    """Which postings went on from an older one: of two that hold different parts of it the later
    one is a topic of its own."""

    def __init__(self, postings: Sequence[Posting]) -> None:
        self._postings = postings
        self._of: dict[int, list[int]] = {}
        self.parts: list[tuple[int, int]] = []
        """Each later one with the older posting that was split."""

    def took_other_part(self, at: int, older: int) -> bool:
        """Whether a posting holds another part than one before it; else it is an heir itself."""
        known = self._of.setdefault(older, [])
        one = self._postings[at]
        for other in known[-_SIBLINGS:]:
            if other != at and _is_other_part(one, self._postings[other]):
                self.parts.append((at, older))
                return True
        known.append(at)
        return False


def link_revisions(
    series: Sequence[Series], messages: Mapping[str, Message], mended: Mended = NOTHING_MENDED
) -> list[Linked]:
    """Group postings into topics.

    ``messages`` are all mails of the cluster by id, with which threads are followed.
    """
    postings = [Posting(one) for one in sorted(series, key=lambda one: sort_key(one.first))]
    owner = {m.message_id: at for at, one in enumerate(postings) for m in one.series.messages}
    union = _Union(len(postings))
    apart = _Apart(owner, mended, union)
    _by_hand(postings, owner, mended, union)
    _by_change_id(postings, apart, union)
    heads = Heads(messages, owner)
    threads = [_above(one, at, owner, heads) for at, one in enumerate(postings)]
    heirs = _Heirs(postings)
    for at in range(len(postings)):
        _by_links(at, postings, owner, apart, union, heirs)
        _by_thread(at, threads[at], postings, apart, union, heirs)
    relations = _by_likeness(postings, threads, apart, union, heirs.parts)
    return _grouped(postings, union, relations)


def _grouped(
    postings: Sequence[Posting], union: _Union, relations: Mapping[int, list[Relation]]
) -> list[Linked]:
    groups: dict[int, list[int]] = {}
    for at in range(len(postings)):
        groups.setdefault(union.find(at), []).append(at)
    found: list[Linked] = []
    for group in groups.values():
        first, *later = ordered = in_sequence(group, postings)
        revisions = (
            Revision(postings[first].series, FIRST),
            *(Revision(postings[at].series, union.reason(at)) for at in later),
        )
        related = dict.fromkeys(one for at in ordered for one in relations.get(at, ()))
        found.append(Linked(revisions, tuple(related)))
    return found


def _by_hand(
    postings: Sequence[Posting], owner: Mapping[str, int], mended: Mended, union: _Union
) -> None:
    for at, one in enumerate(postings):
        other = owner.get(mended.joined_to(one.series))
        if other is not None and other != at:
            union.join(at, other, _BY_HAND)


def _by_change_id(postings: Sequence[Posting], apart: _Apart, union: _Union) -> None:
    seen: dict[str, list[int]] = {}
    for at, one in enumerate(postings):
        if not one.series.change_id:
            continue
        known = seen.setdefault(one.series.change_id, [])
        older = next((other for other in known if not apart(at, other)), None)
        if older is None:
            known.append(at)
        else:
            union.join(at, older, _CHANGE_ID)


def _by_links(
    at: int,
    postings: Sequence[Posting],
    owner: Mapping[str, int],
    apart: _Apart,
    union: _Union,
    heirs: _Heirs,
) -> None:
    """Links to older revisions: those that say so whatever they lead to, listed ones to their
    like."""
    one = postings[at]
    for message in one.series.messages:
        for linked in dict.fromkeys((*message.links, *message.listed)):
            older = owner.get(linked)
            if older is None or older == at or apart(at, older):
                continue
            named = linked in message.links or one.is_akin_to(postings[older])
            if named and not heirs.took_other_part(at, older):
                union.join(max(at, older), min(at, older), _NAMED)


def _above(one: Posting, at: int, owner: Mapping[str, int], heads: Heads) -> list[int]:
    """The postings that a posting's mails answer, each the nearest above a mail."""
    found: dict[int, None] = {}
    climbed: set[str] = set()
    for start in one.series.messages:
        for above in heads.all_above(start):
            if above in climbed:
                break
            climbed.add(above)
            older = owner.get(above)
            if older is not None and older != at:
                found[older] = None
                break
    return list(found)


def _by_thread(
    at: int,
    above: Sequence[int],
    postings: Sequence[Posting],
    apart: _Apart,
    union: _Union,
    heirs: _Heirs,
) -> None:
    """A posting that answers an older one, and is it again: the same people's with a higher
    revision, or anybody's that has the same in it."""
    one = postings[at]
    for older in above:
        other = postings[older]
        if apart(at, older):
            continue
        if not _is_again(other, one):
            continue
        # Patches sent one by one into the thread are parts of one view.
        if one.series.cover is None or not heirs.took_other_part(at, older):
            union.join(max(at, older), min(at, older), _THREAD)


def _is_again(older: Posting, one: Posting) -> bool:
    newer = one.order > older.order
    part = len(one.patches) < len(one.series.patches) and one.replaces(older)
    if newer and one.sender & older.people and (part or one.is_akin_to(older)):
        return True
    again = one.order == older.order and one.replaces(older)
    resent = one.series.first.subject.resend
    return (newer or again or resent) and compare(older, one).share >= _HALF


def _by_likeness(
    postings: Sequence[Posting],
    threads: Sequence[Sequence[int]],
    apart: _Apart,
    union: _Union,
    parts: list[tuple[int, int]],
) -> dict[int, list[Relation]]:
    """Let each posting that names no older one join what it resembles most; ``parts`` are those
    known to hold only a part of an older one."""
    members: dict[int, list[int]] = {}
    taken = {at for at, _ in parts}
    merged: list[tuple[int, int]] = []
    for at, found in find_older(postings, threads):
        near = [one for one in found if not apart(at, one.older)]
        best = next((one for one in near if one.how is not How.MERGED), None)
        if best and at not in union.why and at not in taken:
            since = [m for m in members[union.find(best.older)][-_SIBLINGS:] if m > best.older]
            one = postings[at]
            if best.how is How.PART or any(_is_other_part(one, postings[m]) for m in since):
                parts.append((at, best.older))
                near = []
            else:
                union.join(at, best.older, Link(best.reason, best.confidence))
        members.setdefault(union.find(at), []).append(at)
        merged.extend((other.older, at) for other in near if other.is_sure and other is not best)
    return _relations(postings, parts, merged, union)


def _relations(
    postings: Sequence[Posting],
    parts: Sequence[tuple[int, int]],
    merged: Sequence[tuple[int, int]],
    union: _Union,
) -> dict[int, list[Relation]]:
    """Relations between topics, now that all are known; the first of a kind speaks."""
    last: dict[int, int] = {}
    for at in range(len(postings)):
        last[union.find(at)] = at
    found: dict[int, list[Relation]] = {}
    for kind, pairs in (("split-from", parts), ("merged-into", merged)):
        for at, other in pairs:
            root = union.find(at)
            # What went on by itself was not merged.
            went_on = kind == "merged-into" and last[root] != at
            if (
                root == union.find(other)
                or went_on
                or any(r.kind == kind for r in found.get(at, ()))
            ):
                continue
            first = postings[other].series.first.message_id
            found.setdefault(at, []).append(Relation(kind, first))
    return found


def _is_other_part(one: Posting, sibling: Posting) -> bool:
    """Whether two rerolls of one posting hold different parts of it: it was split."""
    return (
        one.order == sibling.order
        and not one.completes(sibling)
        and not one.titles & sibling.titles
        and compare(sibling, one).pairs == 0
    )
