# SPDX-License-Identifier: GPL-2.0-or-later
"""Which postings were joined, which must not be, and which parts of one went on by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maintainer_kit.model.topic.evidence import compare
from maintainer_kit.model.topic.mended import Mended
from maintainer_kit.model.topic.posting import Posting
from maintainer_kit.model.topic.revision import FIRST, Link

_SIBLINGS = 10
"""How many of the newest postings of a topic are looked at, to tell whether it was split."""


class Union:
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


class Apart:
    """Which postings a person parted, by index, and with them all that is joined to them: else the
    next reroll, which names both, would bring them together again."""

    def __init__(self, owner: Mapping[str, int], mended: Mended, union: Union) -> None:
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


class Heirs:
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


class Siblings:
    """The postings of each topic that were gone through, while topics still grow together."""

    def __init__(self, postings: Sequence[Posting], union: Union) -> None:
        self._postings = postings
        self._union = union
        self._newest: dict[int, list[int]] = {}
        """By the topic's root, in ascending order."""

    def add(self, at: int) -> None:
        """Count the next one in."""
        known = self._newest.setdefault(self._union.find(at), [])
        known.append(at)
        del known[:-_SIBLINGS]

    def join(self, at: int, older: int, link: Link) -> None:
        """Join a posting, and all that is joined to it, to an older one's topic."""
        roots = {self._union.find(at), self._union.find(older)}
        both = sorted(one for root in roots for one in self._newest.pop(root, ()))
        self._union.join(at, older, link)
        self._newest[self._union.find(at)] = both[-_SIBLINGS:]

    def hold_other_part(self, at: int, older: int) -> bool:
        """Whether an older posting has gone on already, in one that holds another part of it."""
        one = self._postings[at]
        since = self._newest.get(self._union.find(older), ())
        return any(m > older and _is_other_part(one, self._postings[m]) for m in since)


def _is_other_part(one: Posting, sibling: Posting) -> bool:
    """Whether two rerolls of one posting hold different parts of it: it was split."""
    return (
        one.order == sibling.order
        and not one.completes(sibling)
        and not one.titles & sibling.titles
        and compare(sibling, one).pairs == 0
    )
