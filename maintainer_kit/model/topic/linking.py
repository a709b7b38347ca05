# SPDX-License-Identifier: GPL-2.0-or-later
"""Which postings are revisions of one another, why, and how sure that is.

What a mail says (change-id, links, its thread) joins postings however they look. Without that each
posting looks for the one older posting that it resembles most. One of which the parts went on in
several postings, or several that went on in one, stay topics of their own that know one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maintainer_kit.model.topic.above import Heads
from maintainer_kit.model.topic.evidence import compare
from maintainer_kit.model.topic.joining import Apart, Heirs, Siblings, Union
from maintainer_kit.model.topic.mended import NOTHING_MENDED, Mended
from maintainer_kit.model.topic.posting import Posting
from maintainer_kit.model.topic.relations import find_relations
from maintainer_kit.model.topic.rerolls import How, find_older
from maintainer_kit.model.topic.revision import FIRST, Link, Linked, Relation, Revision
from maintainer_kit.model.topic.sequence import in_sequence
from maintainer_kit.model.topic.series import Series, sort_key

_BY_HAND = Link("by-hand", 1.0)
_CHANGE_ID = Link("change-id", 1.0)
_NAMED = Link("link", 1.0)
_THREAD = Link("in-reply-to", 0.9)


def link_revisions(
    series: Sequence[Series], heads: Heads, mended: Mended = NOTHING_MENDED
) -> list[Linked]:
    """Group postings into topics; ``heads`` follow the threads of their cluster."""
    postings = [Posting(one) for one in sorted(series, key=lambda one: sort_key(one.first))]
    linking = _Linking(postings, mended)
    linking.by_hand(mended)
    linking.by_change_id()
    threads = [linking.above(at, heads) for at in range(len(postings))]
    for at, above in enumerate(threads):
        linking.by_links(at)
        linking.by_thread(at, above)
    merged = linking.by_likeness(threads)
    relations = find_relations(postings, linking.heirs.parts, merged, linking.union)
    return _grouped(postings, linking.union, relations)


def _grouped(
    postings: Sequence[Posting], union: Union, relations: Mapping[int, list[Relation]]
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


class _Linking:
    """Joins the postings of a cluster, by one kind of evidence after the other."""

    def __init__(self, postings: Sequence[Posting], mended: Mended) -> None:
        self.union = Union(len(postings))
        self.heirs = Heirs(postings)
        self._postings = postings
        self._owner = {
            message.message_id: at
            for at, one in enumerate(postings)
            for message in one.series.messages
        }
        self._apart = Apart(self._owner, mended, self.union)

    def above(self, at: int, heads: Heads) -> list[int]:
        """The postings that a posting's mails answer, each the nearest above a mail."""
        found: dict[int, None] = {}
        climbed: set[str] = set()
        for start in self._postings[at].series.messages:
            for above in heads.all_above(start):
                if above in climbed:
                    break
                climbed.add(above)
                older = self._owner.get(above)
                if older is not None and older != at:
                    found[older] = None
                    break
        return list(found)

    def by_hand(self, mended: Mended) -> None:
        for at, one in enumerate(self._postings):
            other = self._owner.get(mended.joined_to(one.series))
            if other is not None and other != at:
                self.union.join(at, other, _BY_HAND)

    def by_change_id(self) -> None:
        seen: dict[str, list[int]] = {}
        for at, one in enumerate(self._postings):
            if not one.series.change_id:
                continue
            known = seen.setdefault(one.series.change_id, [])
            older = next((other for other in known if not self._apart(at, other)), None)
            if older is None:
                known.append(at)
            else:
                self.union.join(at, older, _CHANGE_ID)

    def by_links(self, at: int) -> None:
        """Links to older revisions: those that say so whatever they lead to, listed ones to their
        like."""
        one = self._postings[at]
        for message in one.series.messages:
            for linked in dict.fromkeys((*message.links, *message.listed)):
                older = self._owner.get(linked)
                if older is None or older == at or self._apart(at, older):
                    continue
                named = linked in message.links or one.is_akin_to(self._postings[older])
                if named and not self.heirs.took_other_part(at, older):
                    self.union.join(max(at, older), min(at, older), _NAMED)

    def by_thread(self, at: int, above: Sequence[int]) -> None:
        """A posting that answers an older one, and is it again."""
        one = self._postings[at]
        for older in above:
            if self._apart(at, older) or not _is_again(self._postings[older], one):
                continue
            # Patches sent one by one into the thread are parts of one view.
            if one.series.cover is None or not self.heirs.took_other_part(at, older):
                self.union.join(max(at, older), min(at, older), _THREAD)

    def by_likeness(self, threads: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
        """Let each posting that names no older one join what it resembles most.

        Postings that may have gone on in another one are found on the way, with that one.
        """
        siblings = Siblings(self._postings, self.union)
        taken = {at for at, _ in self.heirs.parts}
        merged: list[tuple[int, int]] = []
        for at, found in find_older(self._postings, threads):
            near = [one for one in found if not self._apart(at, one.older)]
            best = next((one for one in near if one.how is not How.MERGED), None)
            if best and at not in self.union.why and at not in taken:
                if best.how is How.PART or siblings.hold_other_part(at, best.older):
                    self.heirs.parts.append((at, best.older))
                    near = []
                else:
                    siblings.join(at, best.older, Link(best.reason, best.confidence))
            siblings.add(at)
            sure = (one for one in near if one.is_sure and one is not best)
            merged.extend((other.older, at) for other in sure)
        return merged


def _is_again(older: Posting, one: Posting) -> bool:
    """The same people's with a higher revision, or anybody's that has the same in it."""
    newer = one.order > older.order
    part = len(one.patches) < len(one.series.patches) and one.replaces(older)
    if newer and one.sender & older.people and (part or one.is_akin_to(older)):
        return True
    again = one.order == older.order and one.replaces(older)
    resent = one.series.first.subject.resend
    return (newer or again or resent) and compare(older, one).is_enough


__all__ = ["FIRST", "Link", "Linked", "Relation", "Revision", "link_revisions"]
